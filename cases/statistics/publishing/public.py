"""A public release: exact counts. Small ones are hidden, and others, so that no small one can be computed; then the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.dimensions import table_id
from cases.statistics.protection.audit.auditor import audit
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.protection.views import Constraint
from cases.statistics.publishing import certificates, outcome
from cases.statistics.publishing.cells import Cell, Protected, as_published, cells_of, exactly
from cases.statistics.publishing.hiding import Hidden, hide
from cases.statistics.publishing.implied import less_facts
from cases.statistics.publishing.knowledge import CELLS, FACTS, check_size, own_records
from cases.statistics.publishing.plan import Plan, Protection
from cases.statistics.publishing.rules import Demands, demands
from cases.statistics.publishing.universe import Block
from cases.statistics.publishing.work import Part

ONE_WAY, WHOLE = 20.0, 1e4


@dataclass(frozen=True)
class Result:
    """A block's hidden cells (by name) and its proof."""

    name: str
    block: Block
    cells: tuple[Cell, ...]
    hidden: frozenset[str]
    report: AuditReport
    demands: Demands
    elsewhere: frozenset[str]
    less_facts: tuple[str, ...]


def protect_for_the_public(plan: Plan) -> Protection:
    """Protect every block, and prove it. Raises `ReleaseRefused` where nothing that is hidden could protect."""
    results = [protect_block(plan, block, frozenset()) for block in plan.blocks]
    total = {f"{plan.source.id};TOTAL"}
    if any(total <= result.hidden for result in results):
        # The total is in every block: where one has to hide it, the others must not give it away.
        results = [protect_block(plan, result.block, frozenset(total)) for result in results]
    return combined(plan, results)


def protect_block(plan: Plan, block: Block, forced: frozenset[str]) -> Result:
    """Hide, then audit, then certify one block."""
    name = "+".join(block.names) or "total"
    check_size(plan, block)
    cells = cells_of(block, plan.source)
    own = own_records(plan, block)
    wanted = demands(plan, block, own)
    plan.tell(f"{name}: {len(cells)} cells, {len(wanted.primaries)} must be hidden")
    memory = Part(plan.memory, name + "".join(sorted(forced)))
    found = hide(plan, block, cells, wanted, own, forced, memory)
    shown = [exactly(cell, cell.count) for cell in cells if cell.id not in found.cells]
    plan.tell(f"{name}: {len(found.cells)} are hidden; audit")
    report = prove(plan, found, cells, shown, memory)
    plan.tell(f"{name}: {'safe' if report.passed else 'NOT SAFE'}")
    told = less_facts(block, cells, found.cells, plan.source.choice.threshold)
    return Result(name, block, cells, found.cells, report, found.wanted, found.elsewhere, tuple(told))


def prove(plan: Plan, found: Hidden, cells: Sequence[Cell], shown: Sequence[Constraint], memory: Part) -> AuditReport:
    """Audit the block for every view: each target, and that nobody can determine a hidden cell of any release.

    That nobody can determine is asked without the facts of others: what these tell of a small cell is lost already, and then
    the large one that was hidden for its sake can be computed from its total.
    """
    secret = [*((cell.id, cell.form) for cell in cells if cell.id in found.cells), *found.knowledge.hidden_before]
    return audit(
        views={name: view for name, view in found.knowledge.views.items() if not name.startswith(FACTS)},
        shown=shown,
        targets=found.wanted.targets,
        hidden=secret,
        undetermined_in=[CELLS],
        tell=plan.tell,
        memory=memory,
    )


def tables(plan: Plan, results: Sequence[Result]) -> tuple[Protected, ...]:
    """The release's tables as they are published."""
    values: dict[str, dict[str, int | None]] = {}
    for result in results:
        for cell in result.cells:
            shown = None if cell.id in result.hidden else cell.count
            values.setdefault(table_id(cell.table), {})[cell.codes] = shown
    return as_published(plan.source.choice.tables, values, absent_is_zero=True)


def combined(plan: Plan, results: Sequence[Result]) -> Protection:
    """The blocks together."""
    published = tables(plan, results)
    reports = {result.name: result.report for result in results}
    passed = all(report.passed for report in reports.values())
    return Protection(
        tables=published,
        passed=passed,
        report={
            "audit": outcome.reports_as_json(reports),
            "primaries": {
                name: sorted(why) for result in results for name, why in sorted(result.demands.primaries.items())
            },
            "published_elsewhere": sorted(name for result in results for name in result.elsewhere),
            "less_facts": sorted({line for result in results for line in result.less_facts}),
            "cured": [],
        },
        certificate=certificates.of_release(plan, published) if passed else {},
        margins=outcome.margins(published, reports),
        digest=outcome.digest(published),
    )
