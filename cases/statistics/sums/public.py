"""A release of sums for everybody: exact figures, with the primary and the complementary cells hidden; and the proof.

Where the total of a measure would have to be hidden, nothing of the measure is shown: a block by itself cannot say what the others
tell of a hidden total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np

from cases.statistics.errors import ReleaseRefused, refuse
from cases.statistics.models import AUTHORITY as AUTHORITIES
from cases.statistics.protection import keys
from cases.statistics.protection.audit.auditor import audit
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.protection.doubt import Bounds
from cases.statistics.protection.suppress.complementary import Impossible, NoSolution, suppress
from cases.statistics.protection.suppress.primary import AUTHORITY
from cases.statistics.protection.views import Constraint, SuppressionCandidate, View
from cases.statistics.publishing.suppression import ONE_WAY, WHOLE
from cases.statistics.sums.blocks import SumBlock, SumCell, block_names
from cases.statistics.sums.datasets import SumDataset
from cases.statistics.sums.rules import CELLS, READER, SumDemands, find_demands, floors_of
from cases.statistics.sums.sources import THRESHOLD, Contributors, Place, SumSource
from cases.statistics.sums.told import certify, told_of_block

MOST_UNKNOWNS = 20_000


@dataclass(frozen=True)
class SumPlan:
    """A release of a dataset to come, `source`, with everything that bears on it. `earlier`: published ones that share months."""

    dataset: SumDataset
    source: SumSource
    earlier: tuple[SumSource, ...]
    contributors: Contributors
    key: bytes
    tell: Callable[[str], None] = lambda _: None

    @cached_property
    def sources(self) -> tuple[SumSource, ...]:
        """Every release that bears on the new one, by moment; and, last, the new one."""
        return (*sorted(self.earlier, key=lambda source: (source.as_of, source.id)), self.source)

    @cached_property
    def blocks(self) -> tuple[SumBlock, ...]:
        """The blocks. Raises `ReleaseRefused` for one with more unknowns than can be proved."""
        tables = [table for source in self.sources for table in source.tables]
        found = tuple(SumBlock(self.dataset, self.sources, names) for names in block_names(self.dataset, tables))
        for block in found:
            if block.space.size > MOST_UNKNOWNS:
                raise refuse(
                    f"{self.dataset.id}: tabellerne over {', '.join(block.names)} er for store til at blive bevist.",
                    f"{self.dataset.id}: the tables over {', '.join(block.names)} are too large to be proved.",
                )
        return found


@dataclass(frozen=True)
class ProtectedSums:
    """A protected release of a dataset, and whether it passed the audit.

    `shown`: its cells that are shown, zeros too. `told`: of each hidden cell of every release that is public then what anybody may
    compute. `report`: for staff. `certificate`: for everybody, empty where the audit failed.
    """

    shown: dict[Place, int]
    told: dict[str, Bounds]
    withheld: frozenset[str]
    passed: bool
    report: dict[str, Any]
    certificate: dict[str, Any]

    @property
    def digest(self) -> str:
        """Equal for equal figures."""
        return sha256(repr((sorted(self.shown.items()), sorted(self.told.items()))).encode()).hexdigest()


@dataclass(frozen=True)
class HiddenSums:
    """The hidden cells (by id) of one block, what the rules demand in it, and its views."""

    block: SumBlock
    hidden: frozenset[str]
    demands: SumDemands
    views: dict[str, View]

    @property
    def cells(self) -> tuple[SumCell, ...]:
        """The cells of the new release."""
        return self.block.cells(self.block.sources[-1])

    def shown(self) -> Iterable[SumCell]:
        """Those that it shows."""
        return (cell for cell in self.cells if cell.id not in self.hidden)


def protect_sums(plan: SumPlan) -> ProtectedSums:
    """Hide, audit and certify. Raises `ReleaseRefused` where no hiding could protect."""
    withheld = totals_hidden(plan)
    while True:
        try:
            results = [hide_in_block(plan, block, withheld) for block in plan.blocks]
        except Impossible as impossible:
            more = measures_in(impossible.targets) - withheld or plan.dataset.measures.keys() - withheld
        except NoSolution:
            raise refuse(
                "Beregningen gav op: vælg færre tabeller.", "The solver gave up: choose fewer tables."
            ) from None
        else:
            more = {
                cell.measure for each in results for cell in each.cells if not cell.table and cell.id in each.hidden
            }
            more -= withheld
            if not more:
                return combine_blocks(plan, results, withheld)
        if not more:
            raise refuse_sums(plan)
        withheld |= more


def refuse_sums(plan: SumPlan) -> ReleaseRefused:
    """The refusal where what is published already gives too much away. It names no cell."""
    return refuse(
        f"{plan.dataset.id}: med det, der allerede er udgivet, kan tallene ikke beskyttes, hvad der end skjules.",
        f"{plan.dataset.id}: with what is published already the figures cannot be protected whatever is hidden.",
    )


def totals_hidden(plan: SumPlan) -> frozenset[str]:
    """The measures of which a rule hides the total."""
    block = plan.blocks[0]
    primaries = find_demands(block, plan.contributors, floors_of(block, plan.contributors)).primaries
    return frozenset(cell.measure for cell in block.cells(plan.source) if not cell.table and cell.id in primaries)


def measures_in(targets: Iterable[str]) -> frozenset[str]:
    """The measures of some targets, by their ids."""
    parts = (part for name in targets for part in name.partition("|")[0].split(";"))
    return frozenset(part.removeprefix("measure=") for part in parts if part.startswith("measure="))


def hide_in_block(plan: SumPlan, block: SumBlock, withheld: frozenset[str]) -> HiddenSums:
    """Choose what one block hides. Raises `Impossible`."""
    own = floors_of(block, plan.contributors)
    demands = find_demands(block, plan.contributors, own, withheld=withheld)
    views = views_of_block(plan, block, withheld)
    cells = block.cells(plan.source)
    plan.tell(
        f"{plan.dataset.id}: {'+'.join(block.names) or 'total'}: {len(cells)} cells, {len(demands.targets)} demands"
    )
    chosen = suppress(
        counts=block.counts,
        candidates=[SuppressionCandidate(cell.id, cell.form, weight_of(cell)) for cell in cells],
        hidden=demands.primaries.keys(),
        views=views,
        targets=demands.targets,
        seed=keys.seed(plan.key),
        undetermined_in=[CELLS],
        tell=plan.tell,
    )
    return HiddenSums(block, chosen.hidden, demands, views)


def weight_of(cell: SumCell) -> float:
    """What hiding a cell costs a reader, in the steps of persons."""
    steps = 1 + ((cell.count - 1) // THRESHOLD).bit_length() if cell.count else 0
    return (1 + steps) * {0: WHOLE, 1: ONE_WAY}.get(len(cell.table), 1.0)


def views_of_block(plan: SumPlan, block: SumBlock, withheld: frozenset[str]) -> dict[str, View]:
    """What each intruder knows of a block, apart from the release to come."""
    nothing = np.zeros_like(block.counts)
    public = (*shown_before(block), *block.kept(withheld))
    ties = block.ties()
    views = {CELLS: View(CELLS, nothing, public, ties)}
    for_authorities = (*public, *noisy_before(block))
    if any(source.audience == AUTHORITIES for source in block.sources):
        views[AUTHORITY] = View(AUTHORITY, nothing, for_authorities, ties)
    for name, floors in floors_of(block, plan.contributors).items():
        rows = for_authorities if name.startswith(READER) else public
        own_ties = block.ties(plan.contributors.of_view(name)) if ties else ties
        views[name] = View(name, floors, rows, own_ties)
    return views


def shown_before(block: SumBlock) -> list[Constraint]:
    """What earlier public releases show of their cells."""
    return [
        Constraint(cell.id, cell.form, source.shown[cell.place], source.shown[cell.place])
        for source in block.sources[:-1]
        if source.public
        for cell in block.cells(source)
        if cell.place in source.shown
    ]


def noisy_before(block: SumBlock) -> list[Constraint]:
    """What earlier releases for authorities tell of their cells."""
    return [
        noise_row(block, source, cell, source.shown.get(cell.place))
        for source in block.sources[:-1]
        if not source.public
        for cell in block.cells(source)
        if cell.id not in source.cured
    ]


def noise_row(block: SumBlock, source: SumSource, cell: SumCell, value: int | None) -> Constraint:
    """What an authority knows of a cell: of persons an interval, also where it is not shown; of all else the number."""
    if not block.dataset.measures[cell.measure].is_of_persons:
        return Constraint(cell.id, cell.form, value, value)
    if value is None:
        return Constraint(cell.id, cell.form, 0, source.threshold - 1 + source.deviation)
    return Constraint(cell.id, cell.form, max(0, value - source.deviation), value + source.deviation)


def audit_sums(plan: SumPlan, result: HiddenSums) -> AuditReport:
    """The audit of one block: each target in its view, and that no hidden cell of any public release is determined."""
    block = result.block
    before = [
        (cell.id, cell.form)
        for source in block.sources[:-1]
        if source.public
        for cell in block.cells(source)
        if cell.place not in source.shown
    ]
    hidden = [(cell.id, cell.form) for cell in result.cells if cell.id in result.hidden]
    return audit(
        views=result.views,
        shown=[Constraint(cell.id, cell.form, cell.count, cell.count) for cell in result.shown()],
        targets=result.demands.targets,
        hidden=[*hidden, *before],
        undetermined_in=[CELLS],
        tell=plan.tell,
    )


def combine_blocks(plan: SumPlan, results: Sequence[HiddenSums], withheld: frozenset[str]) -> ProtectedSums:
    """The release of all blocks, with the certificate where all passed."""
    reports = {"+".join(each.block.names) or "total": audit_sums(plan, each) for each in results}
    passed = all(report.passed for report in reports.values())
    shown = {cell.place: cell.count for each in results for cell in each.shown()}
    published = replace(plan.source, shown=shown)
    sources = tuple(source for source in (*plan.sources[:-1], published) if source.public)
    blocks = [SumBlock(plan.dataset, sources, each.block.names, apart=True) for each in results]
    told = {name: bounds for block in blocks for name, bounds in told_of_block(block).items()}
    return ProtectedSums(
        shown,
        told,
        withheld,
        passed,
        {
            "audit": {name: report.as_json() for name, report in reports.items()},
            "primaries": {
                name: sorted(why) for each in results for name, why in sorted(each.demands.primaries.items())
            },
            "withheld": sorted(withheld),
        },
        certify(published, blocks) if passed else {},
    )
