"""What rooms above stats say of releases: they name their functions when they start.

Some keep or tell something of a release, some name what they have published that builds on it, and one counts the reports
behind months. Of figures that were sent abroad a room tells what stands in no release of ours: what stands in one is known to
each audit already, which reckons with every release that was ever published. A room also tells of which years a collection was
sent from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.module_loading import import_string

from stats.published import Figure

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


def works_built_on(release: Any) -> list[object]:
    """What each of them has published that builds on a release."""
    return [each for path in BUILDERS for each in import_string(path)(release)]


# The paths of functions without arguments: those that give the figures that no release shows, and those that give by collection the
# years that were sent.
FIGURES_SENT: list[str] = []
YEARS_SENT: list[str] = []


def figures_sent() -> Iterator[Figure]:
    """The figures of all rooms that no release of ours shows."""
    for path in FIGURES_SENT:
        yield from import_string(path)()


def years_sent() -> dict[str, frozenset[int]]:
    """By collection, the years that were sent from here."""
    by_collection: dict[str, frozenset[int]] = {}
    for path in YEARS_SENT:
        for collection, those in import_string(path)().items():
            by_collection[collection] = by_collection.get(collection, frozenset()) | those
    return by_collection
