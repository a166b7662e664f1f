"""The speed figures of Cordée, for anyone to take again: see docs/benchmarks.md."""
