"""The collections abroad that Denmark sends figures of persons to each year, and the years of which they are registered here.

What is sent is published there some time later. From then on it is a fact, whether it is typed in or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stats.published.figures import GLOTIP_FIGURES


@dataclass(frozen=True, slots=True)
class InternationalCollection:
    """A collection by its usual name, what it is, the first year that it asks for, and the years of which rows are typed in."""

    id: str
    title: str
    since: int
    years_registered: frozenset[int] = frozenset()

    def years_missing(self, years: Iterable[int], present: int) -> tuple[int, ...]:
        """Those of some years that are sent by the present year and not typed in. A year is sent in the one after it."""
        return tuple(year for year in years if self.since <= year < present and year not in self.years_registered)


COLLECTIONS = (
    InternationalCollection(
        "GLOTIP",
        "UNODC: Global Report on Trafficking in Persons, persons detected",
        2003,
        frozenset(figure.first for figure in GLOTIP_FIGURES),
    ),
    # It counts who is presumed or declines identification too, so its figures will not be equal to ours.
    InternationalCollection("crim_thb", "Eurostat: Trafficking in human beings, registered victims", 2008),
)


def years_unregistered(
    years: Iterable[int], present: int, sent_from_here: Mapping[str, frozenset[int]] | None = None
) -> dict[str, tuple[int, ...]]:
    """By collection, the years that were sent and are not registered. Collections without such years are left out.

    `sent_from_here`: by collection the years of which what was sent is drawn from releases. They miss nothing.
    """
    years_asked, from_here = tuple(years), sent_from_here or {}
    missing = {one.id: one.years_missing(years_asked, present) for one in COLLECTIONS}
    years_left = {
        name: tuple(year for year in those if year not in from_here.get(name, ())) for name, those in missing.items()
    }
    return {name: those for name, those in years_left.items() if those}
