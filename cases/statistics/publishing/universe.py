"""Blocks: which tables and facts hang together, and the unknowns that they are sums of.

An unknown is a set of finest cells that no cell of a table and no fact divides: nobody can tell them apart, and nobody has to.

A block's space has time as its first dimension. An atom of time is a run of months that no release and no fact divides, once for
every vintage in which its records differ; the vintages are tied by how many records were added and removed. The other dimensions'
atoms are sets of submitted codes that no table and no fact of the block divides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from uuid import UUID

import numpy as np

from cases import dimensions as our
from cases.dimensions import table_id
from cases.statistics.counting.leaves import leaves
from cases.statistics.errors import ReleaseRefused
from cases.statistics.periods import Period
from cases.statistics.protection.space import AtomicDimension, Box, IntArray, LinearForm, Partition, Space
from cases.statistics.protection.views import Tie
from cases.statistics.publishing.choice import PROTECTED, Table
from cases.statistics.publishing.facts import Fact, projected
from cases.statistics.publishing.records import NAMES, Record
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.timeline import Run, Timeline
from partners.text import say

MOST_DIMENSIONS = 4
PERIOD = "period"

Names = frozenset[str]
Key = tuple[str | bool, ...]


@dataclass(frozen=True, eq=False)
class Block:
    """Tables and facts over the same few dimensions, the space of their finest cells, and the unknowns."""

    sources: tuple[Source, ...]
    space: Space
    timeline: Timeline
    facts: tuple[Fact, ...]
    span: tuple[date, date]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the dimensions but time."""
        return tuple(dimension.id for dimension in self.space.dimensions[1:])

    def has(self, table: Table) -> bool:
        """Whether every dimension of a table is the block's."""
        return all(axis.dimension in self.names for axis in table)

    def cell(self, source: Source, table: Table, codes: Sequence[str]) -> Box:
        """A cell of a source's table; its name is the release's id and the codes."""
        box = self.space.cell({axis.id: code for axis, code in zip(table, codes, strict=True)})
        return Box(f"{source.id};{box.id}", ((0, self.timeline.of_source[source.id]), *box.sides))

    def form(self, box: Box) -> LinearForm:
        """The sum of a box's unknowns."""
        return LinearForm(np.unique(self.unknown_of[self.space.members(box)]))

    def boxes(self) -> Iterator[Box]:
        """Every cell of every source, every fact, and each finest cell that vintages tie."""
        for source in self.sources:
            for table in source.choice.tables:
                if self.has(table):
                    for codes in product(*(tuple(code.code for code in axis.codes) for axis in table)):
                        yield self.cell(source, table, codes)
        yield from map(self.fact, self.facts)
        yield from self.impossible

    @cached_property
    def impossible(self) -> tuple[Box, ...]:
        """What nobody can be: a code on an axis in months in which the submitted code does not roll up to it."""
        found = []
        for number, run in enumerate(self.timeline.runs):
            for place, of in enumerate(self.atoms):
                every = range(len(self.space.dimensions[place + 1].atoms))
                missing = tuple(sorted(set(every) - possible(of, run)))
                if missing:
                    sides = ((0, (number,)), (place + 1, missing))
                    found.append(Box(f"code list;{run.label};{self.names[place]}", sides))
        return tuple(found)

    @cached_property
    def unknown_of(self) -> IntArray:
        """The number of the unknown that each finest cell belongs to. What vintages tie is tied finest cell by finest cell."""
        tied = {run for pair in self.timeline.changes() for run in pair}
        run = np.arange(self.space.size) // (self.space.size // len(self.timeline.runs))
        alone = np.isin(run, sorted(tied))
        labels = np.where(alone, np.arange(self.space.size) + 1, 0)
        for box in self.boxes():
            labels = labels * 2
            labels[self.space.members(box)] += 1
            labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
        return labels.astype(np.int64)

    @cached_property
    def unknowns(self) -> int:
        """How many unknowns there are."""
        return int(self.unknown_of.max()) + 1

    def fact(self, fact: Fact) -> Box:
        """The box of a fact."""
        sides = [(0, self.timeline.of_years(fact.first, fact.last))]
        for name, codes in fact.sides:
            place = self.names.index(name)
            of = self.atoms[place]
            sides.append((place + 1, tuple(sorted({atom for (code, _), atom in of.items() if code in codes}))))
        return Box(fact.id, tuple(sides))

    @cached_property
    def atoms(self) -> tuple[dict[tuple[str, date], int], ...]:
        """For each dimension but time the atom of a submitted code from a month on."""
        return tuple(
            atoms_of(PROTECTED.by_name[each.id], [PROTECTED.axes[axis.id] for axis in each.axes], self.facts, self.span)
            for each in self.space.dimensions[1:]
        )

    def place(self, run: int, record: Record) -> int:
        """The finest cell of a record in an atom of time."""
        at = [run]
        for name, of in zip(self.names, self.atoms, strict=True):
            code = record.codes[NAMES.index(name)]
            at.append(of[code, max(month for known, month in of if known == code and month <= record.month)])
        return int(np.ravel_multi_index(tuple(at), self.space.shape))

    @cached_property
    def places(self) -> tuple[tuple[Record, int], ...]:
        """Every record in every atom of time that counts it, with its finest cell."""
        kept: dict[tuple[int, str], int] = {}
        found = []
        for number, run in enumerate(self.timeline.runs):
            for record in sorted(run.records, key=lambda record: record.id):
                key = number, "|".join((*record.codes, f"{record.month:%Y-%m}"))
                if key not in kept:
                    kept[key] = self.place(number, record)
                found.append((record, kept[key]))
        return tuple(found)

    @cached_property
    def counts(self) -> IntArray:
        """The true number of persons of every unknown."""
        places = np.array([place for _, place in self.places], dtype=np.int64)
        return np.bincount(self.unknown_of[places], minlength=self.unknowns).astype(np.int64)

    def own(self, known: frozenset[UUID]) -> IntArray:
        """How many of the persons of every unknown are among those known."""
        mine = np.array([place for record, place in self.places if record.id in known], dtype=np.int64)
        return np.bincount(self.unknown_of[mine], minlength=self.unknowns).astype(np.int64)

    def ties(self, known: frozenset[UUID] = frozenset()) -> tuple[Tie, ...]:
        """What binds the vintages of the same months, for somebody who knows some persons by name.

        A corrected record is one removed and one added. Whoever knows a person knows which of these are of that person.
        """
        return tuple(self.tie(earlier, later, known) for earlier, later in self.timeline.changes())

    def tie(self, earlier: int, later: int, known: frozenset[UUID]) -> Tie:
        """The tie of two vintages."""
        was, now = self.timeline.runs[earlier].records, self.timeline.runs[later].records
        members = [self.unknown_of[self.space.members(Box("", ((0, (run,)),)))] for run in (earlier, later)]
        added, removed = (sum(record.id not in known for record in of) for of in (now - was, was - now))
        own = self.own(known)
        return Tie(members[0], members[1], added, removed, own[members[0]], own[members[1]])


