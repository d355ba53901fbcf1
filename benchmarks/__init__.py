"""What is measured, against floors measured in the same run. `python -m benchmarks` runs everything."""
