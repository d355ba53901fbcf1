"""What this room refuses."""

from __future__ import annotations

from cases.errors import DomainError


class InternationalRefused(DomainError):
    """A file cannot be made or sent as asked. The message is for staff."""
