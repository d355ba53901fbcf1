"""The demands on a release: its primary cells, and the targets of every view. The rules are applied with the true counts.

A cell of those whose value is not known (`_U`) identifies nobody, so the rules of small cells and of coalitions do not hit it, and
it is no group (docs/disclosure.md). Nor is it a place where members of a small group may be: of those whose value is not known, an
intruder takes the value of the others. That a question does not apply (`_Z`) is no such place either. But it says something of a
person, such as that nobody has exploited her yet, so its cells are hidden as any others.

A cell that a partner knows wholly is hidden as if one or two others were in it. Else its being hidden would tell who knows the
rules that there are such (docs/decisions/0051).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from cases.codelists.types import NOT_APPLICABLE, UNKNOWN
from cases.dimensions import Axis, table_id
from stats.counting.cube import SEPARATOR
from stats.protection.space import IntArray, LinearForm
from stats.protection.suppress.primary import (
    FEWEST_OTHERS,
    Primary,
    PrimaryRule,
    coalition,
    group,
    small,
    targets,
)
from stats.protection.views import Target, View
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, cells_of, shown_value
from stats.publishing.choice import PROTECTED, Table
from stats.publishing.implied_cells import implied_cells
from stats.publishing.intruders import AUTHORITY, CELLS, DECIDER, EVERYBODY, PARTNER, Own, kind_of
from stats.publishing.plan import ReleasePlan
from stats.publishing.shortfalls import targets_of_shortfalls
from stats.publishing.sources import ReleaseSource

HIDDEN, REVISED = "hidden before", "revised"
# No code of a group to be elsewhere.
QUIET = frozenset({UNKNOWN, NOT_APPLICABLE})


@dataclass(frozen=True)
class Demands:
    """`primaries`: the cells of the new release that must be hidden, each with its rules. `targets`: of every release."""

    primaries: dict[str, frozenset[str]]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Rules:
    """The rules applied to the cells of one release in one block.

    `for_partners`: whether a cell that a partner knows wholly is hidden.
    """

    plan: ReleasePlan
    block: TableBlock
    source: ReleaseSource
    cells: tuple[Cell, ...]
    own: Own
    for_partners: bool = False

    @cached_property
    def counts(self) -> IntArray:
        """The true count of each cell."""
        return np.array([cell.count for cell in self.cells], dtype=np.int64)

    def hits(self) -> Iterator[tuple[Cell, Primary]]:
        """Every cell that a rule makes primary. Cells with noise have the rule of small cells alone."""
        yield from self.primary_where(small(self.counts, self.source.choice.threshold), PrimaryRule.SMALL)
        if self.source.public:
            yield from self.primary_where(self.coalitions(), PrimaryRule.COALITION)
            yield from self.groups()

    def primary_where(self, hit: Iterable[object], rule: PrimaryRule) -> Iterator[tuple[Cell, Primary]]:
        """The cells that a rule hits, as primary cells. No such rule hits a quiet cell."""
        return (
            (cell, Primary(cell.id, cell.form, rule))
            for cell, is_hit in zip(self.cells, hit, strict=True)
            if is_hit and not is_quiet(cell)
        )

    def coalitions(self) -> Iterable[object]:
        """Whether each cell leaves an insider who referred some of its persons with one or two others, or is known to it wholly."""
        own = [floors for _, floors in self.knowing(PARTNER)]
        parts = np.array([[cell.form.value(floors) for floors in own] for cell in self.cells], dtype=np.int64)
        hit: list[bool] = coalition(self.counts, parts.reshape(len(self.cells), len(own))).any(axis=1).tolist()
        return [
            is_hit or any(self.is_known_wholly(cell, floors) for floors in own)
            for cell, is_hit in zip(self.cells, hit, strict=True)
        ]

    def is_known_wholly(self, cell: Cell, floors: IntArray) -> bool:
        """Whether an insider knows all of a cell that is not small, and there are others elsewhere who might be in it."""
        threshold = self.source.choice.threshold
        if not self.for_partners or not cell.table or cell.count < threshold:
            return False
        (total,) = (each for each in self.cells if not each.table)
        others = total.count - total.form.value(floors)
        return cell.form.value(floors) == cell.count and others >= threshold

    def groups(self) -> Iterator[tuple[Cell, Primary]]:
        """Cells that tell a sensitive value of nearly all members of a small group."""
        by_place = {(table_id(cell.table), cell.codes): cell for cell in self.cells}
        for table in self.source.choice.tables:
            for place, axis in enumerate(table):
                if PROTECTED.by_name[axis.dimension].tells and self.block.has(table):
                    yield from self.in_groups(by_place, table, place)

    def in_groups(
        self, by_place: Mapping[tuple[str, str], Cell], table: Table, place: int
    ) -> Iterator[tuple[Cell, Primary]]:
        """The primary cells of one table. Its groups are the cells of the table without the axis at `place`.

        A group counts those of its members whose value is known: the others may have the same. Where a rule of the dictionary
        leaves no other value, every such group has the same, and nothing is told of this one.
        """
        codes = substantive_codes(table[place])
        rest = table_id((*table[:place], *table[place + 1 :]))
        wholes = [cell for (axes, _), cell in by_place.items() if axes == rest and not is_quiet(cell)]
        parts = []
        for whole in wholes:
            others_known = whole.codes.split(SEPARATOR) if whole.codes else []
            before, after = others_known[:place], others_known[place:]
            parts.append([by_place[table_id(table), SEPARATOR.join([*before, code, *after])] for code in codes])
        counts = np.array([[cell.count for cell in row] for row in parts], dtype=np.int64)
        hit = group(counts.sum(axis=1), counts)
        for whole, code in zip(*(places_hit.tolist() for places_hit in hit.nonzero()), strict=True):
            cell = parts[whole][code]
            with_value = np.unique(np.concatenate([part.form.plus for part in parts[whole]]))
            others = LinearForm(np.setdiff1d(with_value, cell.form.plus, assume_unique=True))
            if len(np.setdiff1d(others.plus, self.block.unknowns_barred)):
                yield cell, Primary(cell.id, cell.form, PrimaryRule.GROUP, others)

    def knowing(self, kind: str) -> Iterator[tuple[str, IntArray]]:
        """The insiders' views of a kind, each with how many persons of every unknown the insider knows."""
        return ((view, floors) for view, floors in self.own.items() if kind_of(view) == kind)

    def views(self, rule: PrimaryRule) -> dict[str, View]:
        """The views that a rule concerns. The group rule concerns nobody who knows some of the group already."""
        nothing = np.zeros(self.block.unknowns, dtype=np.int64)
        names = [*((CELLS, EVERYBODY) if self.source.public else ()), *([AUTHORITY] if self.plan.noise else [])]
        views = {name: View(name, nothing) for name in names if rule != PrimaryRule.GROUP or name != AUTHORITY}
        if self.source.public and rule != PrimaryRule.GROUP:
            views |= {name: View(name, floors) for name, floors in self.knowing(PARTNER)}
        return views

    def demands(self, cell: Cell, primary: Primary) -> Iterator[Target]:
        """The targets of a primary cell, in each view that its rule concerns."""
        threshold = self.source.choice.threshold
        views = self.views(primary.rule)
        yield from targets([primary], counts=self.block.counts, views=views, threshold=threshold)
        if primary.rule != PrimaryRule.GROUP:
            yield from self.of_deciders(cell, threshold, primary.rule)
        if primary.rule == PrimaryRule.COALITION:
            yield from self.of_those_who_know_all(cell, threshold)

    def of_those_who_know_all(self, cell: Cell, threshold: int) -> Iterator[Target]:
        """The targets of partners who know all of a cell: as many others must be possible as where there are one or two."""
        for view, floors in self.knowing(PARTNER):
            if self.is_known_wholly(cell, floors):
                name = f"{cell.id}|{view}|{PrimaryRule.COALITION}"
                yield Target(name, view, cell.form, None, cell.count + threshold, 0, PrimaryRule.COALITION)

    def of_deciders(self, cell: Cell, threshold: int, rule: PrimaryRule) -> Iterator[Target]:
        """The targets of authorities that know some of the persons: they cannot determine how many others there are."""
        for kind in (*((DECIDER,) if self.source.public else ()), *((AUTHORITY,) if self.plan.noise else ())):
            for view, floors in self.knowing(kind):
                if 1 <= cell.count - cell.form.value(floors) < threshold:
                    yield Target(f"{cell.id}|{view}|{rule}", view, cell.form, None, None, 1, rule)


