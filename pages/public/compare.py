"""What changed between two vintages of a period: then, now, and the difference, as they were audited with the later one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from cases.dimensions import Axis
from cases.errors import NotFound
from pages.base.frame import PageAddress, answer_page
from pages.public import release as release_page
from pages.public.release_words import COMPARE
from pages.public.releases import gone_page
from stats.counting.cube import SEPARATOR
from stats.reading import catalogue, published_figures
from stats.reading.cells import TableCells
from stats.reading.datasets import READABLE, axes_of
from stats.reading.entries import CatalogueEntry
from stats.reading.layout import TOTAL_CODE
from stats.reading.marks import MARKS, hidden_text, number
from stats.reading.measures import CellStatus
from stats.reading.wording import heading
from stats.revisions.changes import TableChanges, VintagePair

NAME = "compare"

CellsOfTables = Mapping[tuple[str, str], TableCells]


@dataclass(frozen=True)
class ChangedRow:
    """A cell in words: what it was, what it is, and the difference."""

    heading: str
    then: str
    now: str
    change: str


@dataclass(frozen=True)
class ChangedTable:
    """A table with its rows."""

    caption: str
    rows: Sequence[ChangedRow]


@gone_page
def compare(request: HttpRequest, language: str, release: str, other: str) -> HttpResponseBase:
    """The page. Three statements."""
    entry, same = release_page.find(release)
    since = next((each for each in same if each.id == other), None)
    if since is None:
        raise Http404
    catalogue.check_there(since)
    vintages = VintagePair(entry, since)
    key = tuple(each.key_at(None) for each in (entry, since))
    place = PageAddress(NAME, language, {"release": release, "other": other})
    try:
        return answer_page(request, place, key, lambda: ("public/compare.html", context(vintages, language)))
    except NotFound:
        raise Http404 from None


def context(vintages: VintagePair, language: str) -> dict[str, Any]:
    """What the page shows. Raises `NotFound` where the two were not compared."""
    tables = vintages.read_tables()
    releases = {each.id: each for each in (vintages.release, vintages.since)}
    notes = vintages.release.announcements.change_notes
    return {
        "words": {name: text(language) for name, text in COMPARE.items()},
        "release": vintages.release,
        "since": vintages.since,
        "period": vintages.release.period.label(language),
        "notes": notes(language) if notes else "",
        "tables": [*tables_in_words(vintages, tables, stored_tables(tables, releases), language)],
    }


def stored_tables(tables: Sequence[TableChanges], releases: Mapping[str, CatalogueEntry]) -> dict[str, CellsOfTables]:
    """The tables of both vintages, by dataset: of hidden cells they have what is told. One statement for each dataset."""
    names = {dataset: [each.axes for each in tables if each.dataset == dataset] for dataset in READABLE}
    return {dataset: published_figures.read_stored(dataset, axes, releases) for dataset, axes in names.items() if axes}


def tables_in_words(
    vintages: VintagePair, tables: Sequence[TableChanges], cells: Mapping[str, CellsOfTables], language: str
) -> Iterator[ChangedTable]:
    """The tables that differ, row by row: what stood in each vintage, and by how much it changed."""
    for table in tables:
        axes = axes_of(table.dataset, table.axes)
        then, now = (cells[table.dataset][one.id, table.axes] for one in (vintages.since, vintages.release))
        rows = [
            ChangedRow(
                cell_in_words(codes, axes, language),
                count_or_bounds(before, then, codes, language),
                count_or_bounds(after, now, codes, language),
                mark_of(codes, table) if change is None else number(change, language, with_sign=True),
            )
            for codes, before, after, change in zip(table.codes, table.before, table.after, table.change, strict=True)
        ]
        if rows:
            yield ChangedTable(heading(READABLE[table.dataset], axes, language), rows)


def cell_in_words(codes: str, axes: Sequence[Axis], language: str) -> str:
    """The codes of a cell in words."""
    names = codes.split(SEPARATOR) if codes else ()
    labels = (
        next(each.label(language) for each in axis.codes if each.code == name)
        for axis, name in zip(axes, names, strict=True)
    )
    return ", ".join(labels) or TOTAL_CODE.label(language)


def mark_of(codes: str, table: TableChanges) -> str:
    """What stands in place of a change that is not told."""
    return MARKS[CellStatus.NOT_PUBLISHED if codes in table.not_known else CellStatus.HIDDEN]


def count_or_bounds(count: int | None, cells: TableCells, codes: str, language: str) -> str:
    """A number, or what is told of a hidden one; the mark of no data where nobody knows it."""
    if codes in cells.not_known:
        return MARKS[CellStatus.NOT_PUBLISHED]
    return hidden_text(cells.intervals.get(codes)) if count is None else number(count, language)
