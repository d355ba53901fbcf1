"""An authority's release: cells with noise, and the proof that nobody who reads everything an authority can read finds a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from cases.dimensions import table_id
from cases.statistics.protection.audit.auditor import audit
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.protection.space import LinearForm
from cases.statistics.protection.views import Constraint, Target
from cases.statistics.publishing import baseline, outcome
from cases.statistics.publishing.cells import Cell, Protected, as_published, cells_of, noisy
from cases.statistics.publishing.knowledge import AUTHORITY, Knowledge, check_size, own_records
from cases.statistics.publishing.noisy import noisy_tables
from cases.statistics.publishing.plan import Plan, Protection
from cases.statistics.publishing.rules import Demands, demands
from cases.statistics.publishing.universe import Block

Values = dict[str, dict[str, int | None]]


@dataclass(frozen=True)
class Audited:
    """A block: its cells, and the proof after the cells in `cured` (by name) were hidden too."""

    name: str
    cells: tuple[Cell, ...]
    report: AuditReport
    cured: frozenset[str]


def protect_for_authorities(plan: Plan) -> Protection:
    """Draw the noise once, audit every block, hide for all what fails. The key is never drawn anew."""
    values = noisy_tables(plan.source.choice, plan.source.period, plan.source.records, plan.key)
    audited = [audit_block(plan, block, values) for block in plan.blocks]
    cured = frozenset().union(*(block.cured for block in audited))
    if any(block.cured != cured & {cell.id for cell in block.cells} for block in audited):
        # The total is in every block: hidden in one, it is hidden in all.
        audited = [audit_block(plan, block, values, cured) for block in plan.blocks]
        cured = frozenset().union(*(block.cured for block in audited))
    return combined(plan, tables(plan, audited, values, cured), audited, cured)


def audit_block(plan: Plan, block: Block, values: Values, cured: frozenset[str] = frozenset()) -> Audited:
    """Audit one block; as long as something fails, hide the cells that bound it, and audit again."""
    name = "+".join(block.names) or "total"
    check_size(plan, block)
    cells = cells_of(block, plan.source)
    knowledge = Knowledge(plan, block, own_records(plan, block))
    wanted = demands(plan, block, knowledge.own)
    targets = [target for target in wanted.targets if target.view.startswith(AUTHORITY)]
    wanted, secret = Demands(wanted.primaries, tuple(targets)), list(knowledge.hidden_before)
    rows = {cell.id: noisy(plan.source, cell, values[table_id(cell.table)][cell.codes]) for cell in cells}
    hidden = set(cured & rows.keys())
    for attempt in count():
        shown = [row for source, row in rows.items() if source not in hidden]
        plan.tell(f"{name}: {len(shown)} cells bear on {len(wanted.targets)} demands; audit")
        report = prove(plan, knowledge, shown, wanted.targets, secret, explain=bool(attempt))
        if not report.passed and not attempt:
            wanted, secret = what_is_left(knowledge, wanted, secret, report)
            report = prove(plan, knowledge, shown, wanted.targets, secret)
        offending = blamed(report, rows, hidden)
        if report.passed or not offending:
            return Audited(name, cells, report, frozenset(hidden))
        plan.tell(f"{name}: {len(offending)} cells are hidden for all")
        hidden |= offending
    raise AssertionError("there are only so many cells to hide")


Secret = list[tuple[str, LinearForm]]


def what_is_left(knowledge: Knowledge, wanted: Demands, secret: Secret, report: AuditReport) -> tuple[Demands, Secret]:
    """The demands, and the hidden public cells, without what authorities can tell before this release."""
    failing = {verdict.id for verdict in report.failing if not verdict.hidden}
    open_now = [(name, form) for name, form in secret if (AUTHORITY, name) in report.determined]
    open_already = baseline.determined(knowledge.views[AUTHORITY], open_now)
    return baseline.adjusted(knowledge, wanted, failing)[0], [each for each in secret if each[0] not in open_already]


def prove(
    plan: Plan,
    knowledge: Knowledge,
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


def blamed(report: AuditReport, rows: Mapping[str, Constraint], hidden: set[str]) -> set[str]:
    """Of the cells that keep a failing target from what must be possible, the finest one: it costs a reader least."""
    found = set()
    for verdict in report.failing:
        named = [source for source in verdict.because if source in rows and source not in hidden]
        if named:
            found.add(min(named, key=lambda source: (len(rows[source].form.plus), source)))
    return found


def tables(plan: Plan, audited: Sequence[Audited], values: Values, cured: frozenset[str]) -> tuple[Protected, ...]:
    """The tables as they are published: absent cells are hidden, whatever the reason."""
    kept: Values = {axes: dict(cells) for axes, cells in values.items()}
    for block in audited:
        for cell in block.cells:
            if cell.id in cured:
                kept[table_id(cell.table)][cell.codes] = None
    return as_published(plan.source.choice.tables, kept, absent_is_zero=False)


def combined(
    plan: Plan, published: tuple[Protected, ...], audited: Sequence[Audited], cured: frozenset[str]
) -> Protection:
    """The blocks together. There is no public certificate of noisy cells: its witnesses would be of use to nobody else."""
    reports = {block.name: block.report for block in audited}
    return Protection(
        tables=published,
        passed=all(report.passed for report in reports.values()),
        report={"audit": outcome.reports_as_json(reports), "cured": sorted(cured)},
        certificate={},
        margins=outcome.margins(published, reports),
        digest=outcome.digest(published),
    )
