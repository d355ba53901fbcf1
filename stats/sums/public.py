"""A release of sums for everybody: exact figures, with the primary and the complementary cells hidden; and the proof.

Where the total of a measure would have to be hidden, nothing of the measure is shown: a block by itself cannot say what the others
tell of a hidden total.

What everybody is told of hidden sums, and the certificate, are made of what everybody may read, and of nothing else. The rules of
the form are left out of both: a line may know a part and not its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np

from stats.errors import ReleaseRefused, refuse
from stats.protection import perturbation
from stats.protection.audit.auditor import AuditReport, audit
from stats.protection.audit.certificate import PublicCell, block_certificate, public_certificate
from stats.protection.audit.intervals import bounds_within
from stats.protection.doubt import Bounds, narrower
from stats.protection.suppress.complementary import Impossible, NoSolution, suppress
from stats.protection.views import Constraint, SuppressionCandidate, Target, View, weigh
from stats.sums.blocks import SumBlock, SumCell
from stats.sums.datasets import QUANTITY
from stats.sums.rules import CELLS, floors_of
from stats.sums.sources import THRESHOLD, Place, SumSource
from stats.sums.views import SumDemands, SumPlan, cells_hidden, find_demands, public_before, rows_shown, views_of_block

# Targets, by id and view, as far as what was published before leaves them.
TargetsLeft = dict[tuple[str, str], Target]


@dataclass(frozen=True)
class ProtectedSums:
    """A protected release of a dataset, and whether it passed the audit.

    `shown`: its cells that are shown, zeros too. `intervals`: of each hidden cell of every release that is public then what anybody
    may compute. `silent_measures`: those of which nothing is shown. `report`: for staff. `certificate`: for everybody, empty where
    the audit failed.
    """

    shown: dict[Place, int]
    intervals: dict[str, Bounds]
    silent_measures: frozenset[str]
    passed: bool
    report: dict[str, Any]
    certificate: dict[str, Any]

    @property
    def digest(self) -> str:
        """Equal for equal figures."""
        return sha256(repr((sorted(self.shown.items()), sorted(self.intervals.items()))).encode()).hexdigest()


@dataclass(frozen=True)
class HiddenSums:
    """The hidden cells (by id) of one block, what the rules demand in it, and its views."""

    block: SumBlock
    hidden: frozenset[str]
    demands: SumDemands
    views: dict[str, View]

    @property
    def cells(self) -> tuple[SumCell, ...]:
        return self.block.cells(self.block.sources[-1])

    def shown(self) -> Iterable[SumCell]:
        """Those that it shows."""
        return (cell for cell in self.cells if cell.id not in self.hidden)


def protect_sums(plan: SumPlan) -> ProtectedSums:
    """Hide, audit and certify. Raises `ReleaseRefused` where no hiding could protect."""
    first = silent_measures = totals_hidden(plan)
    targets_left: TargetsLeft = {}
    while True:
        try:
            results = [hide_in_block(plan, block, silent_measures, targets_left) for block in plan.blocks]
            more = totals_of(results) - silent_measures
            reports = [] if more else [audit_sums(plan, each) for each in results]
            more |= measures_open_at_best(reports) - silent_measures
            less = {} if more else relax(plan, failing_targets(reports), targets_left)
            if not more and not less and (failing := failing_targets(reports)):
                # The audit asks more than the suppressor knew how to meet. Of what fails still, nothing is shown.
                more = silenced_for(plan, failing, silent_measures)
            if not more and not less:
                return combine_blocks(plan, results, reports, silent_measures, targets_left)
        except Impossible as impossible:
            more = silenced_for(plan, impossible.targets, silent_measures)
            less = {} if more else relax(plan, impossible.targets, targets_left)
            if not more and not less:
                raise refuse_sums(plan) from None
        except NoSolution:
            raise refuse(
                "Beregningen gav op: vælg færre tabeller.", "The solver gave up: choose fewer tables."
            ) from None
        targets_left, silent_measures = targets_left | less, first if less else silent_measures | more


def silenced_for(plan: SumPlan, targets: Sequence[str], silent_measures: frozenset[str]) -> frozenset[str]:
    """The measures of which nothing more is shown for targets (by id) that cannot be met: theirs; where none of them is, all."""
    every = frozenset(plan.dataset.measures)
    return measures_in(targets) - silent_measures or every - silent_measures


def measures_open_at_best(reports: Iterable[AuditReport]) -> frozenset[str]:
    """The measures with a hidden cell that is open only where it is not kept who bears which marks: nothing of them is shown."""
    return measures_in(name for report in reports for _, name in report.determined_cells)


def failing_targets(reports: Iterable[AuditReport]) -> list[str]:
    """The targets (by id) that the audit did not find. It asks more of vintages than the suppressor does."""
    return [verdict.id for report in reports for verdict in report.failing if not verdict.hidden]


def totals_of(results: Iterable[HiddenSums]) -> frozenset[str]:
    """The measures of which a block hides the total."""
    return frozenset(
        cell.measure for each in results for cell in each.cells if not cell.table and cell.id in each.hidden
    )


def relax(plan: SumPlan, targets: Iterable[str], before: TargetsLeft) -> TargetsLeft:
    """The targets (by id) that cannot be met though nothing is shown, as far as what was published before leaves them.

    Those that were targets_left already are left out: of these no more can be left.
    """
    names, less = set(targets), dict[tuple[str, str], Target]()
    every = frozenset(plan.dataset.measures)
    for block in plan.blocks:
        views = views_of_block(plan, block, every)
        own = floors_of(block, plan.contributors)
        for target in find_demands(block, plan.contributors, own, silent_measures=every).targets:
            key = target.id, target.view
            if target.id in names and key not in before:
                ((least, most),) = bounds_within(views[target.view], [target.form])
                less[key] = less.get(key, target).within(least, most)
    return less


def as_left(target: Target, targets_left: TargetsLeft) -> Target:
    """A target as far as it is left. The form is that of its own block: each block has the total."""
    rest = targets_left.get((target.id, target.view), target)
    return replace(target, low=rest.low, high=rest.high, width=rest.width)


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
    return frozenset(part.removeprefix(f"{QUANTITY}=") for part in parts if part.startswith(f"{QUANTITY}="))


def hide_in_block(
    plan: SumPlan, block: SumBlock, silent_measures: frozenset[str], targets_left: TargetsLeft
) -> HiddenSums:
    """Choose what one block hides. Raises `Impossible`."""
    own = floors_of(block, plan.contributors)
    demands = find_demands(block, plan.contributors, own, silent_measures=silent_measures)
    targets = tuple(as_left(target, targets_left) for target in demands.targets)
    demands = replace(demands, targets=targets)
    views = views_of_block(plan, block, silent_measures)
    cells = block.cells(plan.source)
    plan.tell(
        f"{plan.dataset.id}: {'+'.join(block.names) or 'total'}: {len(cells)} cells, {len(demands.targets)} demands"
    )
    suppression = suppress(
        counts=block.counts,
        candidates=[
            SuppressionCandidate(cell.id, cell.form, weigh(cell.count, len(cell.table), THRESHOLD)) for cell in cells
        ],
        hidden=demands.primaries.keys(),
        views=views,
        targets=demands.targets,
        seed=perturbation.seed(plan.key),
        undetermined_in=[CELLS],
        tell=plan.tell,
    )
    return HiddenSums(block, suppression.hidden, demands, views)


def audit_sums(plan: SumPlan, result: HiddenSums) -> AuditReport:
    """The audit of one block: each target in its view, and that no hidden cell of any public release is determined."""
    block = result.block
    before = [(cell.id, cell.form) for cell in cells_hidden(block, public_before(block))]
    hidden = [(cell.id, cell.form) for cell in result.cells if cell.id in result.hidden]
    if block.ties():
        # What did not change is known from the vintage before, though this one shows nothing.
        already = bounds_within(
            views_of_block(plan, block, frozenset(plan.dataset.measures))[CELLS], [f for _, f in hidden]
        )
        hidden = [each for each, (least, most) in zip(hidden, already, strict=True) if least != most]
    return audit(
        views=result.views,
        shown=[Constraint(cell.id, cell.form, cell.count, cell.count) for cell in result.shown()],
        targets=result.demands.targets,
        hidden=[*hidden, *before],
        undetermined_in=[CELLS],
        tell=plan.tell,
    )


def combine_blocks(
    plan: SumPlan,
    results: Sequence[HiddenSums],
    reports: Sequence[AuditReport],
    silent_measures: frozenset[str],
    targets_left: TargetsLeft,
) -> ProtectedSums:
    """The release of all blocks, with the certificate where all passed."""
    has_passed = all(report.passed for report in reports)
    shown = {cell.place: cell.count for each in results for cell in each.shown()}
    published = replace(plan.source, shown=shown)
    sources = tuple(source for source in (*plan.sources[:-1], published) if source.public)
    blocks = [SumBlock(plan.dataset, sources, each.block.names, apart=True) for each in results]
    bounds_by_block = [bounds_of_block(block) for block in blocks]
    intervals: dict[str, Bounds] = {}
    for name, bounds in (each for of_block in bounds_by_block for each in of_block.items()):
        intervals[name] = narrower(bounds, intervals.get(name, (0, None)))
    return ProtectedSums(
        shown,
        intervals,
        silent_measures,
        has_passed,
        {
            "audit": {
                "+".join(each.block.names) or "total": report.as_json()
                for each, report in zip(results, reports, strict=True)
            },
            "primaries": {
                name: sorted(why) for each in results for name, why in sorted(each.demands.primaries.items())
            },
            "withheld": sorted(silent_measures),
            "published_before": sorted({name for name, _ in targets_left}),
        },
        certify(published, blocks, bounds_by_block) if has_passed else {},
    )


def bounds_of_block(block: SumBlock) -> dict[str, Bounds]:
    """By hidden cell of the public releases of a block what anybody may compute of it, each measure by itself."""
    hidden = cells_hidden(block, block.sources)
    view = View(CELLS, np.zeros_like(block.counts), tuple(rows_shown(block, block.sources)))
    bounds = bounds_within(view, [cell.form for cell in hidden])
    return {cell.id: ends for cell, ends in zip(hidden, bounds, strict=True)}


def certify(
    published: SumSource, blocks: Sequence[SumBlock], by_block: Sequence[Mapping[str, Bounds]]
) -> dict[str, Any]:
    """The certificate: for each hidden cell two witnesses of what everybody may read, and of nothing else.

    `by_block`: what each block tells. Its ends have witnesses too.
    """
    blocks_certified = [
        block_certificate(
            release=published.id,
            space=block.space,
            cells=[
                PublicCell(source.id, cell.box, source.shown.get(cell.place))
                for source in block.sources
                for cell in block.cells(source)
            ],
            told=of_block,
        )
        for block, of_block in zip(blocks, by_block, strict=True)
    ]
    return public_certificate(published.id, blocks_certified, [source.id for source in blocks[0].sources])
