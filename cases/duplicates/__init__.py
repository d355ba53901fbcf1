"""Duplicates: linkage codes, pairs of persons who may be one, and staff's decisions on them. See docs/duplicates.md."""
