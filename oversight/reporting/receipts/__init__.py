"""Signing a year: what is open, the receipt, and how anybody verifies it (docs/signing-a-year.md)."""
