"""The plan of a release: everything that its protection is a function of; and the outcome of the protection.

The outcome is the audit's report, what the statistician weighs, and the digest of the published tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from stats.counting import cube
from stats.models import ProtectedCells, SumArrays
from stats.protection.audit.auditor import AuditReport
from stats.protection.suppress.problem import SPREAD as PROVED
from stats.publishing.atoms import Timeline, make_timeline
from stats.publishing.blocks import TableBlock, make_blocks
from stats.publishing.cells import TableBounds, TableDraft
from stats.publishing.choice import PROTECTED, count_cells
from stats.publishing.facts import Fact
from stats.publishing.insiders import Insiders
from stats.publishing.release_sums import ReleaseSums, lines_of
from stats.publishing.sources import CountedRecord, ReleaseSource
from stats.sums.planning import CountedSums

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


def margins_of_partners(tables: Iterable[str], blocks: Iterable[str]) -> dict[str, Any]:
    """What partners who know the method are left with: by table the cells with too few numbers, and the blocks where it failed.

    `tables`: the table of each such cell. `blocks`: those that are protected without what is hidden for such partners.
    """
    return {"few_for_partners": dict(sorted(Counter(tables).items())), "without_partners": sorted(blocks)}


def count_shown(table: TableDraft) -> int:
    """How many cells of a table are shown: in a public one all but the hidden."""
    return count_cells(table.table) - len(table.hidden) if table.absent_is_zero else len(table.codes)


def published_digest(
    tables: Iterable[TableDraft | ProtectedCells], sums: Iterable[SumArrays | Mapping[str, Any]] = ()
) -> str:
    """The digest of tables as they are published: what is shown of each, what is hidden, and what is told by a symbol."""
    lines: list[tuple[str, str, Sequence[str], Sequence[int]]] = list(lines_of(sums))
    for table in tables:
        lines.append((PROTECTED.id, table.axes, table.codes, table.counts))
        lines.append((PROTECTED.id, f"{table.axes} hidden", table.hidden, ()))
        if table.symbol is not None:
            lines.append((PROTECTED.id, f"{table.axes} 0-{table.symbol}", table.within, ()))
    return cube.digest_of_tables(lines)


@dataclass(frozen=True)
class ReleasePlan:
    """A release to come, `source`, with everything that bears on it.

    `earlier`: the published releases of linked months. `everyone`: the records of `span` as they are now. `sums`: the datasets of
    sums that come with it.
    """

    source: ReleaseSource
    earlier: tuple[ReleaseSource, ...]
    everyone: tuple[CountedRecord, ...]
    span: tuple[date, date]
    facts: tuple[Fact, ...]
    insiders: Insiders
    key: bytes
    tell: Callable[[str], None] = lambda _: None
    sums: tuple[CountedSums, ...] = ()

    @cached_property
    def sources(self) -> tuple[ReleaseSource, ...]:
        """Every release that bears on the new one, by moment; and, last, the new one."""
        return (*sorted(self.earlier, key=lambda source: (source.as_of, source.id)), self.source)

    @property
    def noise(self) -> bool:
        """Whether any release has noisy cells. Then authorities know more than the public."""
        return any(not source.public for source in self.sources)

    @cached_property
    def alone(self) -> ReleasePlan:
        """The plan as it is if nothing has changed since the moment of the release. It is silent.

        A fact that its records contradict counts somebody who was erased, or who came later, and is left out.
        """
        records = self.source.records
        facts = tuple(fact for fact in self.facts if fact.fits(records))
        return replace(self, everyone=records, facts=facts, tell=lambda _: None)

    @cached_property
    def timeline(self) -> Timeline:
        """The atoms of time."""
        return make_timeline(self.sources, self.everyone, self.span)

    @cached_property
    def blocks(self) -> tuple[TableBlock, ...]:
        """The blocks. Raises `ReleaseRefused`."""
        return make_blocks(self.sources, self.facts, self.timeline, self.span)


@dataclass(frozen=True)
class ProtectionResult:
    """Protected tables, and whether they passed the audit.

    `report`: for staff, with the rules of each primary cell. `certificate`: for everybody. `margins`: what the statistician weighs,
    the cells of each table and the room to spare. `bounds`: what everybody is told of hidden cells from its publication on.
    `sums`: those of each dataset that was chosen.
    """

    tables: tuple[TableDraft, ...]
    passed: bool
    report: dict[str, Any]
    certificate: dict[str, Any]
    margins: dict[str, Any]
    digest: str
    bounds: tuple[TableBounds, ...] = ()
    sums: tuple[ReleaseSums, ...] = ()
