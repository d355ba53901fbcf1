"""The table of changes of a new vintage since the last one that is published: made and audited as the draft is built.

It shows a change where both vintages show the cell, and of no other: then it is a difference that every reader can make, and
neither the certificate nor a later release has to reckon with it (docs/decisions/0018). The audit of `protection.changes` is a
gate all the same: where it does not pass, every change of the table is hidden. It also finds what the two vintages give away of
small changes by themselves, for the report.
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
from cases.statistics.publishing.cells import Cell, Protected, cells_of, value_of
from cases.statistics.publishing.choice import PROTECTED, table_of
from cases.statistics.publishing.plan import Plan
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.universe import Block

# The audit solves some linear programs for each cell; what is shown of a larger block follows from the vintages all the same.
MOST_AUDITED = 400

Values = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Table:
    """The changes of one table: `before`, `after` and `change` of each listed cell, None where hidden."""

    axes: str
    codes: tuple[str, ...]
    before: tuple[int | None, ...]
    after: tuple[int | None, ...]
    change: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a release (by id), and what the audit has to say of it, for the report of staff."""

    since: str
    tables: tuple[Table, ...]
    told: dict[str, Any]


def since_last(plan: Plan, published: Sequence[Protected]) -> Changes | None:
    """The changes since the last published vintage of the same period and audience; None where there is none."""
    before = previous(plan)
    if before is None:
        return None
    plan.tell(f"changes since {before.id}")
    report = audits(plan, before, published) if plan.source.public else {}
    tables = tuple(differences(before, published, concealed(report)))
    return Changes(before.id, tables, {"changes": {"since": before.id, "audit": report}})


def concealed(report: Mapping[str, Any]) -> set[str]:
    """The tables of blocks whose audit did not pass."""
    return {axes for block in report.values() if not block["passed"] for axes in block["tables"]}


def differences(before: Source, published: Sequence[Protected], hidden: Collection[str]) -> Iterator[Table]:
    """The changes of every table that the vintage before has too; all of those named in `hidden` are."""
    for table in published:
        if table.axes in before.shown:
            was, now = values_before(before, table), values_now(table)
            yield changed(was, now, table, conceal=table.axes in hidden)


def previous(plan: Plan) -> Source | None:
    """The vintage before."""
    same = [
        source
        for source in plan.earlier
        if (source.audience, source.period) == (plan.source.audience, plan.source.period)
    ]
    return max(same, key=lambda source: source.as_of, default=None)


def changed(was: Values, now: Values, table: Protected, *, conceal: bool = False) -> Table:
    """The changes of one table from what each vintage shows of every cell. `conceal`: whether all of them are hidden."""
    pairs = {code: (was[code], now[code]) for code in now if listed(was[code], now[code], table)}
    return Table(
        table.axes,
        tuple(pairs),
        tuple(before for before, _ in pairs.values()),
        tuple(after for _, after in pairs.values()),
        tuple(None if conceal else difference(*pair) for pair in pairs.values()),
    )


def listed(before: int | None, after: int | None, table: Protected) -> bool:
    """Whether a cell is listed: in a public table what changed or is hidden, in another what both vintages show."""
    if table.absent_is_zero:
        return before is None or before != after
    return before is not None and after is not None


def difference(before: int | None, after: int | None) -> int | None:
    """What everybody can compute from the two vintages."""
    return None if before is None or after is None else after - before


def values_before(source: Source, table: Protected) -> dict[str, int | None]:
    """What a published vintage shows of every cell of a table."""
    shown, hidden = source.shown[table.axes], source.hidden[table.axes]
    absent = 0 if source.public else None
    return {code: None if code in hidden else shown.get(code, absent) for code in codes_of(table)}


def values_now(table: Protected) -> dict[str, int | None]:
    """What the new vintage shows of every cell of a table."""
    shown, hidden = dict(zip(table.codes, table.counts, strict=True)), set(table.hidden)
    absent = 0 if table.absent_is_zero else None
    return {code: None if code in hidden else shown.get(code, absent) for code in codes_of(table)}


