"""What the house bears: scripts that put a real server under load, started by hand. See docs/benchmarks.md."""
