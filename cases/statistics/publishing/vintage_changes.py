"""The changes of a new vintage since the last published one. They are made and audited as the draft is built.

A change is shown where both vintages show the cell, and nowhere else. So every reader can compute it, and neither the certificate
nor a later release has to reckon with it (docs/decisions/0018). The audit of changes is a gate all the same: where it does not
pass, every change of the block's tables is hidden. For the report it also finds the small changes that the vintages give away
themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np

from cases.dimensions import table_id
from cases.statistics.counting.cube import SEPARATOR
from cases.statistics.models import PUBLIC, DraftChange, ProtectedTable, Release
from cases.statistics.protection.audit.changes import CellChange, protect_changes
from cases.statistics.protection.audit.knowledge import Contradiction
from cases.statistics.protection.space import Box, LinearForm
from cases.statistics.publishing import sources
from cases.statistics.publishing.blocks import TableBlock
from cases.statistics.publishing.cells import Cell, TableDraft, cells_of, shown_value
from cases.statistics.publishing.choice import PROTECTED, table_of
from cases.statistics.publishing.plan import ReleasePlan
from cases.statistics.publishing.sources import ReleaseSource

# The audit solves some linear programs for each cell; what is shown of a larger block follows from the vintages all the same.
MOST_AUDITED = 400

Values = Mapping[str, int | None]


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
    """The tables of changes since a release (by id). `report`: what the audit found, for the draft's report."""

    since: str
    tables: tuple[ChangeTable, ...]
    report: dict[str, Any]


def changes_since_last(plan: ReleasePlan, published: Sequence[TableDraft]) -> ChangeTables | None:
    """The changes since the last published vintage of the same period and audience. None: there is no such vintage."""
    before = previous_vintage(plan)
    if before is None:
        return None
    plan.tell(f"changes since {before.id}")
    report = audit_changes(plan, before, published) if plan.source.public else {}
    tables = tuple(difference_tables(before, published, tables_to_conceal(report)))
    return ChangeTables(before.id, tables, {"changes": {"since": before.id, "audit": report}})


def tables_to_conceal(report: Mapping[str, Any]) -> set[str]:
    """The names of the tables of blocks whose audit did not pass."""
    return {axes for block in report.values() if not block["passed"] for axes in block["tables"]}


def difference_tables(
    before: ReleaseSource, published: Sequence[TableDraft], hidden: Collection[str]
) -> Iterator[ChangeTable]:
    """The changes of every table that the vintage before has too. In the tables named in `hidden` all are hidden."""
    for table in published:
        if table.axes in before.shown:
            was, now = values_before(before, table), values_now(table)
            yield change_table(was, now, table, conceal=table.axes in hidden)


def previous_vintage(plan: ReleasePlan) -> ReleaseSource | None:
    """The last published vintage of the same period and audience. None: there is none."""
    same = [
        source
        for source in plan.earlier
        if (source.audience, source.period) == (plan.source.audience, plan.source.period)
    ]
    return max(same, key=lambda source: source.as_of, default=None)


