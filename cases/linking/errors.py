"""What a decision on cases can be refused for."""

from __future__ import annotations


class LinkRefused(Exception):
    """A decision that cannot be taken; the text is for staff and names no token, reference or code of a person."""
