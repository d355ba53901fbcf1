"""What the statistics refuse, in words for the staff who build and the machines that read."""

from __future__ import annotations

from cases.errors import DomainError, Violation
from partners.text import say


class ReleaseRefused(DomainError):
    """A release cannot be built as asked. The message is for staff and names no figure."""


def refuse(da: str, en: str) -> ReleaseRefused:
    """The refusal of a release in both languages."""
    return ReleaseRefused(say(da, en))


class StillOpen(ReleaseRefused):
    """Transactions that began before the as-of moment did not end in time."""


class UnknownRelease(DomainError):
    """There is no such release."""


class QueryRefused(DomainError):
    """A query is not one of the grammar. Each violation's `field` is a parameter's name; `allowed` comes from code lists."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__(", ".join(violation.code for violation in violations))
        self.violations = violations
