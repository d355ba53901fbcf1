"""A release for everybody: exact counts, with the primary and the complementary cells hidden; and the proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cases.dimensions import table_id
from stats.errors import ReleaseRefused
from stats.protection.audit.auditor import AuditReport, audit
from stats.protection.audit.intervals import bounds_within
from stats.protection.doubt import Bounds, narrower
from stats.protection.views import Constraint
from stats.publishing import planning, published_bounds
from stats.publishing.blocks import TableBlock, count_exceptions
from stats.publishing.cells import (
    Cell,
    TableBounds,
    TableDraft,
    cells_of,
    draft_tables,
    exact_constraint,
    row_of_hidden,
)
from stats.publishing.gate import FewLeft, choose_through_gate
from stats.publishing.implied_cells import remainders_of_facts
from stats.publishing.intruders import CELLS, EVERYBODY, check_size, persons_known_by
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.suppression import HiddenCells, views_of


@dataclass(frozen=True)
class ProtectedBlock:
    """A block with its hidden cells (by name), its audit, what the gate found, and what facts of others give away."""

    name: str
    block: TableBlock
    cells: tuple[Cell, ...]
    choice: HiddenCells
    report: AuditReport
    few_left: FewLeft
    less_facts: tuple[str, ...]
    for_partners: bool

    @property
    def passed(self) -> bool:
        """Whether the audit passed, and the gate for everybody."""
        return self.report.passed and not self.few_left.to_everybody


def protect_for_the_public(plan: ReleasePlan) -> ProtectionResult:
    """Protect every block, and audit it. Raises `ReleaseRefused` where no hiding could protect."""
    results = [protect_block(plan, block, frozenset()) for block in plan.blocks]
    total = f"{plan.source.id};TOTAL"
    if any(total in result.choice.cells for result in results):
        # The total is in every block: where one has to hide it, the others must not give it away.
        results = hide_total(plan, [result.block for result in results], frozenset({total}))
    return combine(plan, results)


def hide_total(plan: ReleasePlan, blocks: Sequence[TableBlock], total: frozenset[str]) -> list[ProtectedBlock]:
    """The blocks with their total hidden, audited together; without what is hidden for partners where that fails."""
    results = audit_with_total(plan, [protect_block(plan, block, total) for block in blocks])
    if all(result.passed for result in results):
        return results
    return audit_with_total(plan, [try_block(plan, block, total, for_partners=False) for block in blocks])


def audit_with_total(plan: ReleasePlan, results: Sequence[ProtectedBlock]) -> list[ProtectedBlock]:
    """The blocks of a release that hides its total, each audited with what the others tell of the total.

    Every block bounds the number of all persons, by what it shows and by its symbols. Who reads them together knows the narrowest
    bounds. An insider knows those of everybody, too.
    """
    bounds: dict[str, Bounds] = {}
    for result in results:
        for name, ends in total_in_views(result).items():
            bounds[name] = narrower(bounds.get(name, (0, None)), ends)
    for name in bounds.keys() - {CELLS}:
        bounds[name] = narrower(bounds[name], bounds[EVERYBODY])
    return [replace(result, report=audit_block(plan, result.choice, result.cells, bounds)) for result in results]


def total_in_views(result: ProtectedBlock) -> dict[str, Bounds]:
    """Between what the total lies in each view of a block, once the block is published."""
    (total,) = (cell for cell in result.cells if not cell.table)
    rows = bounds_rows(result.choice, result.cells)
    return {
        name: bounds_within(replace(view, rows=(*view.rows, *rows)), [total.form])[0]
        for name, view in views_of(result.choice.knowledge).items()
    }


def protect_block(plan: ReleasePlan, block: TableBlock, must_hide: frozenset[str]) -> ProtectedBlock:
    """Hide the cells of one block, then audit it.

    Where it fails with what is hidden for partners who know the method, it is protected without. Staff read of whom that leaves.
    """
    check_size(plan, block)
    try:
        result = try_block(plan, block, must_hide, for_partners=True)
    except (ReleaseRefused, TimeoutError):
        result = None
    return result if result and result.passed else try_block(plan, block, must_hide, for_partners=False)


def try_block(plan: ReleasePlan, block: TableBlock, must_hide: frozenset[str], *, for_partners: bool) -> ProtectedBlock:
    """Hide the cells of one block and audit it, with what is hidden for partners who know the method, or without."""
    name = "+".join(block.names) or "total"
    cells = cells_of(block, plan.source)
    own = persons_known_by(plan, block)
    plan.tell(f"{name}: {len(cells)} cells")
    choice_of_cells, few_left = choose_through_gate(plan, block, own, must_hide, for_partners=for_partners)
    plan.tell(f"{name}: {len(choice_of_cells.cells)} are hidden; audit")
    report = audit_block(plan, choice_of_cells, cells, {})
    remainders = remainders_of_facts(block, plan.source, cells, choice_of_cells.cells)
    result = ProtectedBlock(name, block, cells, choice_of_cells, report, few_left, tuple(remainders), for_partners)
    plan.tell(f"{name}: {'safe' if result.passed else 'NOT SAFE'}")
    return result


def audit_block(
    plan: ReleasePlan,
    choice_of_cells: HiddenCells,
    cells: Sequence[Cell],
    bounds_of_total: Mapping[str, Bounds],
) -> AuditReport:
    """Audit a block: each target in its view; and that no hidden cell of any release is determined.

    The second is asked without the facts of others. What a fact tells of a small cell is disclosed before this release. Then the
    large cell that was hidden for its sake can be computed from its total. `bounds_of_total`: by view what other blocks tell of a
    hidden total.
    """
    hidden = [cell for cell in cells if cell.id in choice_of_cells.cells]
    secret = [*((cell.id, cell.form) for cell in hidden), *choice_of_cells.knowledge.hidden_before]
    (total,) = (cell for cell in cells if not cell.table)
    views = views_of(choice_of_cells.knowledge)
    for name, view in views.items():
        if (row := row_of_hidden(total, bounds_of_total.get(name, (0, None)))) is not None:
            views[name] = replace(view, rows=(*view.rows, row))
    return audit(
        views=views,
        shown=bounds_rows(choice_of_cells, cells),
        targets=choice_of_cells.demands.targets,
        hidden=secret,
        undetermined_in=[CELLS],
        tell=plan.tell,
    )


def bounds_rows(choice_of_cells: HiddenCells, cells: Sequence[Cell]) -> list[Constraint]:
    """What the new release tells of its cells: of a shown one its count, of a hidden one what the symbol of its table tells."""
    shown = [exact_constraint(cell, cell.count) for cell in cells if cell.id not in choice_of_cells.cells]
    return [*shown, *choice_of_cells.symbols.rows(cell for cell in cells if cell.id in choice_of_cells.cells)]


def published_tables(plan: ReleasePlan, results: Sequence[ProtectedBlock]) -> tuple[TableDraft, ...]:
    """The tables of the release as they are published, but for their doubt."""
    values: dict[str, dict[str, int | None]] = {}
    within: dict[str, list[str]] = {}
    symbols: dict[str, int | None] = {}
    for result in results:
        for cell in result.cells:
            axes, is_hidden = table_id(cell.table), cell.id in result.choice.cells
            values.setdefault(axes, {})[cell.codes] = None if is_hidden else cell.count
            symbols[axes] = result.choice.symbols.of(axes)
            if is_hidden and result.choice.symbols.has(cell):
                within.setdefault(axes, []).append(cell.codes)
    tables = draft_tables(plan.source.choice.tables, values, absent_is_zero=True)
    return tuple(
        replace(table, symbol=symbols[table.axes], within=tuple(within.get(table.axes, ()))) if table.hidden else table
        for table in tables
    )


def none_determined(tables: Iterable[TableBounds]) -> bool:
    """Whether no hidden cell is told by an interval of one number. The audit has asked that block by block."""
    return all(least != most for each in tables for least, most in each.intervals.values())


def combine(plan: ReleasePlan, results: Sequence[ProtectedBlock]) -> ProtectionResult:
    """The result of all blocks, with the certificate where all passed."""
    drafts = published_tables(plan, results)
    open_plan = published_bounds.as_published(plan, drafts)
    bounds_by_block = published_bounds.bounds_of_blocks(open_plan)
    bounds_now = published_bounds.bounds_of_tables(open_plan, bounds_by_block)
    tables_published = published_bounds.with_doubt(plan.source.id, drafts, bounds_now)
    reports = {result.name: result.report for result in results}
    few_left = sorted(cell.id for result in results for cell in result.few_left.to_everybody)
    has_passed = none_determined(bounds_now) and not few_left and all(report.passed for report in reports.values())
    return ProtectionResult(
        tables=tables_published,
        passed=has_passed,
        report={
            "audit": {name: report.as_json() for name, report in reports.items()},
            "few_left": few_left,
            "few_others": sorted(cell.id for result in results for cell in result.few_left.to_partners),
            "primaries": {
                name: sorted(why) for result in results for name, why in sorted(result.choice.demands.primaries.items())
            },
            "published_elsewhere": sorted(name for result in results for name in result.choice.given_away),
            "exceptions": count_exceptions(plan.blocks),
            "less_facts": sorted({line for result in results for line in result.less_facts}),
            "cured": [],
        },
        certificate=published_bounds.certify_release(open_plan, bounds_by_block) if has_passed else {},
        margins=planning.margins(tables_published, reports)
        | {"gap": planning.gaps({result.name: result.choice.gap for result in results})}
        | planning.margins_of_partners(
            (table_id(cell.table) for result in results for cell in result.few_left.to_partners),
            (result.name for result in results if not result.for_partners),
        ),
        digest=planning.published_digest(tables_published),
        bounds=bounds_now,
    )
