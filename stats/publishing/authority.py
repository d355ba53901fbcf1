"""A release for authorities: cells with noise, and the proof that an authority that reads everything cannot find a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from cases.dimensions import table_id
from stats.protection.audit.auditor import AuditReport, audit
from stats.protection.space import LinearForm
from stats.protection.views import Constraint, Target
from stats.publishing import planning
from stats.publishing.blocks import TableBlock, count_exceptions
from stats.publishing.cell_noise import perturb_tables
from stats.publishing.cells import Cell, TableDraft, cells_of, draft_tables, noise_constraint
from stats.publishing.demands import Demands, find_demands, find_determined, relax_demands
from stats.publishing.intruders import AUTHORITY, IntruderKnowledge, check_size, persons_known_by
from stats.publishing.planning import ProtectionResult, ReleasePlan

Values = dict[str, dict[str, int | None]]


@dataclass(frozen=True)
class AuditedBlock:
    """A block with its audit, after the cells in `cured` (by name) were hidden for everybody."""

    name: str
    cells: tuple[Cell, ...]
    report: AuditReport
    names_cured: frozenset[str]


def protect_for_authorities(plan: ReleasePlan) -> ProtectionResult:
    """Add noise once, audit every block, and hide for everybody what fails. The key is never drawn anew."""
    values = perturb_tables(plan.source.choice, plan.source.period, plan.source.records, plan.key)
    audits = [audit_block(plan, block, values) for block in plan.blocks]
    names_cured = frozenset().union(*(block.names_cured for block in audits))
    if any(block.names_cured != names_cured & {cell.id for cell in block.cells} for block in audits):
        # The total is in every block: hidden in one, it is hidden in all.
        audits = [audit_block(plan, block, values, names_cured) for block in plan.blocks]
        names_cured = frozenset().union(*(block.names_cured for block in audits))
    return combine(plan, published_tables(plan, audits, values, names_cured), audits, names_cured)


def audit_block(
    plan: ReleasePlan, block: TableBlock, values: Values, names_cured: frozenset[str] = frozenset()
) -> AuditedBlock:
    """Audit one block. As long as a target fails, hide the cells that bound it, and audit again."""
    name = "+".join(block.names) or "total"
    check_size(plan, block)
    cells = cells_of(block, plan.source)
    knowledge = IntruderKnowledge(plan, block, persons_known_by(plan, block))
    demands_left = find_demands(plan, block, knowledge.own)
    targets = [target for target in demands_left.targets if target.view.startswith(AUTHORITY)]
    demands_left, secret = Demands(demands_left.primaries, tuple(targets)), list(knowledge.hidden_before)
    rows = {cell.id: noise_constraint(plan.source, cell, values[table_id(cell.table)][cell.codes]) for cell in cells}
    hidden = set(names_cured & rows.keys())
    for attempt in count():
        shown = [row for source, row in rows.items() if source not in hidden]
        plan.tell(f"{name}: {len(shown)} cells bear on {len(demands_left.targets)} demands; audit")
        report = prove(plan, knowledge, shown, demands_left.targets, secret, explain=bool(attempt))
        if not report.passed and not attempt:
            demands_left, secret = relax_demands_of_authorities(knowledge, demands_left, secret, report)
            report = prove(plan, knowledge, shown, demands_left.targets, secret)
        offending = report.cells_to_hide(rows, hidden)
        if report.passed or not offending:
            return AuditedBlock(name, cells, report, frozenset(hidden))
        plan.tell(f"{name}: {len(offending)} cells are hidden for all")
        hidden |= offending
    raise AssertionError("there are only so many cells to hide")


Secret = list[tuple[str, LinearForm]]


def relax_demands_of_authorities(
    knowledge: IntruderKnowledge, demands_left: Demands, secret: Secret, report: AuditReport
) -> tuple[Demands, Secret]:
    """The demands, and the hidden public cells, without what authorities can tell already before this release."""
    failing = {verdict.id for verdict in report.failing if not verdict.hidden}
    open_now = [(name, form) for name, form in secret if (AUTHORITY, name) in report.determined_cells]
    open_already = find_determined(knowledge, AUTHORITY, open_now)
    return relax_demands(knowledge, demands_left, failing)[0], [each for each in secret if each[0] not in open_already]


def prove(
    plan: ReleasePlan,
    knowledge: IntruderKnowledge,
    shown: Sequence[Constraint],
    targets: Sequence[Target],
    secret: Secret,
    *,
    explain: bool = True,
) -> AuditReport:
    """Audit the authorities' views: each target, and that no hidden public cell is determined."""
    return audit(
        views={name: view for name, view in knowledge.views.items() if name.startswith(AUTHORITY)},
        shown=shown,
        targets=targets,
        hidden=secret,
        undetermined_in=[AUTHORITY],
        explain=explain,
        tell=plan.tell,
    )


def published_tables(
    plan: ReleasePlan, audits: Sequence[AuditedBlock], values: Values, names_cured: frozenset[str]
) -> tuple[TableDraft, ...]:
    """The tables as they are published. Every absent cell is hidden, whatever the reason."""
    values_left: Values = {axes: dict(cells) for axes, cells in values.items()}
    for block in audits:
        for cell in block.cells:
            if cell.id in names_cured:
                values_left[table_id(cell.table)][cell.codes] = None
    return draft_tables(plan.source.choice.tables, values_left, absent_is_zero=False)


def combine(
    plan: ReleasePlan, published: tuple[TableDraft, ...], audits: Sequence[AuditedBlock], names_cured: frozenset[str]
) -> ProtectionResult:
    """The result of all blocks. Noisy cells have no public certificate: only authorities could use its witnesses."""
    reports = {block.name: block.report for block in audits}
    return ProtectionResult(
        tables=published,
        passed=all(report.passed for report in reports.values()),
        report={
            "audit": {name: report.as_json() for name, report in reports.items()},
            "exceptions": count_exceptions(plan.blocks),
            "cured": sorted(names_cured),
        },
        certificate={},
        margins=planning.margins(published, reports),
        digest=planning.published_digest(published),
    )
