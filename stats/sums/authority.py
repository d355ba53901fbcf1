"""A release of sums for authorities: figures of persons with noise, all others exact; and the proof.

The noise of a cell is a function of the release's key, of the cell's name and sum, and of the lines that are in it. Nothing is
hidden for its own sake, as of persons: what is under the threshold with its noise is not shown, and what fails the audit is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np

from stats.protection import perturbation
from stats.protection.audit.auditor import AuditReport, audit
from stats.protection.perturbation import Noise
from stats.protection.suppress.primary import AUTHORITY
from stats.sums.blocks import SumBlock, SumCell
from stats.sums.leaves import CountLeaf
from stats.sums.public import ProtectedSums, TargetsLeft, as_left, failing_targets, measures_in, relax
from stats.sums.rules import floors_of
from stats.sums.sources import Place
from stats.sums.views import SumPlan, find_demands, row_of_noise, views_of_block


def protect_sums_for_authorities(plan: SumPlan) -> ProtectedSums:
    """Add noise once, audit every block, and hide for everybody what fails. The key is never drawn anew.

    Where the total of a measure is not shown, nothing is told of the measure: a block by itself cannot say what the others tell of
    a hidden total. So it is where a target fails that no cell of the release bounds. A target of a measure of which nothing is told
    is what earlier releases leave of it.
    """
    values = [noisy_cells(plan, block) for block in plan.blocks]
    silent_measures = frozenset(cell.measure for cell, value in values[0].items() if not cell.table and value is None)
    targets_left: TargetsLeft = {}
    while True:
        audits = [
            audit_noise(plan, *pair, silent_measures, targets_left) for pair in zip(plan.blocks, values, strict=True)
        ]
        failing = failing_targets(report for report, _ in audits)
        totals_cured = {cell.measure for cell in values[0] if not cell.table and cell.id in audits[0][1]}
        more = (totals_cured | measures_in(failing)) - silent_measures
        less = {} if more else relax(plan, failing, targets_left)
        if not more and not less:
            return combine_audits(plan, values, audits, silent_measures, targets_left)
        silent_measures, targets_left = silent_measures | more, targets_left | less


def combine_audits(
    plan: SumPlan,
    values: Sequence[Mapping[SumCell, int | None]],
    audits: Sequence[tuple[AuditReport, frozenset[str]]],
    silent_measures: frozenset[str],
    targets_left: TargetsLeft,
) -> ProtectedSums:
    """The release of all blocks. What one of them hides, all hide."""
    names_cured = frozenset[str]().union(*(names for _, names in audits))
    every = {cell: value for of_block in values for cell, value in of_block.items()}
    hidden = {cell.place for cell in every if cell.id in names_cured}
    reports = {"+".join(block.names) or "total": report for block, (report, _) in zip(plan.blocks, audits, strict=True)}
    return ProtectedSums(
        {cell.place: value for cell, value in every.items() if value is not None and cell.place not in hidden},
        {},
        silent_measures,
        all(report.passed for report in reports.values()),
        {
            "audit": {name: report.as_json() for name, report in reports.items()},
            "cured": sorted(names_cured),
            "withheld": sorted(silent_measures),
            "published_before": sorted({name for name, _ in targets_left}),
        },
        {},
    )


def noisy_cells(plan: SumPlan, block: SumBlock) -> dict[SumCell, int | None]:
    """What each cell is shown as: of persons with noise, None below the threshold; of all else as it is."""
    noise = Noise.of(plan.source.deviation, plan.source.variance)
    return {
        cell: perturb(plan, block, cell, noise) if block.dataset.is_of_persons(*cell.place) else cell.count
        for cell in block.cells(plan.source)
    }


def perturb(plan: SumPlan, block: SumBlock, cell: SumCell, noise: Noise) -> int | None:
    """A cell with its noise. None: below the threshold."""
    lines = sorted({line_of(leaf, cell.measure) for leaf in block.leaves_in(cell)})
    of_lines = perturbation.record_keys(plan.key, lines)
    (key,) = perturbation.cell_keys(np.zeros(len(lines), dtype=np.int64), of_lines, 1).tolist()
    shown = cell.count + noise.perturb(perturbation.uniform(plan.key, noise_name(plan, cell.place), cell.count, key))
    return shown if shown >= plan.source.threshold else None


def line_of(leaf: CountLeaf, measure: str) -> UUID:
    """The number of a line, whatever it is: the same in every vintage."""
    return uuid5(NAMESPACE_OID, f"{leaf.partner} {leaf.period} {measure} {','.join(leaf.codes)}")


def noise_name(plan: SumPlan, place: Place) -> str:
    """The name of a cell for its noise: what it counts, and nothing of the release that shows it."""
    measure, table, codes = place
    words = ";".join(f"{name}={code}" for name, code in zip(table, codes, strict=True))
    return f"{plan.dataset.id}.{measure};{plan.source.period.id};{words}"


def audit_noise(
    plan: SumPlan,
    block: SumBlock,
    values: Mapping[SumCell, int | None],
    silent_measures: frozenset[str],
    targets_left: TargetsLeft,
) -> tuple[AuditReport, frozenset[str]]:
    """The audit of one block, and the cells (by id) that are hidden for it: as long as a target fails, those that bound it.

    Of `silent_measures` every cell is hidden.
    """
    own = floors_of(block, plan.contributors)
    demands = find_demands(block, plan.contributors, own)
    targets = [as_left(each, targets_left) for each in demands.targets if each.view.startswith(AUTHORITY)]
    views = {
        name: view for name, view in views_of_block(plan, block, silent_measures).items() if name.startswith(AUTHORITY)
    }
    rows = {cell.id: row_of_noise(block, plan.source, cell, value) for cell, value in values.items()}
    hidden = {cell.id for cell in values if cell.measure in silent_measures}
    for _ in count():
        shown = [row for name, row in rows.items() if name not in hidden]
        report = audit(views=views, shown=shown, targets=targets, hidden=[], undetermined_in=[], tell=plan.tell)
        offending = report.cells_to_hide(rows, hidden)
        if not offending:
            return report, frozenset(hidden)
        hidden |= offending
    raise AssertionError("there are only so many cells to hide")
