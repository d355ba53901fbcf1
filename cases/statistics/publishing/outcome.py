"""What the blocks' proofs come to: the report for staff, the public certificate, and what the statistician weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from cases.statistics.counting import digests
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.publishing.cells import Protected
from cases.statistics.publishing.choice import PROTECTED


class Cells(Protocol):
    """A table as it is published, in memory or stored."""

    @property
    def axes(self) -> str:
        """The table's stored name."""

    @property
    def codes(self) -> Sequence[str]:
        """The cells that are shown."""

    @property
    def counts(self) -> Sequence[int]:
        """What they show."""

    @property
    def hidden(self) -> Sequence[str]:
        """The cells that are hidden, where that is told cell by cell."""


def margins(tables: Sequence[Protected], reports: Mapping[str, AuditReport]) -> dict[str, Any]:
    """For each table how many cells are shown and hidden and the share of persons in shown ones; and the room the audit found."""
    return {
        "tables": [
            {
                "axes": table.axes,
                "shown": shown_cells(table),
                "hidden": size(table) - shown_cells(table),
                "share": table.share,
                "offered": table.offered,
            }
            for table in tables
        ],
        "audit": {name: report.margins for name, report in reports.items()},
    }


def shown_cells(table: Protected) -> int:
    """How many cells of a table are shown: in a public one all but the hidden."""
    return size(table) - len(table.hidden) if table.absent_is_zero else len(table.codes)


def digest(tables: Iterable[Cells]) -> str:
    """The digest of tables as they are published: what is shown of each, and then what is hidden."""
    lines = []
    for table in tables:
        lines.append((PROTECTED.id, table.axes, table.codes, table.counts))
        lines.append((PROTECTED.id, f"{table.axes} hidden", table.hidden, ()))
    return digests.of_tables(lines)


def size(table: Protected) -> int:
    """How many cells a table has."""
    cells = 1
    for axis in table.table:
        cells *= len(axis.codes)
    return cells


def reports_as_json(reports: Mapping[str, AuditReport]) -> dict[str, Any]:
    """Every block's audit."""
    return {name: report.as_json() for name, report in reports.items()}
