"""The tables of sums of our own releases, as they were published, and what is behind them. A table here is of all quantities.

Some cells are no data: nothing was added up in them, because nobody knows the number or nobody was asked. Both follow from what is
published beside a cell that shows none, so that nothing more is told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import product

from django.db import connection

from cases.codelists.types import NOT_ASKED
from cases.dimensions import Axis, Dataset
from stats.counting.cube import SEPARATOR
from stats.models import PUBLIC
from stats.reading.cells import PublishedBounds, TableCells
from stats.reading.entries import CatalogueEntry, tellings_of
from stats.sums.datasets import DATASETS_AS_READ

# Each table with how many reports have each number, and what was told last of its hidden cells, as of persons.
SUMS = """
SELECT t.release_id, t.axes, t.measure, t.codes, t.counts, t.hidden, c.knowing::text, d.codes, d.least, d.most
FROM statistics_publishedsumtable t
LEFT JOIN statistics_publishedsumcoverage c ON c.release_id = t.release_id AND c.dataset = t.dataset
LEFT JOIN LATERAL (
  SELECT d.codes, d.least, d.most FROM statistics_publishedsumtold d
  WHERE d.of_id = t.release_id AND d.release_id = ANY(%s) AND d.dataset = t.dataset AND d.measure = t.measure
    AND d.axes = t.axes
  ORDER BY array_position(%s, d.release_id) DESC LIMIT 1
) d ON true
WHERE t.dataset = %s AND t.release_id = ANY(%s) AND t.axes = ANY(%s)
"""
BEHIND = """
SELECT release_id, dataset, due, came, beside, knowing::text
FROM statistics_publishedsumcoverage WHERE dataset = ANY(%s) AND release_id = ANY(%s)
"""
# The columns of what is behind a sum, in files of rows.
REPORTS = ("reports_due", "reports_came", "reports_beside", "reports_knowing")


@dataclass(frozen=True, slots=True)
class ReportsBehind:
    """What is behind a quantity in a release, told of the whole dataset and never by name.

    Of `due` reports `came` came, and `unsolicited_reports` others that nobody had asked for. Of all these `knowing` know the
    quantity in each of their lines.
    """

    dataset: str
    due: int
    came: int
    unsolicited_reports: int
    knowing: int

    @property
    def reports(self) -> int:
        """How many there are."""
        return self.came + self.unsolicited_reports

    @property
    def is_complete(self) -> bool:
        """Whether every expected report came. Where nobody was asked for one, nobody knows how many there would have been."""
        return 0 < self.due <= self.came

    @property
    def is_whole(self) -> bool:
        """Whether each figure is the whole of it. Otherwise it is at least this much."""
        return self.is_complete and self.knowing >= self.reports


@dataclass(slots=True)
class GatheredTable:
    """The tables of several quantities as one, whose cells begin with the quantity."""

    codes: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    intervals: dict[str, PublishedBounds] = field(default_factory=dict)

    def add(self, quantity: str, codes: Iterable[str], counts: Iterable[int], hidden: Iterable[str]) -> None:
        self.codes += [cell_of(quantity, code) for code in codes]
        self.counts += counts
        self.hidden += [cell_of(quantity, code) for code in hidden]

    def tell(self, quantity: str, codes: Iterable[str], least: Iterable[int], most: Iterable[int | None]) -> None:
        """Add what is told of its hidden cells."""
        for code, low, high in zip(codes, least, most, strict=True):
            self.intervals[cell_of(quantity, code)] = PublishedBounds(low, high)

    def cells(self, release: CatalogueEntry) -> TableCells:
        """The cells of the release. What is not stored is zero in a public one, else hidden."""
        absent = 0 if release.audience == PUBLIC else None
        return TableCells(self.codes, self.counts, self.hidden, absent, intervals=self.intervals, release=release.id)


def cell_of(quantity: str, codes: str) -> str:
    """A cell of a quantity; the total has no codes."""
    return SEPARATOR.join([quantity, codes]) if codes else quantity


def of_quantity(cells: TableCells, quantity: str) -> TableCells:
    """The cells of one quantity, named as if there were no other."""
    names = {
        code: rest for code in (*cells.codes, *cells.hidden) if (rest := codes_in_quantity(code, quantity)) is not None
    }
    shown = [(names[code], n) for code, n in zip(cells.codes, cells.counts, strict=True) if code in names]
    return replace(
        cells,
        codes=[code for code, _ in shown],
        counts=[count for _, count in shown],
        hidden=[names[code] for code in cells.hidden if code in names],
        intervals={names[code]: each for code, each in cells.intervals.items() if code in names},
        not_known=frozenset(
            rest for code in cells.not_known if (rest := codes_in_quantity(code, quantity)) is not None
        ),
    )


def codes_in_quantity(cell: str, quantity: str) -> str | None:
    """The codes of a cell beside its quantity. None: it is of another one."""
    first, _, rest = cell.partition(SEPARATOR)
    return rest if first == quantity else None


def read_sums(
    dataset: str, tables: Sequence[str], releases: Mapping[str, CatalogueEntry], moment: datetime | None = None
) -> dict[tuple[str, str], TableCells]:
    """Some tables of sums of our own releases, with what had been told of them at a moment (None: now). One statement."""
    names = tellings_of(releases.values(), moment)
    tables_gathered: dict[tuple[str, str], GatheredTable] = defaultdict(GatheredTable)
    knowing_by_release: dict[str, dict[str, int] | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [names, names, dataset, sorted(releases), list(tables)])
        for release, axes, quantity, codes, counts, hidden, knowing, *interval_columns in cursor.fetchall():
            knowing_by_release[release] = knowing and json.loads(knowing)
            tables_gathered[release, axes].add(quantity, codes, counts, hidden)
            tables_gathered[release, axes].tell(quantity, *(each or () for each in interval_columns))
    return {
        (release, table): with_not_known(
            each.cells(releases[release]), DATASETS_AS_READ[dataset], table, knowing_by_release[release]
        )
        for (release, table), each in tables_gathered.items()
    }


def with_not_known(cells: TableCells, of: Dataset, table: str, knowing: Mapping[str, int] | None) -> TableCells:
    """The cells of a table, of which those that nobody knows are no zeros."""
    axes = [axis for axis in of.axes.values() if not axis.has_total or axis.id in table.split(",")]
    return replace(cells, not_known=not_known_in(cells, axes, knowing))


def read_behind(dataset: Dataset, releases: Iterable[str]) -> dict[str, dict[str, ReportsBehind]]:
    """What is behind each quantity of a dataset, by release. One statement."""
    drawn_from = dataset.drawn_from or {name: (dataset.id, name) for name in dataset.units}
    behind: dict[str, dict[str, ReportsBehind]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [sources_of(dataset), sorted(releases)])
        for release, name, due, came, others, knowing in cursor.fetchall():
            numbers = json.loads(knowing)
            of_release = behind.setdefault(release, {})
            for quantity, (source, code) in drawn_from.items():
                if source == name:
                    # A form may have grown since: of what a release did not count, no report knew it.
                    of_release[quantity] = ReportsBehind(name, due, came, others, numbers.get(code, 0))
    return behind


def sources_of(dataset: Dataset) -> list[str]:
    """The datasets in which the cells of a dataset are stored."""
    return sorted({name for name, _ in dataset.drawn_from.values()}) or [dataset.id]


# The place of an axis in a table, and the codes of the other axes: cells that differ in that axis alone.
LineOfCells = tuple[int, tuple[str, ...]]


def not_known_in(cells: TableCells, axes: Sequence[Axis], knowing: Mapping[str, int] | None) -> frozenset[str]:
    """The cells of a table that show none and are no data.

    `axes`: those of the table, that of the quantities first. `knowing`: by quantity how many reports have it in each of their
    lines; None where a release does not say so. A form may have grown since: of what a release did not count, none has it.
    """
    lines_of_none = lines_of_nobody(cells, axes)
    names = set()
    for name in zeros_of(cells, axes):
        codes = tuple(name.split(SEPARATOR))
        is_blank = knowing is not None and not knowing.get(codes[0], 0)
        if is_blank or any(
            line in lines_of_none and codes[line[0]] != NOT_ASKED for line in lines_through(codes, axes)
        ):
            names.add(name)
    return frozenset(names)


def zeros_of(cells: TableCells, axes: Sequence[Axis]) -> Iterator[str]:
    """The cells that show none."""
    yield from (name for name, count in zip(cells.codes, cells.counts, strict=True) if not count)
    if cells.absent == 0:
        names_stored = {*cells.codes, *cells.hidden}
        every = product(*([code.code for code in axis.codes] for axis in axes))
        yield from (name for name in map(SEPARATOR.join, every) if name not in names_stored)


def lines_of_nobody(cells: TableCells, axes: Sequence[Axis]) -> frozenset[LineOfCells]:
    """The lines in which all that there is was not asked."""
    there: dict[LineOfCells, set[str]] = defaultdict(set)
    for name in (*(name for name, count in zip(cells.codes, cells.counts, strict=True) if count), *cells.hidden):
        codes = tuple(name.split(SEPARATOR))
        for line in lines_through(codes, axes):
            there[line].add(codes[line[0]])
    return frozenset(line for line, codes in there.items() if codes == {NOT_ASKED})


def lines_through(codes: tuple[str, ...], axes: Sequence[Axis]) -> Iterator[LineOfCells]:
    """The lines through a cell along each axis of which somebody may not have been asked."""
    for place, axis in enumerate(axes):
        if NOT_ASKED in axis.names:
            yield place, (*codes[:place], *codes[place + 1 :])