def codes_of(table: Protected) -> list[str]:
    """The stored names of a table's cells, in the order of the code lists."""
    return [SEPARATOR.join(codes) for codes in product(*([code.code for code in axis.codes] for axis in table.table))]


def audits(plan: Plan, before: Source, published: Sequence[Protected]) -> dict[str, dict[str, Any]]:
    """The audit of each block's changes."""
    now = {table.axes: values_now(table) for table in published}
    return {"+".join(block.names) or "total": audited(plan, block, before, now) for block in plan.blocks}


def audited(plan: Plan, block: Block, before: Source, now: Mapping[str, Values]) -> dict[str, Any]:
    """The audit of a block: whether it passed, of which tables, and the cells whose change the vintages give away by themselves."""
    cells = matched(block, before, plan.source)
    said: dict[str, Any] = {"tables": sorted({table_id(cell.table) for _, cell in cells}), "given_away": []}
    if len(cells) > MOST_AUDITED:
        return {**said, "audited": False, "passed": True}
    size, forms = finest(block, [cell for _, cell in cells])
    changes = [
        CellChange(cell.id, form, value_of(before, old), now[table_id(cell.table)][cell.codes], cell.count - old.count)
        for (old, cell), form in zip(cells, forms, strict=True)
    ]
    try:
        made = protect_changes(size=size, changes=changes, threshold=plan.source.choice.threshold, beyond=False)
    except (Contradiction, TimeoutError):
        return {**said, "audited": True, "passed": False}
    return {**said, "audited": True, "passed": made.report.passed, "given_away": sorted(made.already_visible)}


def matched(block: Block, before: Source, new: Source) -> list[tuple[Cell, Cell]]:
    """Each cell of a block in both vintages."""
    was = {(table_id(cell.table), cell.codes): cell for cell in cells_of(block, before)}
    now = [(was.get((table_id(cell.table), cell.codes)), cell) for cell in cells_of(block, new)]
    return [(old, cell) for old, cell in now if old is not None]


def finest(block: Block, cells: Sequence[Cell]) -> tuple[int, list[LinearForm]]:
    """The sums that cells are, over the finest cells of one vintage that they can tell apart; and how many of these there are."""
    inside = [block.space.members(Box("", ((0, (0,)), *cell.box.sides[1:]))) for cell in cells]
    labels = np.zeros(block.space.size // len(block.timeline.runs), dtype=np.int64)
    for members in inside:
        labels = labels * 2
        labels[members] += 1
        labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
    return int(labels.max()) + 1, [LinearForm(np.unique(labels[members])) for members in inside]


def store(release_id: str, changes: Changes | None) -> None:
    """Keep them with the draft."""
    if changes is not None:
        DraftChange.objects.bulk_create(
            [DraftChange(**row_of(release_id, changes.since, table)) for table in changes.tables]
        )


def row_of(release_id: str, since: str, table: Table) -> dict[str, Any]:
    """The columns of a table as it is stored."""
    arrays = {name: list(values) for name, values in asdict(table).items() if name != "axes"}
    return {"release_id": release_id, "since_id": since, "dataset": PROTECTED.id, "axes": table.axes, **arrays}


def again(stored: Release, told: Mapping[str, Any]) -> tuple[Table, ...]:
    """The tables of a stored draft made again, from its cells and those of the vintage before. `told`: what its report has."""
    before = sources.source_of(Release.objects.get(pk=told["since"]))
    rows = ProtectedTable.objects.filter(release_id=stored.pk, dataset=PROTECTED.id)
    published = [of_stored(row, public=stored.audience == PUBLIC) for row in rows]
    return tuple(differences(before, published, concealed(told["audit"])))


def of_stored(row: ProtectedTable, *, public: bool) -> Protected:
    """A stored table as it is published."""
    codes, counts, hidden = tuple(row.codes), tuple(row.counts), tuple(row.hidden)
    return Protected(table_of(row.axes), codes, counts, hidden, None, absent_is_zero=public)
