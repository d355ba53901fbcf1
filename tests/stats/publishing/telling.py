"""Small towns in memory, their tables as everybody reads them, and a judge that tries every town that agrees with these.

The judge reads what is printed and nothing else: the figures, which cells are hidden, the symbol of a table. It shares no code with
the program, and knows no linear programs.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from uuid import UUID

import numpy as np
import numpy.typing as npt

from cases.dimensions import PERSONS
from stats.publishing import published_bounds
from stats.publishing.cells import TableDraft
from stats.publishing.insiders import Insiders
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.public import protect_for_the_public
from stats.publishing.sources import CountedRecord, ReleaseSource
from tests.attacks.test_years import plan, record

Ints = npt.NDArray[np.int64]
Codes = tuple[str, ...]
Interval = tuple[int, int | None]
NGO = UUID(int=7)
MOST_TOWNS = 300_000


@dataclass(frozen=True)
class Groups:
    """Persons of one month by their codes on some axes: how many, and how many of them one organisation referred."""

    axes: tuple[str, ...]
    persons: Mapping[Codes, int]
    referred: Mapping[Codes, int]
    year: int = 2023

    def records(self) -> tuple[list[CountedRecord], frozenset[UUID]]:
        """The persons; and the ids of those whom the organisation knows."""
        rng = random.Random(self.year)
        everybody, known = [], set()
        for codes, count in self.persons.items():
            for number in range(count):
                submitted = {
                    axis.partition(".")[0]: first_of(axis, code) for axis, code in zip(self.axes, codes, strict=True)
                }
                one = record(rng, date(self.year, 5, 1), submitted)
                everybody.append(one)
                if number < self.referred.get(codes, 0):
                    known.add(one.id)
        return everybody, frozenset(known)


def first_of(axis: str, code: str) -> str:
    """A submitted code that a code of an axis counts."""
    of = PERSONS.axes[axis]
    return next(name for name in of.base.names if of.code_of(name, date(2023, 5, 1)) == code)


def planned(
    groups: Sequence[Groups], period: str, tables: Sequence[str], earlier: Sequence[ReleaseSource] = ()
) -> ReleasePlan:
    """The plan of a release of these persons, some of whom one organisation knows."""
    towns = [each.records() for each in groups]
    everybody = [one for people, _ in towns for one in people]
    known = frozenset[UUID]().union(*(ids for _, ids in towns))
    insiders = Insiders({NGO: known} if known else {}, {}, frozenset())
    return replace(plan(period, everybody, tables), insiders=insiders, earlier=tuple(earlier))


def protect(plan_made: ReleasePlan) -> tuple[ProtectionResult, ReleaseSource]:
    """The release, and as a later one will know it."""
    protection = protect_for_the_public(plan_made)
    source = published_bounds.as_published(plan_made, protection.tables).source
    intervals = {each.axes: each.intervals for each in protection.bounds if each.of == source.id}
    return protection, replace(source, intervals=intervals)


@dataclass(frozen=True)
class Printed:
    """A printed cell: which unknowns it counts, and what it says of their sum."""

    release: str
    axes: str
    codes: str
    members: Ints
    low: int
    high: int | None
    hidden: bool


@dataclass(frozen=True)
class Reader:
    """Whoever has read some releases over a few axes. An unknown is a combination of codes in a year."""

    years: tuple[int, ...]
    axes: tuple[str, ...]

    @property
    def unknowns(self) -> list[tuple[int, Codes]]:
        """Each unknown by its year and codes."""
        return [(year, codes) for year in self.years for codes in product(*map(codes_of, self.axes))]

    def read(self, release: str, years: Sequence[int], tables: Sequence[TableDraft]) -> list[Printed]:
        """Every cell of the tables of a release over these axes alone, and of its total."""
        return [
            self.printed(release, years, table, names, codes)
            for table in tables
            for names in [tuple(axis.id for axis in table.table)]
            if set(names) <= set(self.axes)
            for codes in product(*map(codes_of, names))
        ]

    def printed(
        self, release: str, years: Sequence[int], table: TableDraft, names: Sequence[str], codes: Codes
    ) -> Printed:
        """One cell."""
        places = [self.axes.index(name) for name in names]
        members = [
            n
            for n, (year, at) in enumerate(self.unknowns)
            if year in years and all(at[place] == code for place, code in zip(places, codes, strict=True))
        ]
        low, high = said_of(table, "|".join(codes))
        hidden = "|".join(codes) in table.hidden
        return Printed(release, table.axes, "|".join(codes), np.array(members), low, high, hidden)

    def towns(self, printed: Sequence[Printed], floors: Ints | None = None) -> Ints:
        """Every town (a row each) that agrees with all that is printed, and has at least so many of each unknown."""
        least = np.zeros(len(self.unknowns), np.int64) if floors is None else floors
        most = np.array([self.most(n, printed) for n in range(len(least))])
        towns = np.zeros((1, len(least)), np.int64)
        for n in range(len(least)):
            values = np.arange(least[n], most[n] + 1)
            towns = np.repeat(towns, len(values), axis=0)
            towns[:, n] = np.tile(values, len(towns) // max(len(values), 1))
            for each in printed:
                if n in each.members:
                    later = each.members[each.members > n]
                    sums = towns[:, each.members].sum(axis=1)
                    over = False if each.high is None else sums + least[later].sum() > each.high
                    towns = towns[~(over | (sums + most[later].sum() < each.low))]
            assert len(towns) < MOST_TOWNS, "too many towns to try"
        return towns

    def most(self, unknown: int, printed: Sequence[Printed]) -> int:
        """No more of an unknown than any figure that counts it."""
        return min(each.high for each in printed if each.high is not None and unknown in each.members)


def codes_of(axis: str) -> list[str]:
    """The codes of an axis."""
    return [code.code for code in PERSONS.axes[axis].codes]


def said_of(table: TableDraft, codes: str) -> Interval:
    """What a printed table says of a cell by itself: its figure, 0 to the symbol, more than the symbol, or nothing."""
    if codes not in table.hidden:
        value = dict(zip(table.codes, table.counts, strict=True)).get(codes, 0)
        return value, value
    if table.symbol is None:
        return 0, None
    return (0, table.symbol) if codes in table.within else (table.symbol + 1, None)


def count_of(people: Sequence[CountedRecord], names: Sequence[str]) -> Counter[str]:
    """The true counts of a table."""
    axes = [(PERSONS.axes[name], list(PERSONS.by_name).index(PERSONS.axes[name].dimension)) for name in names]
    return Counter("|".join(axis.code_of(each.codes[n], each.month) for axis, n in axes) for each in people)
