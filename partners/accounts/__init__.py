"""Accounts of the centre's staff."""
