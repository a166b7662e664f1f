"""Orders: what was agreed with the client."""
