"""What rooms above keep and tell beside a release. They name their functions when they start."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.module_loading import import_string

# The paths of functions that take the release: those that keep something in the transaction in which it is stored, and those that
# tell whoever orders, approves or publishes it something, each as names and texts.
KEEPERS: list[str] = []
TELLERS: list[str] = []
# The paths of functions that take the release and name, each as a text, what they have published of its figures.
BUILDERS: list[str] = []
# The path of the function that counts the reports behind some months as they had come by a moment.
REPORTS: list[str] = []


@dataclass(frozen=True, slots=True)
class ExpectedReports:
    """How many reports of some months were expected and came, how many referrals there are of them, and how often a partner
    declared a month complete, as of one without any.

    Of partners of whom nothing was expected the last two alone tell.
    """

    expected: int = 0
    came: int = 0
    referrals: int = 0
    declarations: int = 0

    @property
    def has_answers(self) -> bool:
        """Whether an expected report came, or a partner of which none was expected said that a month was complete."""
        return bool(self.came or self.declarations)

    @property
    def are_none(self) -> bool:
        """Whether nobody reported anything, not even that there was nothing."""
        return not (self.has_answers or self.referrals)

    def as_json(self) -> dict[str, int]:
        """The numbers as they are kept for whoever approves."""
        return asdict(self)


NO_REPORTS = ExpectedReports()


def reports(first: date, last: date, at: datetime) -> ExpectedReports:
    """The reports behind the months from `first` to `last`."""
    return next((import_string(path)(first, last, at) for path in REPORTS), NO_REPORTS)


def keep(release: Any) -> None:
    """Let each of them keep what it has to say of a release that was stored."""
    for path in KEEPERS:
        import_string(path)(release)


def facts(release: Any) -> list[tuple[object, object]]:
    """What each of them tells of a release."""
    return [fact for path in TELLERS for fact in import_string(path)(release)]


def built_on(release: Any) -> list[object]:
    """What each of them has published that builds on a release."""
    return [each for path in BUILDERS for each in import_string(path)(release)]
