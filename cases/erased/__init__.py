"""Tombstones, and digests of erased tokens and references."""