def possible(of: dict[tuple[str, date], int], run: Run) -> set[int]:
    """The atoms that a submitted code can be in, in some month of a run."""
    begins: dict[str, list[date]] = {}
    for code, first in of:
        begins.setdefault(code, []).append(first)
    return {
        of[code, first]
        for code, firsts in begins.items()
        for first in firsts
        if first <= run.last and not any(first < later <= run.first for later in firsts)
    }


def blocks(
    sources: Sequence[Source], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> tuple[Block, ...]:
    """The blocks of sources, the last of which is the release to come. Raises `ReleaseRefused` for one with too many dimensions."""
    tables = [table for source in sources for table in source.choice.tables]
    chosen = {axis.dimension for table in tables for axis in table}
    known = projected(facts, chosen)
    groups = joined([*(names(table) for table in tables), *(frozenset(name for name, _ in f.sides) for f in known)])
    made = [block_of(group, sources, known, time, span) for group in groups if group]
    return tuple(made) or (block_of(frozenset(), sources, known, time, span),)


def names(table: Table) -> Names:
    """The dimensions of a table."""
    return frozenset(axis.dimension for axis in table)


def joined(sets: Iterable[Names]) -> list[Names]:
    """The sets that share a name, put together; in the order of the dataset."""
    found: list[Names] = []
    for each in sets:
        touching = [group for group in found if group & each]
        found = [*(group for group in found if not group & each), each.union(*touching)]
    return sorted(found, key=lambda group: [NAMES.index(name) for name in sorted(group, key=NAMES.index)])


def block_of(
    group: Names, sources: Sequence[Source], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> Block:
    """The block of some dimensions. Raises `ReleaseRefused` where they are too many."""
    if len(group) > MOST_DIMENSIONS:
        raise ReleaseRefused(
            say(
                f"Tabeller og tal forbinder {len(group)} dimensioner ({', '.join(sorted(group))}), og en blok har højst "
                f"{MOST_DIMENSIONS}. Udelad de tabeller, der forbinder dem.",
                f"Tables and facts link {len(group)} dimensions ({', '.join(sorted(group))}), and a block has at most "
                f"{MOST_DIMENSIONS}. Leave out the tables that join them.",
            )
        )
    tables = [table for source in sources for table in source.choice.tables]
    axes = {axis.id: axis for table in tables for axis in table if axis.dimension in group}
    mine = tuple(fact for fact in facts if all(name in group for name, _ in fact.sides))
    period = AtomicDimension(PERIOD, tuple(run.label for run in time.runs), ())
    sides = [dimension_of(PROTECTED.by_name[name], list(axes.values()), mine, span) for name in NAMES if name in group]
    return Block(tuple(sources), Space((period, *sides)), time, mine, span)


def dimension_of(
    dimension: our.Dimension, axes: Iterable[our.Axis], facts: Iterable[Fact], span: tuple[date, date]
) -> AtomicDimension:
    """A dimension with its atoms, in the order of the code list, and the axes that are used."""
    used = [axis for axis in axes if axis.dimension == dimension.name]
    atoms: dict[Key, list[str]] = {}
    for code, _, key in keys(dimension, used, facts, span):
        atoms.setdefault(key, []).append(code)
    made = tuple(
        Partition(axis.id, tuple(code.code for code in axis.codes), tuple(of_atom(axis, str(key[n])) for key in atoms))
        for n, axis in enumerate(used)
    )
    return AtomicDimension(dimension.name, tuple(label(codes) for codes in atoms.values()), made)


def keys(
    dimension: our.Dimension, used: Sequence[our.Axis], facts: Iterable[Fact], span: tuple[date, date]
) -> Iterator[tuple[str, date, Key]]:
    """For each submitted code, from a month on: its code on each axis that is used, and which facts name it."""
    asked = [codes for fact in facts for name, codes in fact.sides if name == dimension.name]
    places = [dimension.axes.index(axis) for axis in used]
    for leaf in leaves(dimension, Period("", *span)):
        code = leaf.codes[0]
        yield code, leaf.first, (*(leaf.codes[place] for place in places), *(code in codes for codes in asked))


def atoms_of(
    dimension: our.Dimension, used: Sequence[our.Axis], facts: Iterable[Fact], span: tuple[date, date]
) -> dict[tuple[str, date], int]:
    """The atom of a submitted code from a month on."""
    numbers: dict[Key, int] = {}
    return {
        (code, first): numbers.setdefault(key, len(numbers)) for code, first, key in keys(dimension, used, facts, span)
    }


def of_atom(axis: our.Axis, code: str) -> int:
    """The place of a code on its axis."""
    return next(n for n, each in enumerate(axis.codes) if each.code == code)


def label(codes: Sequence[str]) -> str:
    """An atom's name: its codes, or the first and how many."""
    listed = list(dict.fromkeys(codes))
    return "+".join(listed) if len(listed) <= 8 else f"{listed[0]}+{len(listed) - 1} codes"


def table_ids(tables: Iterable[Table]) -> list[str]:
    """The stored names of tables."""
    return [table_id(table) for table in tables]
