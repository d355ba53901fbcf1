"""The changes of a new vintage since the last published one. They are made as the draft is built, of what both vintages show.

A change is shown where both vintages show the cell, and nowhere else. So every reader can compute it: its row is the difference of
two rows that the audit of the release had, and neither the certificate nor a later release has to reckon with it
(docs/decisions/0109).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

from stats.counting.cube import SEPARATOR
from stats.models import PUBLIC, DraftChange, ProtectedTable, Release
from stats.publishing import sources, vintages
from stats.publishing.cells import TableDraft
from stats.publishing.choice import PROTECTED, codes_of, table_of
from stats.publishing.planning import ReleasePlan
from stats.publishing.sources import ReleaseSource


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """The changes of one table: `before`, `after` and `change` of each listed cell, None where hidden."""

    axes: str
    codes: tuple[str, ...]
    before: tuple[int | None, ...]
    after: tuple[int | None, ...]
    change: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ChangeTables:
    """The tables of changes since a release (by id)."""

    since: str
    tables: tuple[ChangeTable, ...]


def changes_since_last(plan: ReleasePlan, published: Sequence[TableDraft]) -> ChangeTables | None:
    """The changes since the last published vintage of the same period and audience. None: there is no such vintage."""
    before = vintages.last_published(plan.source.audience, plan.source.period, plan.earlier)
    return None if before is None else ChangeTables(before.id, tuple(difference_tables(before, published)))


def difference_tables(before: ReleaseSource, published: Sequence[TableDraft]) -> Iterator[ChangeTable]:
    """The changes of every table that the vintage before has too."""
    return (change_table(before, table) for table in published if table.axes in before.shown)


def change_table(before: ReleaseSource, table: TableDraft) -> ChangeTable:
    """The changes of one table, of what each vintage shows of every cell."""
    was = values_before(before, table)
    pairs = {code: (was[code], now) for code, now in values_now(table).items() if is_listed(was[code], now, table)}
    return ChangeTable(
        table.axes,
        tuple(pairs),
        tuple(before for before, _ in pairs.values()),
        tuple(after for _, after in pairs.values()),
        tuple(difference(*pair) for pair in pairs.values()),
    )


def is_listed(before: int | None, after: int | None, table: TableDraft) -> bool:
    """Whether a cell is listed: in a public table, where it changed or is hidden; in another, where both vintages show it."""
    if table.absent_is_zero:
        return before is None or before != after
    return before is not None and after is not None


def difference(before: int | None, after: int | None) -> int | None:
    """What everybody can compute from the two vintages."""
    return None if before is None or after is None else after - before


def values_before(source: ReleaseSource, table: TableDraft) -> dict[str, int | None]:
    """What a published vintage shows of every cell of a table."""
    return values_of(table, source.shown[table.axes], source.hidden[table.axes])


def values_now(table: TableDraft) -> dict[str, int | None]:
    """What the new vintage shows of every cell of a table."""
    return values_of(table, dict(zip(table.codes, table.counts, strict=True)), frozenset(table.hidden))


def values_of(table: TableDraft, shown: Mapping[str, int], hidden: Collection[str]) -> dict[str, int | None]:
    """What is shown of every cell of a table, in the order of the code lists. None: hidden."""
    absent = 0 if table.absent_is_zero else None
    cells = map(SEPARATOR.join, product(*map(codes_of, table.table)))
    return {cell: None if cell in hidden else shown.get(cell, absent) for cell in cells}


def store_changes(release_id: str, changes: ChangeTables | None) -> None:
    if changes is not None:
        DraftChange.objects.bulk_create(
            [DraftChange(**row_of(release_id, changes.since, table)) for table in changes.tables]
        )


def row_of(release_id: str, since: str, table: ChangeTable) -> dict[str, Any]:
    """The columns of a table as it is stored."""
    arrays = {name: list(values) for name, values in asdict(table).items() if name != "axes"}
    return {"release_id": release_id, "since_id": since, "dataset": PROTECTED.id, "axes": table.axes, **arrays}


def remake_tables(release: Release, since: str) -> tuple[ChangeTable, ...]:
    """The tables of changes of a stored draft, made again of its cells and of the vintage before (by id)."""
    before = sources.source_of(Release.objects.get(pk=since), ())
    rows = ProtectedTable.objects.filter(release_id=release.pk, dataset=PROTECTED.id)
    public = release.audience == PUBLIC
    published = [
        TableDraft(table_of(row.axes), tuple(row.codes), tuple(row.counts), tuple(row.hidden), None, public)
        for row in rows
    ]
    return tuple(difference_tables(before, published))
