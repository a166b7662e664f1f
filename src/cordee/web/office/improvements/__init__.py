"""The registers of improvements and of risks."""