def is_quiet(cell: Cell) -> bool:
    """Whether a value of a cell is not known."""
    return UNKNOWN in cell.codes.split(SEPARATOR)


def substantive_codes(axis: Axis) -> list[str]:
    """The codes of an axis that are not quiet."""
    return [code.code for code in axis.codes if code.code not in QUIET]


def demands(plan: ReleasePlan, block: TableBlock, own: Own, *, for_partners: bool = False) -> Demands:
    """What the rules demand in a block: of the new release, of every earlier one, and of what they imply together.

    `for_partners`: whether the new release hides what a partner knows wholly. Of earlier ones that is not demanded: they may have
    been published without.
    """
    primaries: dict[str, set[str]] = {}
    targets_wanted: dict[tuple[str, str], Target] = {}
    for source in plan.sources:
        rules = Rules(plan, block, source, cells_of(block, source), own, for_partners and source is plan.source)
        before = source is not plan.source and source.public
        hidden = {cell.id: cell for cell in rules.cells if before and shown_value(source, cell) is None}
        for cell, primary in rules.hits():
            if source is plan.source:
                primaries.setdefault(cell.id, set()).add(primary.rule)
            if not before or cell.id in hidden:
                targets_wanted |= {(target.id, target.view): target for target in rules.demands(cell, primary)}
        for name, cell in hidden.items():
            targets_wanted[name, CELLS] = Target(name, CELLS, cell.form, None, None, 1, HIDDEN)
        if source.public:
            targets_wanted |= {(target.id, target.view): target for target in targets_of_implied(rules)}
    changes = [*targets_of_revisions(plan, block), *targets_of_shortfalls(plan, block)]
    targets_wanted |= {(target.id, target.view): target for _, target in changes}
    for name in {cell.id for cell, _ in changes if cell is not None}:
        primaries.setdefault(name, set()).add(REVISED)
    return Demands({name: frozenset(why) for name, why in primaries.items()}, tuple(targets_wanted.values()))


