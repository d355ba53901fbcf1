"""Receipts of signed years, as anybody may ask about them."""
