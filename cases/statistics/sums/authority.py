"""A release of sums for authorities: figures of persons with noise, all others exact; and the proof.

The noise of a cell is a function of the release's key, of the cell's name and sum, and of the lines that are in it. Nothing is
hidden for its own sake, as of persons: what is under the threshold with its noise is not shown, and what fails the audit is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np

from cases.statistics.protection import keys
from cases.statistics.protection.audit.auditor import audit
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.protection.noise import Noise
from cases.statistics.protection.suppress.primary import AUTHORITY
from cases.statistics.sums.blocks import SumBlock, SumCell
from cases.statistics.sums.knowledge import SumPlan, noise_row, views_of_block
from cases.statistics.sums.leaves import CountLeaf
from cases.statistics.sums.public import ProtectedSums
from cases.statistics.sums.rules import find_demands, floors_of
from cases.statistics.sums.sources import Place

NOBODY: frozenset[str] = frozenset()


def protect_sums_for_authorities(plan: SumPlan) -> ProtectedSums:
    """Add noise once, audit every block, and hide for everybody what fails. The key is never drawn anew."""
    shown, reports, names_cured = dict[Place, int](), dict[str, AuditReport](), frozenset[str]()
    for block in plan.blocks:
        values = noisy_cells(plan, block)
        report, more_names = audit_noise(plan, block, values)
        names_cured |= more_names
        reports["+".join(block.names) or "total"] = report
        shown |= {cell.place: value for cell, value in values.items() if value is not None}
    hidden = {cell.place for block in plan.blocks for cell in block.cells(plan.source) if cell.id in names_cured}
    return ProtectedSums(
        {place: value for place, value in shown.items() if place not in hidden},
        {},
        NOBODY,
        all(report.passed for report in reports.values()),
        {"audit": {name: report.as_json() for name, report in reports.items()}, "cured": sorted(names_cured)},
        {},
    )


def noisy_cells(plan: SumPlan, block: SumBlock) -> dict[SumCell, int | None]:
    """What each cell is shown as: of persons with noise, None below the threshold; of all else as it is."""
    noise = Noise.of(plan.source.deviation, plan.source.variance)
    measures = block.dataset.measures
    return {
        cell: perturb(plan, block, cell, noise) if measures[cell.measure].is_of_persons else cell.count
        for cell in block.cells(plan.source)
    }


def perturb(plan: SumPlan, block: SumBlock, cell: SumCell, noise: Noise) -> int | None:
    """A cell with its noise. None: below the threshold."""
    lines = sorted({line_of(leaf, cell.measure) for leaf in block.leaves_in(cell)})
    of_lines = keys.record_keys(plan.key, lines)
    (key,) = keys.cell_keys(np.zeros(len(lines), dtype=np.int64), of_lines, 1).tolist()
    shown = cell.count + noise.perturb(keys.uniform(plan.key, noise_name(plan, cell.place), cell.count, key))
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
    plan: SumPlan, block: SumBlock, values: Mapping[SumCell, int | None]
) -> tuple[AuditReport, frozenset[str]]:
    """The audit of one block, and the cells (by id) that are hidden for it: as long as a target fails, those that bound it."""
    own = floors_of(block, plan.contributors)
    targets = [each for each in find_demands(block, plan.contributors, own).targets if each.view.startswith(AUTHORITY)]
    views = {name: view for name, view in views_of_block(plan, block, NOBODY).items() if name.startswith(AUTHORITY)}
    rows = {cell.id: noise_row(block, plan.source, cell, value) for cell, value in values.items()}
    hidden: set[str] = set()
    for _ in count():
        shown = [row for name, row in rows.items() if name not in hidden]
        report = audit(views=views, shown=shown, targets=targets, hidden=[], undetermined_in=[], tell=plan.tell)
        offending = set()
        for verdict in report.failing:
            hideable = [name for name in verdict.because if name in rows and name not in hidden]
            if hideable:
                offending.add(min(hideable, key=lambda name: (len(rows[name].form.plus), name)))
        if not offending:
            return report, frozenset(hidden)
        hidden |= offending
    raise AssertionError("there are only so many cells to hide")
