"""Persons who are produced or erased."""
