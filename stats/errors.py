"""What the statistics refuse, in words for the staff who build and the machines that read."""

from __future__ import annotations

from datetime import datetime

from cases.errors import DomainError, Violation
from core.text import Text, say


class ReleaseRefused(DomainError):
    """A release cannot be built as asked. The message is for staff and names no figure."""


def refuse(da: str, en: str) -> ReleaseRefused:
    """The refusal of a release in both languages."""
    return ReleaseRefused(say(da, en))


class StillOpen(ReleaseRefused):
    """Transactions that began before the as-of moment did not end in time."""


class UnknownRelease(DomainError):
    """There is no such release."""


class ReleaseGone(DomainError):
    """A release that was withdrawn and has no replacement. `at`, `reason`: when and why. `parameter`: which one named it.

    `current`: the release of ours that holds for its period now; empty where none does.
    """

    def __init__(
        self, release: str, at: datetime, reason: Text, parameter: str = "release_id", current: str = ""
    ) -> None:
        super().__init__(release)
        self.release, self.at, self.reason, self.parameter, self.current = release, at, reason, parameter, current

    @property
    def words(self) -> Text:
        """What its reader is told."""
        da, en = ": ", ": "
        if self.current:
            da, en = f". Brug {self.current}. Begrundelse: ", f". Use {self.current}. Reason: "
        return Text(
            f"Udgivelsen {self.release} er trukket tilbage{da}{self.reason.da}",
            f"Release {self.release} has been withdrawn{en}{self.reason.en}",
        )


class QueryRefused(DomainError):
    """A query is not one of the grammar. Each violation's `field` is a parameter's name; `allowed` comes from code lists."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__(", ".join(violation.code for violation in violations))
        self.violations = violations
