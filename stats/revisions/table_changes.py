"""The changes of one table between two vintages; of sums the difference of what both show: every reader could compute it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from cases.dimensions import Dataset
from stats.counting.cube import SEPARATOR
from stats.models import PUBLIC
from stats.reading.cells import TableCells
from stats.reading.entries import CatalogueEntry
from stats.reading.stored_sums import read_sums
from stats.sums.of_forms import OF_SUMS

Numbers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """The changes of one table. None is hidden, in `before` and `after` as in `change`.

    `not_known`: the cells of sums that one of the two does not know, so that None is no data there.
    """

    dataset: str
    axes: str
    codes: Sequence[str]
    before: Numbers
    after: Numbers
    change: Numbers = ()
    not_known: frozenset[str] = frozenset()


def changes_of_sums(release: CatalogueEntry, since: CatalogueEntry) -> Iterator[TableChanges]:
    """The changes of every table of sums that both vintages have. One statement for each dataset."""
    for dataset in OF_SUMS.values():
        before, after = (one.terms.tables.get(dataset.id, ()) for one in (since, release))
        if tables := [table for table in after if table in before]:
            cells = read_sums(dataset.id, tables, {one.id: one for one in (release, since)})
            for table in tables:
                yield change_table(dataset, table, cells[since.id, table], cells[release.id, table], release.audience)


def change_table(dataset: Dataset, table: str, before: TableCells, after: TableCells, audience: str) -> TableChanges:
    """The changes of one table: in a public one of what changed or is hidden, in another of what both vintages show.

    What neither of them knows has not changed.
    """
    axes = [axis for axis in dataset.axes.values() if not axis.has_total or axis.id in table.split(",")]
    names = [SEPARATOR.join(codes) for codes in product(*([code.code for code in axis.codes] for axis in axes))]
    pairs = {name: (before.of(name), after.of(name)) for name in names}
    unknown = before.not_known & after.not_known
    pairs_listed = {name: pair for name, pair in pairs.items() if name not in unknown and is_listed(*pair, audience)}
    return TableChanges(
        dataset.id,
        table,
        [*pairs_listed],
        [was for was, _ in pairs_listed.values()],
        [now for _, now in pairs_listed.values()],
        [None if was is None or now is None else now - was for was, now in pairs_listed.values()],
        (before.not_known | after.not_known) & pairs_listed.keys(),
    )


def is_listed(was: int | None, now: int | None, audience: str) -> bool:
    """Whether a cell is listed: in a public table, where it changed or is hidden; in another, where both vintages show it."""
    return was is None or was != now if audience == PUBLIC else was is not None and now is not None
