"""What partners are expected to report, whether it came, and the answer that there was nothing."""
