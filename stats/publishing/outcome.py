"""The outcome of a protection: the audit's report, what the statistician weighs, and the digest of the published tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stats.counting import digests
from stats.models import ProtectedCells, SumArrays
from stats.protection.audit.report import AuditReport
from stats.protection.suppress.problem import SPREAD as PROVED
from stats.publishing.cells import TableDraft
from stats.publishing.choice import PROTECTED, count_cells
from stats.publishing.release_sums import lines_of

# Percent that are told: the least that is not exceeded.
STEPS = (2, 10, 25, 50, 100)


def margins(tables: Sequence[TableDraft], reports: Mapping[str, AuditReport]) -> dict[str, Any]:
    """By table the shown and hidden cells and the share of persons in shown ones; and by block the room to spare."""
    return {
        "tables": [
            {
                "axes": table.axes,
                "shown": count_shown(table),
                "hidden": count_cells(table.table) - count_shown(table),
                "symbol": table.symbol,
                "share": table.share,
                "doubt": None if table.doubt is None else round(table.doubt, 2),
                "offered": table.offered,
            }
            for table in tables
        ],
        "audit": {name: report.margins for name, report in reports.items()},
    }


def gaps(gap_of: Mapping[str, float]) -> dict[str, int]:
    """By block how much more could have been shown at most, in percent of what is hidden.

    In few steps: what hiding costs is a function of true counts, and the exact part of it would be one, too.
    """
    return {
        name: next(step for step in STEPS if 100 * gap <= step) if gap > PROVED else 0 for name, gap in gap_of.items()
    }


def partners(tables: Iterable[str], blocks: Iterable[str]) -> dict[str, Any]:
    """What partners who know the method are left with: by table the cells with too few numbers, and the blocks where it failed.

    `tables`: the table of each such cell. `blocks`: those that are protected without what is hidden for such partners.
    """
    return {"few_for_partners": dict(sorted(Counter(tables).items())), "without_partners": sorted(blocks)}


def count_shown(table: TableDraft) -> int:
    """How many cells of a table are shown: in a public one all but the hidden."""
    return count_cells(table.table) - len(table.hidden) if table.absent_is_zero else len(table.codes)


def digest(tables: Iterable[TableDraft | ProtectedCells], sums: Iterable[SumArrays | Mapping[str, Any]] = ()) -> str:
    """The digest of tables as they are published: what is shown of each, what is hidden, and what is told by a symbol."""
    lines: list[tuple[str, str, Sequence[str], Sequence[int]]] = list(lines_of(sums))
    for table in tables:
        lines.append((PROTECTED.id, table.axes, table.codes, table.counts))
        lines.append((PROTECTED.id, f"{table.axes} hidden", table.hidden, ()))
        if table.symbol is not None:
            lines.append((PROTECTED.id, f"{table.axes} 0-{table.symbol}", table.within, ()))
    return digests.of_tables(lines)
