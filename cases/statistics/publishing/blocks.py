"""Blocks: tables and facts that share dimensions, and the unknowns that they are sums of.

An unknown is a set of atomic cells that no cell of a table and no fact divides. Nobody can tell its atomic cells apart.

A block's space has time as its first dimension (`timeline`). The atoms of the other dimensions are sets of submitted codes that
no table and no fact of the block divides (`atoms`). Two vintages of the same months are tied by how many records were added and
removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from uuid import UUID

import numpy as np

from cases.statistics.errors import ReleaseRefused
from cases.statistics.protection.space import AtomicDimension, Box, IntArray, LinearForm, Space
from cases.statistics.protection.views import Tie
from cases.statistics.publishing.atoms import make_dimension, number_atoms
from cases.statistics.publishing.choice import PROTECTED, Table
from cases.statistics.publishing.facts import Fact, project_facts
from cases.statistics.publishing.records import NAMES, CountedRecord
from cases.statistics.publishing.sources import ReleaseSource
from cases.statistics.publishing.timeline import MonthRun, Timeline
from partners.text import say

MOST_DIMENSIONS = 4
PERIOD = "period"

Names = frozenset[str]


@dataclass(frozen=True, eq=False)
class TableBlock:
    """Tables and facts over the same few dimensions, the space of their atomic cells, and the unknowns."""

    sources: tuple[ReleaseSource, ...]
    space: Space
    timeline: Timeline
    facts: tuple[Fact, ...]
    span: tuple[date, date]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the dimensions but time."""
        return tuple(dimension.id for dimension in self.space.dimensions[1:])

    def has(self, table: Table) -> bool:
        """Whether the block has every dimension of a table."""
        return all(axis.dimension in self.names for axis in table)

    def cell(self, source: ReleaseSource, table: Table, codes: Sequence[str]) -> Box:
        """A cell of a table of a release. Its name is the id of the release and the codes."""
        box = self.space.cell({axis.id: code for axis, code in zip(table, codes, strict=True)})
        return Box(f"{source.id};{box.id}", ((0, self.timeline.of_source[source.id]), *box.sides))

    def form(self, box: Box) -> LinearForm:
        """The sum of the unknowns of a box."""
        return LinearForm(np.unique(self.unknown_of[self.space.members(box)]))

    def boxes(self) -> Iterator[Box]:
        """Everything that divides the space: every cell of every release, every fact, and what is impossible."""
        for source in self.sources:
            for table in source.choice.tables:
                if self.has(table):
                    for codes in product(*(tuple(code.code for code in axis.codes) for axis in table)):
                        yield self.cell(source, table, codes)
        yield from map(self.fact, self.facts)
        yield from self.impossible

    @cached_property
    def impossible(self) -> tuple[Box, ...]:
        """What nobody can be: an atom in months in which no submitted code belongs to it."""
        pairs_found = []
        for number, run in enumerate(self.timeline.runs):
            for place, of in enumerate(self.atoms):
                every = range(len(self.space.dimensions[place + 1].atoms))
                missing = tuple(sorted(set(every) - possible_atoms(of, run)))
                if missing:
                    sides = ((0, (number,)), (place + 1, missing))
                    pairs_found.append(Box(f"code list;{run.label};{self.names[place]}", sides))
        return tuple(pairs_found)

    @cached_property
    def unknown_of(self) -> IntArray:
        """The number of the unknown of each atomic cell. Where vintages are tied, each atomic cell is an unknown of its own."""
        runs_tied = {run for pair in self.timeline.changes() for run in pair}
        run = np.arange(self.space.size) // (self.space.size // len(self.timeline.runs))
        alone = np.isin(run, sorted(runs_tied))
        labels = np.where(alone, np.arange(self.space.size) + 1, 0)
        for box in self.boxes():
            labels = labels * 2
            labels[self.space.members(box)] += 1
            labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
        return labels.astype(np.int64)

    @cached_property
    def unknowns(self) -> int:
        """The number of unknowns."""
        return int(self.unknown_of.max()) + 1

    def fact(self, fact: Fact) -> Box:
        """The atomic cells that a fact counts."""
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
            number_atoms(
                PROTECTED.by_name[each.id], [PROTECTED.axes[axis.id] for axis in each.axes], self.facts, self.span
            )
            for each in self.space.dimensions[1:]
        )

    def place(self, run: int, record: CountedRecord) -> int:
        """The atomic cell of a record in an atom of time."""
        at = [run]
        for name, of in zip(self.names, self.atoms, strict=True):
            code = record.codes[NAMES.index(name)]
            at.append(
                of[code, max(month for records_known, month in of if records_known == code and month <= record.month)]
            )
        return int(np.ravel_multi_index(tuple(at), self.space.shape))

    @cached_property
    def places(self) -> tuple[tuple[CountedRecord, int], ...]:
        """Every record in every atom of time that counts it, with the atomic cell that it is in."""
        places_known: dict[tuple[int, str], int] = {}
        places_found = []
        for number, run in enumerate(self.timeline.runs):
            for record in sorted(run.records, key=lambda record: record.id):
                key = number, "|".join((*record.codes, f"{record.month:%Y-%m}"))
                if key not in places_known:
                    places_known[key] = self.place(number, record)
                places_found.append((record, places_known[key]))
        return tuple(places_found)

    @cached_property
    def counts(self) -> IntArray:
        """The true number of persons of every unknown."""
        places = np.array([place for _, place in self.places], dtype=np.int64)
        return np.bincount(self.unknown_of[places], minlength=self.unknowns).astype(np.int64)

    def own(self, records_known: frozenset[UUID]) -> IntArray:
        """Of every unknown, how many of its persons are among the known."""
        mine = np.array([place for record, place in self.places if record.id in records_known], dtype=np.int64)
        return np.bincount(self.unknown_of[mine], minlength=self.unknowns).astype(np.int64)

    def ties(self, records_known: frozenset[UUID] = frozenset()) -> tuple[Tie, ...]:
        """The ties of the vintages of the same months, for an insider who knows some persons.

        A corrected record is one removed and one added. Whoever knows a person knows which of these are of that person.
        """
        return tuple(self.tie(earlier, later, records_known) for earlier, later in self.timeline.changes())

    def tie(self, earlier: int, later: int, records_known: frozenset[UUID]) -> Tie:
        """The tie of two vintages."""
        was, now = self.timeline.runs[earlier].records, self.timeline.runs[later].records
        members = [self.unknown_of[self.space.members(Box("", ((0, (run,)),)))] for run in (earlier, later)]
        newcomers, leavers = (sum(record.id not in records_known for record in of) for of in (now - was, was - now))
        own = self.own(records_known)
        return Tie(members[0], members[1], newcomers, leavers, own[members[0]], own[members[1]])