def change_table(was: Values, now: Values, table: TableDraft, *, conceal: bool = False) -> ChangeTable:
    """The changes of one table, of what each vintage shows of every cell. `conceal`: all of them are hidden."""
    pairs = {code: (was[code], now[code]) for code in now if is_listed(was[code], now[code], table)}
    return ChangeTable(
        table.axes,
        tuple(pairs),
        tuple(before for before, _ in pairs.values()),
        tuple(after for _, after in pairs.values()),
        tuple(None if conceal else difference(*pair) for pair in pairs.values()),
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
    shown, hidden = source.shown[table.axes], source.hidden[table.axes]
    absent = 0 if source.public else None
    return {code: None if code in hidden else shown.get(code, absent) for code in codes_of(table)}


def values_now(table: TableDraft) -> dict[str, int | None]:
    """What the new vintage shows of every cell of a table."""
    shown, hidden = dict(zip(table.codes, table.counts, strict=True)), set(table.hidden)
    absent = 0 if table.absent_is_zero else None
    return {code: None if code in hidden else shown.get(code, absent) for code in codes_of(table)}


def codes_of(table: TableDraft) -> list[str]:
    """The stored names of a table's cells, in the order of the code lists."""
    return [SEPARATOR.join(codes) for codes in product(*([code.code for code in axis.codes] for axis in table.table))]


def audit_changes(
    plan: ReleasePlan, before: ReleaseSource, published: Sequence[TableDraft]
) -> dict[str, dict[str, Any]]:
    """The audit of each block's changes."""
    now = {table.axes: values_now(table) for table in published}
    return {"+".join(block.names) or "total": audit_block_changes(plan, block, before, now) for block in plan.blocks}


def audit_block_changes(
    plan: ReleasePlan, block: TableBlock, before: ReleaseSource, now: Mapping[str, Values]
) -> dict[str, Any]:
    """The audit of a block: its tables, whether it passed, and the changes that the vintages give away by themselves."""
    cells = match_cells(block, before, plan.source)
    report: dict[str, Any] = {"tables": sorted({table_id(cell.table) for _, cell in cells}), "given_away": []}
    if len(cells) > MOST_AUDITED:
        return {**report, "audited": False, "passed": True}
    size, forms = atomic_forms(block, [cell for _, cell in cells])
    changes = [
        CellChange(
            cell.id, form, shown_value(before, old), now[table_id(cell.table)][cell.codes], cell.count - old.count
        )
        for (old, cell), form in zip(cells, forms, strict=True)
    ]
    try:
        protection = protect_changes(size=size, changes=changes, threshold=plan.source.choice.threshold, beyond=False)
    except (Contradiction, TimeoutError):
        return {**report, "audited": True, "passed": False}
    return {
        **report,
        "audited": True,
        "passed": protection.report.passed,
        "given_away": sorted(protection.already_visible),
    }


def match_cells(block: TableBlock, before: ReleaseSource, new: ReleaseSource) -> list[tuple[Cell, Cell]]:
    """Each cell of a block in both vintages."""
    was = {(table_id(cell.table), cell.codes): cell for cell in cells_of(block, before)}
    now = [(was.get((table_id(cell.table), cell.codes)), cell) for cell in cells_of(block, new)]
    return [(old, cell) for old, cell in now if old is not None]


def atomic_forms(block: TableBlock, cells: Sequence[Cell]) -> tuple[int, list[LinearForm]]:
    """The forms of cells over the unknowns of one vintage; and the number of these unknowns."""
    inside = [block.space.members(Box("", ((0, (0,)), *cell.box.sides[1:]))) for cell in cells]
    labels = np.zeros(block.space.size // len(block.timeline.runs), dtype=np.int64)
    for members in inside:
        labels = labels * 2
        labels[members] += 1
        labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
    return int(labels.max()) + 1, [LinearForm(np.unique(labels[members])) for members in inside]


def store_changes(release_id: str, changes: ChangeTables | None) -> None:
    """Store the changes with the draft."""
    if changes is not None:
        DraftChange.objects.bulk_create(
            [DraftChange(**row_of(release_id, changes.since, table)) for table in changes.tables]
        )


def row_of(release_id: str, since: str, table: ChangeTable) -> dict[str, Any]:
    """The columns of a table as it is stored."""
    arrays = {name: list(values) for name, values in asdict(table).items() if name != "axes"}
    return {"release_id": release_id, "since_id": since, "dataset": PROTECTED.id, "axes": table.axes, **arrays}


def remake_tables(release: Release, report: Mapping[str, Any]) -> tuple[ChangeTable, ...]:
    """The tables of changes of a stored draft, made again of its cells and of the vintage before.

    `report`: what the draft's report has of them.
    """
    before = sources.source_of(Release.objects.get(pk=report["since"]), ())
    rows = ProtectedTable.objects.filter(release_id=release.pk, dataset=PROTECTED.id)
    published = [draft_of_stored(row, public=release.audience == PUBLIC) for row in rows]
    return tuple(difference_tables(before, published, tables_to_conceal(report["audit"])))


def draft_of_stored(row: ProtectedTable, *, public: bool) -> TableDraft:
    """A stored table as it is published."""
    codes, counts, hidden = tuple(row.codes), tuple(row.counts), tuple(row.hidden)
    return TableDraft(table_of(row.axes), codes, counts, hidden, None, absent_is_zero=public)
