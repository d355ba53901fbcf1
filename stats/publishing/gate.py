"""The gate for a reader who knows the method: of each small hidden cell at least three values print the same release.

Intervals say what figures leave open. Who knows how cells are chosen asks more: would this release look like this if the cell had
another value? So persons are moved between the cell and each hidden cell of its table, as the symbol allows, and the block is
protected again. A value counts where everything that is printed stays the same. Where fewer than three are left, a cell more is
hidden.

It is asked for a reader who knows nobody, of each small cell; and for each partner, of the cells in which a rule protects a few
others from it. There its own persons stay where they are, and the others have three numbers at least.

It is asked of blocks whose new tables have one axis, in a release of months of which nothing was published before. A table of two
axes takes a second to protect again, and a reader would have to try thousands. What was published of the same months leaves no room
to move persons and print the same. These are limits of the proof, and are told (docs/disclosure.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from cases.dimensions import table_id
from stats.errors import ReleaseRefused
from stats.protection.space import Box, IntArray
from stats.protection.suppress.complementary import Impossible, Untrue
from stats.protection.views import weigh
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, cells_of, symbols_of
from stats.publishing.choice import THRESHOLD
from stats.publishing.demands import find_demands
from stats.publishing.intruders import PARTNER, Own, kind_of, persons_known_by
from stats.publishing.planning import ReleasePlan
from stats.publishing.rules import is_quiet
from stats.publishing.suppression import HiddenCells, hide_cells

LEAST_LEFT, MOST_CURES = 3, 2
MOST_WAYS = 8  # in which persons are moved between two atoms: who they are beside that may matter to other tables


@dataclass(frozen=True)
class FewLeft:
    """The cells of which too few values are left, to everybody and to some partner."""

    to_everybody: tuple[Cell, ...] = ()
    to_partners: tuple[Cell, ...] = ()

    def tables(self, *, for_partners: bool) -> set[str]:
        """Their tables, by the stored name: those of everybody, and of partners too."""
        return {table_id(cell.table) for cell in (*self.to_everybody, *(self.to_partners if for_partners else ()))}


@dataclass(frozen=True)
class MethodGate:
    """A block as it would be printed: `choice` says what is hidden, with `must_hide` (by name) among it.

    `for_partners`: as of `find_demands`.
    """

    plan: ReleasePlan
    block: TableBlock
    own: Own
    choice: HiddenCells
    must_hide: frozenset[str]
    for_partners: bool

    def few_left(self) -> FewLeft:
        """The hidden cells of which fewer than three values print the same."""
        few = [pair for pair in self.questions if self.count_values(*pair) < LEAST_LEFT]
        everybody = dict.fromkeys(cell for cell, floors in few if not floors.any())
        return FewLeft(tuple(everybody), tuple(dict.fromkeys(cell for cell, floors in few if floors.any())))

    @cached_property
    def questions(self) -> list[tuple[Cell, IntArray]]:
        """Each cell of which the gate is asked, with how many persons of every unknown its reader knows.

        Cells of which facts of others tell already are left out. Who knows most comes first: for whom worlds print the same,
        they do for those who know less.
        """
        secret = {id(cell.form): cell for cell in self.hidden if cell.table and cell.id not in self.choice.given_away}
        few, nobody = range(1, self.plan.source.choice.threshold), np.zeros_like(self.block.counts)
        small = [cell for cell in secret.values() if cell.count in few and not is_quiet(cell)]
        pairs = dict.fromkeys((id(target.form), target.view) for target in self.choice.demands.targets)
        partners = [
            (secret[form], self.own[view]) for form, view in pairs if form in secret and kind_of(view) == PARTNER
        ]
        few_others = [(cell, floors) for cell, floors in partners if cell.form.value(floors) < cell.count]
        return sorted([*few_others, *((cell, nobody) for cell in small)], key=lambda pair: -int(pair[1].sum()))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return cells_of(self.block, self.plan.source)

    @cached_property
    def hidden(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.id in self.choice.cells]

    def count_values(self, cell: Cell, floors: IntArray) -> int:
        """How many values of a hidden cell print the same, the persons of `floors` apart: no more are counted than it takes."""
        alike = (np.frombuffer(counts, dtype=np.int64) for counts, same in self.answers.items() if same)
        values = {cell.count, *(cell.form.value(counts) for counts in alike if (counts >= floors).all())}
        for value, counts in self.worlds(cell, floors):
            if len(values) >= LEAST_LEFT:
                break
            if value not in values and self.prints_the_same(counts):
                values.add(value)
        return len(values)

    def worlds(self, cell: Cell, floors: IntArray) -> Iterator[tuple[int, IntArray]]:
        """Other values of a cell, the nearest first, each with the counts once another hidden cell makes up for it.

        The persons of `floors` are moved in none.
        """
        partners = [each for each in self.hidden if each.table == cell.table and each.id != cell.id]
        most = self.choice.symbols.of(table_id(cell.table)) or symbols_of(self.plan.source.choice.threshold)[-2] or 0
        least = cell.form.value(floors)
        for value in sorted(range(least, least + most + 1), key=lambda value: abs(value - cell.count)):
            for partner in partners if value != cell.count else ():
                more = value - cell.count
                of, to = (partner, cell) if more > 0 else (cell, partner)
                yield from ((value, counts) for counts in moves(self.block, of, to, abs(more), floors))

    def prints_the_same(self, counts: IntArray) -> bool:
        """Whether the block would be printed the same with these counts. It is asked once of each."""
        key = counts.tobytes()
        if key not in self.answers:
            self.answers[key] = self.looks_the_same(counts) and self.is_hidden_alike(counts)
        return self.answers[key]

    @cached_property
    def answers(self) -> dict[bytes, bool]:
        """By other counts whether the block would be printed the same."""
        return {}

    def looks_the_same(self, counts: IntArray) -> bool:
        """Whether these counts agree with what is printed of every cell."""
        symbols = self.choice.symbols
        worlds = ((cell, replace(cell, count=cell.form.value(counts))) for cell in self.cells)
        return all(
            symbols.has(other) == symbols.has(cell) if cell.id in self.choice.cells else other.count == cell.count
            for cell, other in worlds
        )

    def is_hidden_alike(self, counts: IntArray) -> bool:
        """Whether the same cells would be hidden, and told by the same symbols, with these counts."""
        own = {name: np.minimum(floors, counts) for name, floors in self.own.items()}
        try:
            block = with_counts(self.block, counts)
            again = hide(self.plan, block, own, self.must_hide, for_partners=self.for_partners)
        except (Impossible, Untrue, ReleaseRefused):
            return False
        return again.cells == self.choice.cells and again.symbols == self.choice.symbols


def with_counts(block: TableBlock, counts: IntArray) -> TableBlock:
    """The block as it would be with another number of persons of every unknown. It shares what has been computed."""
    other = copy(block)
    vars(other)["counts"] = counts
    return other


def moves(block: TableBlock, of: Cell, to: Cell, persons: int, floors: IntArray) -> Iterator[IntArray]:
    """The counts after so many persons moved from one cell of a table to another, all else about them the same.

    They are of one atom of the table's dimension, and become of another. Each two of these are some ways: each begins with
    other persons. Those of `floors` stay.
    """
    (side,) = {place for place, _ in of.box.sides if place}
    impossible = {unknown for box in block.impossible for unknown in block.form(box).plus.tolist()}
    free = block.counts - floors
    for one, other in product(dict(of.box.sides)[side], dict(to.box.sides)[side]):
        pairs = [
            pair
            for pair in pairs_of_unknowns(block, of, side, one, other)
            if free[pair[0]] and pair[1] not in impossible
        ]
        for first in range(min(len(pairs), MOST_WAYS)):
            if (counts := move(block, [*pairs[first:], *pairs[:first]], persons, free)) is not None:
                yield counts


def move(block: TableBlock, pairs: Iterable[tuple[int, int]], persons: int, free: IntArray) -> IntArray | None:
    """The counts after so many persons moved between unknowns, as many as are `free` between the first. None: too few are."""
    counts, to_go = block.counts.copy(), persons
    for unknown, twin in pairs:
        step = min(to_go, int(free[unknown]))
        counts[unknown] -= step
        counts[twin] += step
        to_go -= step
    return None if to_go else counts


def pairs_of_unknowns(block: TableBlock, of: Cell, side: int, one: int, other: int) -> list[tuple[int, int]]:
    """For each unknown of an atom of a dimension, within a cell, the one that differs from it in that dimension alone."""
    members = block.space.members(Box("", (*(each for each in of.box.sides if each[0] != side), (side, (one,)))))
    step = (other - one) * prod(block.space.shape[side + 1 :])
    pairs = zip(block.unknown_of[members].tolist(), block.unknown_of[members + step].tolist(), strict=True)
    return list(dict.fromkeys(pairs))


def choose_through_gate(
    plan: ReleasePlan, block: TableBlock, own: Own, must_hide: frozenset[str], *, for_partners: bool
) -> tuple[HiddenCells, FewLeft]:
    """The cells to hide, and those of which the gate finds too few values left all the same.

    `for_partners`: whether cells are hidden for partners who know the method too. Raises as `hide_cells`.
    """
    choice = hide(plan, block, own, must_hide, for_partners=for_partners)
    if not asks(plan, block) or not MethodGate(plan, block, own, choice, must_hide, for_partners).questions:
        return choice, FewLeft()
    alone = next(each for each in plan.alone.blocks if each.names == block.names)
    cures, few_left = find_cures(plan.alone, alone, must_hide, for_partners=for_partners)
    if not cures:
        return choice, few_left
    plan.tell(f"{len(cures)} cells more are hidden for who knows the method")
    return hide(plan, block, own, must_hide | cures, for_partners=for_partners), few_left


def hide(
    plan: ReleasePlan, block: TableBlock, own: Own, must_hide: frozenset[str], *, for_partners: bool
) -> HiddenCells:
    """The cells to hide, the gate apart. Raises as `hide_cells`."""
    cells, needs = cells_of(block, plan.source), find_demands(plan, block, own, for_partners=for_partners)
    return hide_cells(plan, block, cells, needs, own, must_hide)


def find_cures(
    plan: ReleasePlan, block: TableBlock, must_hide: frozenset[str], *, for_partners: bool
) -> tuple[frozenset[str], FewLeft]:
    """The cells that the gate has hidden too, by name, and those of which too few values are left all the same.

    At most twice the cheapest shown cell with somebody is hidden, in each table in which too few values are left.
    """
    cells, own, cures = cells_of(block, plan.source), persons_known_by(plan, block), frozenset[str]()
    few = FewLeft()
    for tries in range(MOST_CURES + 1):
        choice = hide(plan, block, own, must_hide | cures, for_partners=for_partners)
        few = MethodGate(plan, block, own, choice, must_hide | cures, for_partners).few_left()
        cheapest = cheapest_shown(cells, choice.cells, few.tables(for_partners=for_partners))
        if not cheapest or tries == MOST_CURES:
            break
        cures |= {each.id for each in cheapest.values()}
    return cures, few


def asks(plan: ReleasePlan, block: TableBlock) -> bool:
    """Whether the gate is asked of a block."""
    tables = [table for table in plan.source.choice.tables if block.has(table)]
    return all(len(table) <= 1 for table in tables) and not any(source.public for source in plan.earlier)


def cheapest_shown(cells: tuple[Cell, ...], hidden: frozenset[str], tables: set[str]) -> Mapping[str, Cell]:
    """For each of these tables the shown cell with somebody that costs a reader least."""
    shown = [cell for cell in cells if cell.count and cell.id not in hidden and table_id(cell.table) in tables]
    in_order = sorted(shown, key=lambda cell: (weigh(cell.count, len(cell.table), THRESHOLD), cell.id), reverse=True)
    return {table_id(cell.table): cell for cell in in_order}
