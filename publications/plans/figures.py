"""What a computed indicator is in a year: one cell of a published release, read as everybody reads it.

A cell that is hidden has no number, and none is made of its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from cases.codelists.types import TOTAL
from publications.plans.models import PlanIndicator
from publications.plans.refusals import REFUSALS, PlanRefused
from stats.errors import QueryRefused, ReleaseGone
from stats.models import PUBLIC
from stats.reading import published
from stats.reading.datasets import READABLE
from stats.reading.entries import OWN
from stats.reading.query import parse
from stats.reading.table import Figures


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A cell: the release that shows it or hides it, and its value. None: it is hidden, not known, or cannot be computed.

    `is_least`: of a sum that not every report knows, the value is the least that it is.
    """

    release: str
    value: Decimal | None
    is_least: bool = False


def newest(indicator: PlanIndicator, year: int) -> PlanFigure:
    """The cell in the newest public release of ours of a year. Raises `PlanRefused` where there is none."""
    return read(indicator, {"period": str(year)})


def of_release(indicator: PlanIndicator, release: str) -> PlanFigure:
    """The cell in a release. Raises `PlanRefused` where it is not public any more, or has no such table."""
    figure = read(indicator, {"release": release})
    if figure.release != release:
        raise PlanRefused(REFUSALS["PLAN_RELEASE_NOT_PUBLIC"])
    return figure


def read(indicator: PlanIndicator, when: dict[str, str]) -> PlanFigure:
    """The cell that a query of everybody's answers."""
    by = {"by": ",".join(indicator.filters)} if indicator.filters else {}
    try:
        query = parse(READABLE[indicator.dataset], {**by, **when, "measure": indicator.measure})
        figures = published.open_query(PUBLIC, query).figures()
    except (QueryRefused, ReleaseGone):
        raise PlanRefused(REFUSALS["PLAN_RELEASE_NOT_PUBLIC"]) from None
    release = figures.periods[0].release
    if release.kind != OWN:
        raise PlanRefused(REFUSALS["PLAN_RELEASE_NOT_PUBLIC"])
    value = figures.columns[0].values[place_of(figures, indicator.filters)]
    quantities = figures.query.dataset.quantities
    behind = figures.behind[release.id][indicator.filters[quantities.id]] if quantities else None
    if value is None:
        return PlanFigure(release.id, None)
    return PlanFigure(release.id, Decimal(value), behind is not None and not behind.is_whole)


def place_of(figures: Figures, filters: dict[str, str]) -> int:
    """Where the cell of some codes stands, the last side fastest. A side that no filter names is at its total."""
    sides = [([code.code for code in side.codes], filters.get(side.axis.id, TOTAL)) for side in figures.sides]
    return reduce(lambda place, side: place * len(side[0]) + side[0].index(side[1]), sides, 0)
