"""The refusal of a decision on cases."""

from __future__ import annotations


class LinkRefused(Exception):
    """A decision cannot be made. The message is for staff; it names no token, reference or code of a person."""
