"""A public release: exact counts. Small ones are hidden, and others, so that no small one can be computed; then the proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from cases.statistics.dimensions import table_id
from cases.statistics.errors import ReleaseRefused
from cases.statistics.protection import keys
from cases.statistics.protection.audit import Report, audit
from cases.statistics.protection.primary import Rule
from cases.statistics.protection.suppress import Impossible, Unsolved, suppress
from cases.statistics.protection.table import Candidate, Row
from cases.statistics.publishing import baseline, certificates, outcome
from cases.statistics.publishing.cells import Cell, Protected, as_published, cells_of, exactly
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.publishing.knowledge import CELLS, FACTS, Knowledge, check_size, own_records
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
    report: Report
    demands: Demands
    elsewhere: frozenset[str]
    certificate: dict[str, Any]


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
    knowledge = Knowledge(plan, block, own, tuple(certain_zeros(cells, wanted)))
    plan.tell(f"{name}: {len(cells)} cells, {len(wanted.primaries)} must be hidden")
    wanted = baseline.without_known(knowledge, wanted)
    memory = Part(plan.memory, name + "".join(sorted(forced)))
    hidden, wanted, elsewhere = hide(plan, knowledge, cells, wanted, forced, memory)
    shown = [exactly(cell, cell.count) for cell in cells if cell.id not in hidden]
    plan.tell(f"{name}: {len(hidden)} are hidden; audit")
    report = prove(plan, knowledge, cells, shown, hidden, wanted, memory)
    plan.tell(f"{name}: {'safe; certificate' if report.passed else 'NOT SAFE'}")
    certificate = certificates.of_block(knowledge, cells, hidden) if report.passed else {}
    return Result(name, block, cells, hidden, report, wanted, elsewhere, certificate)


def certain_zeros(cells: Sequence[Cell], wanted: Demands) -> Iterator[Row]:
    """The empty cells of tables of one dimension, which are shown whatever happens: nobody hides in a place where nobody is.

    But where a small group has to be hidden, that nobody has the other values of what would harm it is just what must not be told.
    """
    grouped = any(Rule.GROUP in why for why in wanted.primaries.values())
    for cell in cells:
        if len(cell.table) != 1 or cell.count or cell.id in wanted.primaries:
            continue
        if not (grouped and PROTECTED.by_name[cell.table[0].dimension].tells):
            yield exactly(cell, 0)


def hide(
    plan: Plan, knowledge: Knowledge, cells: Sequence[Cell], wanted: Demands, forced: frozenset[str], memory: Part
) -> tuple[frozenset[str], Demands, frozenset[str]]:
    """The cells to hide, the demands without what is lost already, and the cells that facts give away.

    Raises `ReleaseRefused` where what others know makes a cell unprotectable.
    """
    certain = {row.source for row in knowledge.extra}
    candidates = [Candidate(cell.id, cell.form, weight(cell)) for cell in cells if cell.id not in certain]
    elsewhere: frozenset[str] = frozenset()
    for attempt in range(2):
        try:
            hidden = suppress(
                counts=knowledge.block.counts,
                candidates=candidates,
                hidden=wanted.primaries.keys() | (forced & {cell.id for cell in cells}),
                views={name: view for name, view in knowledge.views.items() if not name.startswith(FACTS)},
                targets=wanted.targets,
                seed=keys.seed(plan.key),
                undetermined_in=[CELLS],
                tell=plan.tell,
                memory=memory,
            )
        except Unsolved:
            raise ReleaseRefused("The solver gave up: choose fewer or coarser tables.") from None
        except Impossible as impossible:
            if attempt:
                raise unprotectable(impossible) from None
            wanted, elsewhere = baseline.adjusted(knowledge, wanted, impossible.targets)
        else:
            return hidden, wanted, elsewhere
    raise AssertionError("two attempts, each with an end")


def unprotectable(impossible: Impossible) -> ReleaseRefused:
    """Why nothing that could be hidden protects: the first of the cells."""
    named = ", ".join(sorted({name.partition("|")[0] for name in impossible.targets})[:20])
    return ReleaseRefused(
        f"With what is published already, these cannot be protected whatever else is hidden: {named}."
    )


def weight(cell: Cell) -> float:
    """What hiding a cell costs the reader: more the more persons it holds, and the more tables lean on it."""
    by_axes = {0: WHOLE, 1: ONE_WAY}
    return (1 + log2(1 + cell.count)) * by_axes.get(len(cell.table), 1.0)


def prove(
    plan: Plan,
    knowledge: Knowledge,
    cells: Sequence[Cell],
    shown: Sequence[Row],
    hidden: frozenset[str],
    wanted: Demands,
    memory: Part,
) -> Report:
    """Audit the block for every view: each target, and that nobody can determine a hidden cell of any release.

    That nobody can determine is asked without the facts of others: what these tell of a small cell is lost already, and then
    the large one that was hidden for its sake can be computed from its total.
    """
    secret = [*((cell.id, cell.form) for cell in cells if cell.id in hidden), *knowledge.hidden_before]
    return audit(
        views={name: view for name, view in knowledge.views.items() if not name.startswith(FACTS)},
        shown=shown,
        targets=wanted.targets,
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
    return Protection(
        tables=published,
        passed=all(report.passed for report in reports.values()),
        report={
            "audit": outcome.reports_as_json(reports),
            "primaries": {
                name: sorted(why) for result in results for name, why in sorted(result.demands.primaries.items())
            },
            "published_elsewhere": sorted(name for result in results for name in result.elsewhere),
            "cured": [],
        },
        certificate=certificates.public(plan.source.id, [result.certificate for result in results]),
        margins=outcome.margins(published, reports),
        digest=outcome.digest(published),
    )
