"""The figures of a file, from published releases as everybody reads them. Nothing else of the database is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

from cases.codelists.types import Code
from cases.dimensions import Dataset, table_id
from core.text import Text, in_one
from publications.international.fields import SOURCES
from publications.international.shapes import BodyField, Breakdown, FigureState, ReceivingBody, TableName
from stats.errors import QueryRefused, ReleaseGone
from stats.models import PUBLIC
from stats.reading import published_figures
from stats.reading.catalogue import PUBLISHED
from stats.reading.entries import OWN, CatalogueEntry
from stats.reading.measures import CellStatus, Measure
from stats.reading.query import parse
from stats.reading.stored_sums import ReportsBehind
from stats.reading.sum_words import notes_behind, quantities_of
from stats.reading.table import Figures
from stats.sums.datasets import QUANTITY

# Between the codes of a cell, as tables of releases are stored.
BETWEEN_CODES = "|"


@dataclass(frozen=True, slots=True)
class FileFigure:
    """One row. `dataset`, `table`, `codes`: the cell of `release`; empty where there is none. The ends are those published.

    `labels`: the cell in words. `terms`: its codes as the body names them, where a code has such a name. Of sums `quantity` is what
    of the dataset is summed, and `reports` says what is behind it.
    """

    field: str
    period: str
    breakdown: str
    dataset: str
    table: TableName
    codes: str
    labels: str
    terms: str
    value: int | None
    at_least: int | None
    at_most: int | None
    status: FigureState
    release: str | None = None
    vintage: int | None = None
    quantity: str = ""
    reports: str = ""

    @property
    def as_json(self) -> dict[str, Any]:
        """The row as it is kept."""
        return asdict(self)


def figures_of(body: ReceivingBody, year: int) -> Iterator[FileFigure]:
    """Every row of a body's file of a year."""
    for period in body.periods(year):
        for field in body.fields:
            for breakdown in field.breakdowns:
                yield from rows_of(body, field, breakdown, period)


def rows_of(body: ReceivingBody, field: BodyField, breakdown: Breakdown, period: str) -> Iterator[FileFigure]:
    """The rows of one breakdown in a period: a row for each cell, or one that says why there is none."""
    source = SOURCES[field.source]
    if source.dataset is None:
        yield absent(field, breakdown, period, FigureState.NO_RELEASE)
        return
    if release_of(period) is None:
        yield absent(field, breakdown, period, FigureState.NO_PERIOD)
        return
    answers = (answer(source.dataset, source.quantity, table, period) for table in breakdown.tables)
    figures = next((each for each in answers if each is not None), None)
    if figures is None:
        yield absent(field, breakdown, period, FigureState.NO_TABLE)
        return
    yield from cells_of(body, field, breakdown, figures, source.quantity)


def release_of(period: str) -> CatalogueEntry | None:
    """The release of ours that is in force of a period for everybody."""
    return next((each for each in releases_of([period])), None)


def releases_of(periods: list[str]) -> list[CatalogueEntry]:
    """The releases of ours that are in force of some periods for everybody, the newest vintage of each first."""
    return [each for each in PUBLISHED.read().releases if each.period.id in periods and not each.withdrawal]


def answer(dataset: Dataset, quantity: str, table: TableName, period: str) -> Figures | None:
    """A table of a period as everybody gets it. None where no release of ours offers it."""
    parameters = {"period": period, "measure": Measure.COUNT, "totals": "exclude"}
    parameters |= {name: what for name, what in (("by", table), (QUANTITY, quantity)) if what}
    try:
        figures = published_figures.open_query(PUBLIC, parse(dataset, parameters)).figures()
    except (QueryRefused, ReleaseGone):
        return None
    return figures if figures.periods[0].release.kind == OWN else None


def absent(field: BodyField, breakdown: Breakdown, period: str, status: FigureState) -> FileFigure:
    """The row of a breakdown that has no figures."""
    return FileFigure(field.id, period, breakdown.label.en, "", "", "", "", "", None, None, None, status)


def cells_of(
    body: ReceivingBody, field: BodyField, breakdown: Breakdown, figures: Figures, quantity: str
) -> Iterator[FileFigure]:
    """A row for each cell of an answer."""
    query, (of_period,), (column,) = figures.query, figures.periods, figures.columns
    table = table_id(query.by)
    source = figures.tables[0][table].release or of_period.release.id
    vintage = next(each.vintage for each in of_period.releases if each.id == source)
    behind = figures.behind.get(of_period.release.id, {})
    # Of the quantities one is left, which the field says.
    sides = [side for side in figures.sides if side.axis.has_total]
    for place, cell in enumerate(product(*(side.codes for side in sides))):
        interval = figures.intervals.get(place)
        value, status = state_of(column.values[place], column.statuses[place], behind.get(quantity))
        yield FileFigure(
            field.id,
            of_period.release.period.id,
            breakdown.label.en,
            query.dataset.id,
            table,
            BETWEEN_CODES.join(code.code for code in cell),
            words_of_cell([(side.axis.label, code.label) for side, code in zip(sides, cell, strict=True)]).en,
            "; ".join(term_of(body, code) for code in cell),
            value,
            interval.least if interval and status == FigureState.NOT_SHOWN else None,
            interval.most if interval and status == FigureState.NOT_SHOWN else None,
            status,
            source,
            vintage,
            quantity,
            in_one(*notes_behind(Text(source, source), behind, quantities_of(figures))).en if quantity else "",
        )


def words_of_cell(labels: Sequence[tuple[Text, Text]]) -> Text:
    """A cell in words, from the label of each axis and of its code: `Gender: Female; Citizenship: Nigeria`."""
    return Text(*("; ".join(f"{axis(each)}: {code(each)}" for axis, code in labels) for each in Text._fields))


def state_of(value: object, status: CellStatus, behind: ReportsBehind | None) -> tuple[int | None, FigureState]:
    """A cell's number and what the file says of it. `behind`: of a sum its reports."""
    if status == CellStatus.HIDDEN:
        return None, FigureState.NOT_SHOWN
    if not isinstance(value, int):
        return None, FigureState.NOT_KNOWN
    if behind and not behind.is_whole:
        return value, FigureState.AT_LEAST
    return value, FigureState.KNOWN if value else FigureState.NONE


def term_of(body: ReceivingBody, code: Code) -> str:
    """What the body calls a code; ours where it has no name for it."""
    return code.maps.get(body.terms, code.code)
