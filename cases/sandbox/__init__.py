"""Synthetic data for the demo, for tests and for benchmarks (docs/sandbox.md)."""
