"""Releases and what is published elsewhere, in one list. Exact figures do not go through here: none is mixed with others'."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cases.dimensions import PERSONS
from cases.statistics.models import PUBLIC
from cases.statistics.reading import catalogue, elsewhere
from cases.statistics.reading.catalogue import Listed, offer_id
from cases.statistics.reading.elsewhere import Collected
from cases.statistics.reading.table import Cells


@cache
def releases() -> tuple[Listed, ...]:
    """What is published elsewhere, by period, the latest vintage of each first. Made once."""
    found = sorted(elsewhere.releases(), key=lambda one: (one.period.first, one.period.last, -one.vintage))
    return tuple(listed(one) for one in found)


def listed(one: Collected) -> Listed:
    """A release of kind elsewhere in the list: for everybody. It tells what was known on its day, where that is known."""
    moment = one.since if one.day else None
    return Listed(
        one.id,
        PUBLIC,
        one.period,
        one.vintage,
        moment,
        None,
        one,
        codelists_of(one),
        one.notes,
        published_at=moment,
        offered=frozenset(offer_id(PERSONS.id, table) for table in one.tables),
    )


def codelists_of(one: Collected) -> dict[str, str]:
    """The present version of each code list that its tables use, by its id."""
    axes = {axis for table in one.tables for axis in table.split(",") if axis}
    lists = {(base := PERSONS.axes[axis].base).id: base.version for axis in axes}
    return dict(sorted(lists.items()))


@cache
def cells(one: Collected) -> dict[str, Cells]:
    """Its tables as they are read. A cell of which no figure is published has none, and says so."""
    return {
        table: Cells(
            tuple(known),
            tuple(figure.count for figure in known.values()),
            absent=None,
            marks={codes: elsewhere.STATUS_OF[figure.kind] for codes, figure in known.items()},
        )
        for table, known in one.tables.items()
    }


def every(*audiences: str) -> tuple[Listed, ...]:
    """All releases of these audiences and, where everybody's are among them, what is published elsewhere; by period, ours first."""
    ours = catalogue.every(*audiences)
    if PUBLIC not in audiences:
        return ours
    return tuple(sorted((*ours, *releases()), key=lambda one: (one.period.first, one.period.last)))


def find(release_id: str, audiences: Iterable[str]) -> Listed | None:
    """The release of an id, if it is one of these audiences and there to be read."""
    asked = tuple(audiences)
    if is_elsewhere(release_id):
        return next((one for one in releases() if one.id == release_id and PUBLIC in asked), None)
    return catalogue.find(release_id, asked)


def is_elsewhere(release_id: str) -> bool:
    """Whether an id is one of a release of this kind."""
    return release_id.partition(".")[2].startswith(elsewhere.LETTER)
