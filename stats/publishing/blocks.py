"""Blocks: tables and facts that share dimensions, or that a rule of the dictionary links, and the unknowns that they are sums of.

An unknown is a set of atomic cells that no cell of a table, no fact and no rule divides. Nobody can tell its atomic cells apart.

A block's space has time as its first dimension (`Timeline`). The atoms of the other dimensions are sets of submitted codes that
nothing in the block divides (`atoms`). Two vintages of the same months are tied by how many records were added and
removed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import product
from uuid import UUID

import numpy as np

from stats.errors import ReleaseRefused, refuse
from stats.protection.audit.intervals import Interval
from stats.protection.space import AtomicDimension, Box, IntArray, LinearForm, Space
from stats.protection.views import Tie
from stats.publishing.atoms import AtomNumbers, Timeline, make_dimension, possible_atoms
from stats.publishing.choice import PROTECTED, Table, codes_of
from stats.publishing.facts import Fact, project_facts
from stats.publishing.links import Codes, LinkingRule, Names, link_facts, linking_rules
from stats.publishing.sources import NAMES, CountedRecord, ReleaseSource

MOST_DIMENSIONS = 6
# Atomic cells of a block with dimensions that facts alone have. A block of 10,000 takes some ten seconds.
MOST_LINKED = 10_000
# Numbers of unknowns are doubled for each box, so that each box is a bit of them.
BITS = 62
PERIOD = "period"


@dataclass(frozen=True, eq=False)
class TableBlock:
    """Tables and facts over the same few dimensions, the space of their atomic cells, and the unknowns.

    `atoms`: for each dimension but time the atom of a submitted code from a month on. `forms` and `intervals`: what was computed
    already; it says nothing of counts, so the worlds of the gate share it.
    """

    sources: tuple[ReleaseSource, ...]
    space: Space
    timeline: Timeline
    facts: tuple[Fact, ...]
    atoms: tuple[AtomNumbers, ...]
    forms: dict[Box, LinearForm] = field(default_factory=dict, init=False)
    intervals: dict[Hashable, Interval] = field(default_factory=dict, init=False)

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
        if box not in self.forms:
            self.forms[box] = LinearForm(np.unique(self.unknown_of[self.space.members(box)]))
        return self.forms[box]

    def boxes(self) -> Iterator[Box]:
        """Everything that divides the space: every cell of every release, every fact, and what is impossible or rare."""
        for source in self.sources:
            for table in source.choice.tables:
                if self.has(table):
                    for codes in product(*map(codes_of, table)):
                        yield self.cell(source, table, codes)
        yield from map(self.fact, self.facts)
        yield from self.impossible
        yield from (box for box, _ in self.rare)

    @cached_property
    def rules(self) -> tuple[LinkingRule, ...]:
        """The rules of the dictionary that link dimensions of the block."""
        return linking_rules(self.names)

    @cached_property
    def exceptions(self) -> dict[str, int]:
        """By rule, how many persons break it in any vintage. Rules that nobody breaks are left out."""
        people = [record for run in self.timeline.runs for record in run.records]
        counts = {rule.id: rule.exceptions(people) for rule in self.rules}
        return {rule: count for rule, count in counts.items() if count}

    @cached_property
    def impossible(self) -> tuple[Box, ...]:
        """What nobody can be, by the code lists, and by rules in the months in which nobody breaks them."""
        boxes = list(self.out_of_time())
        for rule in self.rules:
            certain_in = tuple(n for n, run in enumerate(self.timeline.runs) if not rule.exceptions(run.records))
            if certain_in:
                boxes += [Box(box.id, ((0, certain_in), *box.sides)) for box in self.boxes_barred(rule)]
        return tuple(boxes)

    @cached_property
    def rare(self) -> tuple[tuple[Box, int], ...]:
        """What hardly anybody is, by rules that are not certain: in which months, and how many are."""
        return tuple(
            (Box(f"{box.id};{n}", ((0, (n,)), *box.sides)), count)
            for rule in self.rules
            for n, run in enumerate(self.timeline.runs)
            if (count := rule.exceptions(run.records))
            for box in self.boxes_barred(rule)
        )

    def boxes_barred(self, rule: LinkingRule) -> Iterator[Box]:
        """What nobody can be by a rule, at any time."""
        for n, (mine, theirs) in enumerate(rule.bars()):
            yield Box(f"rule;{rule.id};{n}", (self.side(rule.one, mine), self.side(rule.other, theirs)))

    @cached_property
    def unknowns_barred(self) -> IntArray:
        """The unknowns that hold nobody by a rule, whether it is certain or not."""
        boxes = [box for rule in self.rules for box in self.boxes_barred(rule)]
        return np.unique([unknown for box in boxes for unknown in self.form(box).plus]).astype(np.int64)

    def side(self, name: str, codes: Codes) -> tuple[int, tuple[int, ...]]:
        """The atoms of some submitted codes of a dimension, with its place."""
        place = self.names.index(name)
        return place + 1, tuple(sorted({atom for (code, _), atom in self.atoms[place].items() if code in codes}))

    def out_of_time(self) -> tuple[Box, ...]:
        """Atoms in months in which no submitted code belongs to them."""
        boxes_found = []
        for number, run in enumerate(self.timeline.runs):
            for place, of in enumerate(self.atoms):
                every = range(len(self.space.dimensions[place + 1].atoms))
                missing = tuple(sorted(set(every) - possible_atoms(of, run)))
                if missing:
                    sides = ((0, (number,)), (place + 1, missing))
                    boxes_found.append(Box(f"code list;{run.label};{self.names[place]}", sides))
        return tuple(boxes_found)

    @cached_property
    def unknown_of(self) -> IntArray:
        """The number of the unknown of each atomic cell. Where vintages are tied, each atomic cell is an unknown of its own."""
        runs_tied = {run for pair in self.timeline.changes() for run in pair}
        run = np.arange(self.space.size) // (self.space.size // len(self.timeline.runs))
        alone = np.isin(run, sorted(runs_tied))
        labels, bits = np.where(alone, np.arange(self.space.size) + 1, 0), BITS
        for box in self.boxes():
            if bits == BITS:
                labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
                bits = self.space.size.bit_length()
            labels, bits = labels * 2, bits + 1
            labels[self.space.members(box)] += 1
        return np.unique(labels, return_inverse=True)[1].reshape(-1).astype(np.int64)

    @cached_property
    def unknowns(self) -> int:
        return int(self.unknown_of.max()) + 1

    def fact(self, fact: Fact) -> Box:
        """The atomic cells that a fact counts."""
        sides = [(0, self.timeline.of_years(fact.first, fact.last))]
        sides += [self.side(name, codes) for name, codes in fact.sides]
        return Box(fact.id, tuple(sides))

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
        ties_found = []
        for places in self.timeline.changes():
            earlier, later = (self.unknown_of[self.space.members(Box("", ((0, (run,)),)))] for run in places)
            was, now = (self.timeline.runs[run].records for run in places)
            newcomers, leavers = (sum(record.id not in records_known for record in of) for of in (now - was, was - now))
            own = self.own(records_known)
            ties_found.append(Tie(earlier, later, newcomers, leavers, own[earlier], own[later]))
        return tuple(ties_found)


def count_exceptions(blocks: Iterable[TableBlock]) -> dict[str, int]:
    """By rule of the dictionary, how many persons break it. Two dimensions are linked in one block alone."""
    return {rule: count for block in blocks for rule, count in block.exceptions.items()}


def make_blocks(
    sources: Sequence[ReleaseSource], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> tuple[TableBlock, ...]:
    """The blocks of releases, the last of which is the new one. Raises `ReleaseRefused` for a block of too many dimensions.

    A fact brings its dimensions along, also those of which there is no table: minors and adults who are men are the men. Where
    a block would be too large with them, facts are taken over the dimensions of tables alone, as what is there at least.
    """
    every = tuple(facts)
    names_chosen = frozenset(axis.dimension for source in sources for table in source.choice.tables for axis in table)
    try:
        blocks_linked = blocks_over(frozenset(NAMES), sources, every, time, span)
    except ReleaseRefused:
        return blocks_over(names_chosen, sources, every, time, span)
    large = any(each.space.size > MOST_LINKED and not names_chosen.issuperset(each.names) for each in blocks_linked)
    return blocks_over(names_chosen, sources, every, time, span) if large else blocks_linked


def blocks_over(
    names: Names, sources: Sequence[ReleaseSource], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> tuple[TableBlock, ...]:
    """The blocks, with facts over some dimensions. Raises `ReleaseRefused` for a block of too many dimensions."""
    facts_in_use, groups = link_facts(sources, project_facts(facts, names), span)
    blocks_made = [make_block(group, sources, facts_in_use, time, span) for group in groups]
    return tuple(blocks_made) or (make_block(frozenset(), sources, facts_in_use, time, span),)


def divisions_of(name: str, facts: Iterable[Fact], rules: Iterable[LinkingRule]) -> list[Codes]:
    """The sets of codes of a dimension that facts and rules tell apart, whether the rules are certain or not."""
    codes_named = [codes for fact in facts for of, codes in fact.sides if of == name]
    return [*codes_named, *(codes for rule in rules for codes in rule.divisions(name))]


def make_block(
    group: Names, sources: Sequence[ReleaseSource], facts: Iterable[Fact], time: Timeline, span: tuple[date, date]
) -> TableBlock:
    """The block of some dimensions. Raises `ReleaseRefused` where they are too many."""
    if len(group) > MOST_DIMENSIONS:
        raise refuse(
            f"Tabeller, tal og regler forbinder {len(group)} dimensioner ({', '.join(sorted(group))}), og en blok har højst "
            f"{MOST_DIMENSIONS}. Udelad de tabeller, der forbinder dem.",
            f"Tables, facts and rules link {len(group)} dimensions ({', '.join(sorted(group))}), and a block has at most "
            f"{MOST_DIMENSIONS}. Leave out the tables that join them.",
        )
    tables = [table for source in sources for table in source.choice.tables]
    axes = {axis.id: axis for table in tables for axis in table if axis.dimension in group}
    mine = tuple(fact for fact in facts if all(name in group for name, _ in fact.sides))
    period = AtomicDimension(PERIOD, tuple(run.label for run in time.runs), ())
    rules = linking_rules(group)
    names = [name for name in NAMES if name in group]
    sides = [
        make_dimension(PROTECTED.by_name[name], axes.values(), divisions_of(name, mine, rules), span) for name in names
    ]
    space = Space((period, *(dimension for dimension, _ in sides)))
    return TableBlock(tuple(sources), space, time, mine, tuple(numbers for _, numbers in sides))
