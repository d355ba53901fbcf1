"""What the annual report refuses."""

from __future__ import annotations

from cases.errors import DomainError
from core.text import say


class ReportRefused(DomainError):
    """A report cannot be made, written or published as asked. The message is for staff."""


def refuse(da: str, en: str) -> ReportRefused:
    """The refusal in both languages."""
    return ReportRefused(say(da, en))