def possible_atoms(of: dict[tuple[str, date], int], run: MonthRun) -> set[int]:
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


def make_blocks(
    sources: Sequence[ReleaseSource], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> tuple[TableBlock, ...]:
    """The blocks of releases, the last of which is the new one. Raises `ReleaseRefused` for a block of too many dimensions."""
    tables = [table for source in sources for table in source.choice.tables]
    dimensions_chosen = {axis.dimension for table in tables for axis in table}
    records_known = project_facts(facts, dimensions_chosen)
    groups = join_sets(
        [*(dimensions_of(table) for table in tables), *(frozenset(name for name, _ in f.sides) for f in records_known)]
    )
    blocks_made = [make_block(group, sources, records_known, time, span) for group in groups if group]
    return tuple(blocks_made) or (make_block(frozenset(), sources, records_known, time, span),)


def dimensions_of(table: Table) -> Names:
    """The dimensions of a table."""
    return frozenset(axis.dimension for axis in table)


def join_sets(sets: Iterable[Names]) -> list[Names]:
    """The sets of dimensions joined where they share one, in the order of the dataset."""
    groups: list[Names] = []
    for each in sets:
        touching = [group for group in groups if group & each]
        groups = [*(group for group in groups if not group & each), each.union(*touching)]
    return sorted(groups, key=lambda group: [NAMES.index(name) for name in sorted(group, key=NAMES.index)])


def make_block(
    group: Names, sources: Sequence[ReleaseSource], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> TableBlock:
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
    sides = [
        make_dimension(PROTECTED.by_name[name], list(axes.values()), mine, span) for name in NAMES if name in group
    ]
    return TableBlock(tuple(sources), Space((period, *sides)), time, mine, span)