def targets_of_implied(rules: Rules) -> Iterator[Target]:
    """The targets of small implied cells."""
    for cell in implied_cells(rules.block, rules.source, rules.plan.sources):
        if 1 <= cell.count < rules.source.choice.threshold and not is_quiet(cell):
            yield from rules.demands(cell, Primary(cell.id, cell.form, PrimaryRule.SMALL))


def targets_of_revisions(plan: ReleasePlan, block: TableBlock) -> Iterator[tuple[Cell | None, Target]]:
    """The cells of a new vintage in which a few persons changed since a vintage that shows the cell, each with its target.

    That nothing changed must stay possible: the difference of the two would tell of those few. So must every other number of three
    that follow each other. Where one or two records changed in all, the audit takes it that a reader knows that, and then all is
    possible that it leaves. The total is exempt, since it tells nothing of anybody. What was demanded of an earlier vintage is
    still demanded (no cell of the new release): a series of vintages tells no more than each of them.
    """
    vintages = [source for source in plan.sources if source.public and source.period == plan.source.period]
    for earlier, later in combinations(vintages, 2):
        for cell, target in revised_since(plan, block, earlier, later):
            yield (cell if later is plan.source else None), target


def revised_since(
    plan: ReleasePlan, block: TableBlock, earlier: ReleaseSource, later: ReleaseSource
) -> Iterator[tuple[Cell, Target]]:
    """The targets of the cells that one vintage shows and a later one does not, or, not published yet, need not."""
    threshold = plan.source.choice.threshold
    shown = {cell.box.id.partition(";")[2]: shown_value(earlier, cell) for cell in cells_of(block, earlier)}
    newcomers, leavers = block.timeline.records_changed(earlier.id, later.id)
    for cell in cells_of(block, later):
        value = shown.get(cell.id.partition(";")[2])
        if not cell.table or value is None or not 1 <= abs(cell.count - value) < threshold:
            continue
        if later is plan.source or shown_value(later, cell) is None:
            low, high = (value, None) if cell.count > value else (None, value)
            width = min(FEWEST_OTHERS, newcomers + min(leavers, value))
            for view in (CELLS, EVERYBODY):
                name = f"{cell.id}|{view}|{REVISED}|{earlier.id}"
                yield cell, Target(name, view, cell.form, low, high, width, REVISED)


def cell_name(target: Target) -> str:
    """The name of the cell that a target is about."""
    return target.id.partition("|")[0]
