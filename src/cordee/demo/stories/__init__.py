"""The missions of the demo world: each kind a small function that tells what happens and when."""
