"""Synthetic data for the demo, the tests and the benchmarks. See docs/sandbox.md."""
