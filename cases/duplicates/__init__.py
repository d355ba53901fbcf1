"""Persons who may have two cases: linkage codes, candidates for staff, and what staff decided. See docs/duplicates.md."""
