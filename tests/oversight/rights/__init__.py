"""Producing and erasing a person's data."""
