"""The rules applied to the true counts: which cells of a release are primary, and what must stay possible of each.

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

import numpy as np

from cases.codelists.types import NOT_APPLICABLE, UNKNOWN
from cases.dimensions import Axis, table_id
from stats.counting.cube import SEPARATOR
from stats.protection.space import IntArray, LinearForm
from stats.protection.suppress.primary import (
    Primary,
    PrimaryRule,
    coalition,
    group,
    small,
    targets,
)
from stats.protection.views import Target, View
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell
from stats.publishing.choice import PROTECTED, Table
from stats.publishing.intruders import AUTHORITY, CELLS, DECIDER, EVERYBODY, PARTNER, Own, kind_of
from stats.publishing.planning import ReleasePlan
from stats.publishing.sources import ReleaseSource

# No code of a group to be elsewhere.
QUIET = frozenset({UNKNOWN, NOT_APPLICABLE})


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
                    yield from self.cells_of_groups(by_place, table, place)

    def cells_of_groups(
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
            yield from self.targets_of_deciders(cell, threshold, primary.rule)
        if primary.rule == PrimaryRule.COALITION:
            yield from self.targets_of_partners_who_know_all(cell, threshold)

    def targets_of_partners_who_know_all(self, cell: Cell, threshold: int) -> Iterator[Target]:
        """The targets of partners who know all of a cell: as many others must be possible as where there are one or two."""
        for view, floors in self.knowing(PARTNER):
            if self.is_known_wholly(cell, floors):
                name = f"{cell.id}|{view}|{PrimaryRule.COALITION}"
                yield Target(name, view, cell.form, None, cell.count + threshold, 0, PrimaryRule.COALITION)

    def targets_of_deciders(self, cell: Cell, threshold: int, rule: PrimaryRule) -> Iterator[Target]:
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
