"""Totals of which an erratum says that they are wrong: their rows are marked, and no change is computed from them."""

from __future__ import annotations

from dataclasses import replace

from stats.reading.entries import CatalogueEntry, PeriodReleases
from stats.reading.measures import CHANGES, ORDINARY, CellStatus
from stats.reading.table import Column, Figures


def has_wrong_total(release: CatalogueEntry) -> bool:
    """Whether an erratum says that the total of a release is wrong."""
    return any(each.of_total for each in release.announcements.errata)


def with_marks(figures: Figures) -> Figures:
    """The figures of an answer without axes, with marks where a total is wrong; any other answer as it is."""
    wrong = [has_wrong_total(each.release) for each in figures.periods]
    uncertain = [has_wrong_total(each.release) or rests_on_wrong(each) for each in figures.periods]
    if figures.query.axes or not any(uncertain):
        return figures
    columns = (with_marked(each, uncertain if each.measure in CHANGES else wrong) for each in figures.columns)
    return replace(figures, columns=tuple(columns))


def rests_on_wrong(period: PeriodReleases) -> bool:
    """Whether a period is compared with a year whose total is wrong."""
    return period.before is not None and has_wrong_total(period.before)


def with_marked(column: Column, wrong: list[bool]) -> Column:
    """A column with the ordinary numbers of some periods marked; a change from one of these is none."""
    values, statuses = [*column.values], [*column.statuses]
    for n in (n for n, each in enumerate(wrong) if each and values[n] is not None and statuses[n] in ORDINARY):
        if column.measure in CHANGES:
            values[n], statuses[n] = None, CellStatus.NOT_PUBLISHED
        else:
            statuses[n] = CellStatus.UNVERIFIED
    return replace(column, values=values, statuses=statuses)
