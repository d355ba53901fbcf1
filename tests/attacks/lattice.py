"""The attacker's arithmetic: cells of many tables and periods as sums of the same few unknowns, from published code lists alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cases.dimensions import PERSONS
from stats.periods import Period
from tests.attacks.crawl import Seen

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """Between `low` and `high` records of these months have these submitted codes: a fact from elsewhere, or own records."""

    first: date
    last: date
    codes: tuple[tuple[str, frozenset[str]], ...]
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Equation:
    """low ≤ the sum of these unknowns ≤ high (None: no bound)."""

    members: Ints
    low: int
    high: int | None


@dataclass(frozen=True)
class System:
    """Everything known about some dimensions. The first equations are those of `cells`, in their order; then come the facts."""

    size: int
    cells: tuple[Seen, ...]
    equations: tuple[Equation, ...]

    @cached_property
    def hidden(self) -> tuple[tuple[Seen, Ints], ...]:
        """The hidden cells and their unknowns."""
        return tuple((c, e.members) for c, e in zip(self.cells, self.equations, strict=False) if c.hidden)


def dimensions_of(seen: Seen) -> frozenset[str]:
    """The dimensions of a cell's table."""
    return frozenset(axis.partition(".")[0] for axis in seen.axes)


def systems(seen: Iterable[Seen], known: Iterable[Known] = ()) -> list[System]:
    """One system for each set of dimensions that tables or facts link; the totals are in all of them."""
    cells, facts = list(seen), list(known)
    groups: list[frozenset[str]] = []
    named = [frozenset(name for name, _ in fact.codes) for fact in facts]
    for each in {*map(dimensions_of, cells), *named} - {frozenset()}:
        touching = [group for group in groups if group & each]
        groups = [*(group for group in groups if not group & each), each.union(*touching)]
    return [
        system(
            sorted(group),
            [cell for cell in cells if dimensions_of(cell) <= group],
            [fact for fact, names in zip(facts, named, strict=True) if names <= group],
        )
        for group in sorted(groups, key=sorted)
    ]


def system(names: Sequence[str], cells: Sequence[Seen], known: Sequence[Known]) -> System:
    """The system of some dimensions. Figures as of another moment count other records, so each moment has its own unknowns."""
    moments = sorted({cell.moment for cell in cells})
    axes = sorted({axis for cell in cells for axis in cell.axes})
    spans = {cell.period: span(cell.period) for cell in cells}
    runs = runs_of([*spans.values(), *((fact.first, fact.last) for fact in known)], axes)
    atoms = [atoms_of(name, axes, known, runs) for name in names]
    shape = (len(moments), len(runs), *(len(each) for each in atoms))
    space = Space(names, moments, runs, atoms, shape)
    return System(
        int(np.prod(shape)),
        tuple(cells),
        (
            *(Equation(space.members(cell, spans[cell.period]), cell.low, cell.high) for cell in cells),
            *(Equation(space.of(fact), fact.low, fact.high) for fact in known),
        ),
    )


def span(period: str) -> tuple[date, date]:
    """A period's first and last month."""
    found = Period.parse(period)
    assert found is not None
    return found.first, found.last


def runs_of(spans: Iterable[tuple[date, date]], axes: Iterable[str]) -> list[tuple[date, date]]:
    """Runs of months (first, first of the next) that no span divides, and in which no code changes its roll-up."""
    listed = list(spans)
    months = Period("", min(first for first, _ in listed), max(last for _, last in listed)).months()
    cuts = {first for first, _ in listed} | {following(last) for _, last in listed}
    for axis in (PERSONS.axes[name] for name in axes):
        if axis.dated:
            for earlier, later in pairwise(months):
                if any(axis.code_of(c, earlier) != axis.code_of(c, later) for c in axis.base.names):
                    cuts.add(later)
    return list(pairwise(sorted(cuts)))


def following(month: date) -> date:
    """The next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def atoms_of(name: str, axes: Iterable[str], known: Iterable[Known], runs: Iterable[tuple[date, date]]) -> list[str]:
    """One submitted code for each set of codes that nothing divides."""
    used = [PERSONS.axes[axis] for axis in axes if axis.partition(".")[0] == name]
    named = [codes for fact in known for dimension, codes in fact.codes if dimension == name]
    found: dict[tuple[object, ...], str] = {}
    for code in PERSONS.by_name[name].codelist.names:
        rolled = tuple(axis.code_of(code, first) for axis in used for first, _ in runs)
        found.setdefault((*rolled, *(code in codes for codes in named)), code)
    return list(found.values())


@dataclass(frozen=True)
class Space:
    """The unknowns: one for each moment, run of months and atom of every dimension."""

    names: Sequence[str]
    moments: Sequence[str]
    runs: Sequence[tuple[date, date]]
    atoms: Sequence[Sequence[str]]
    shape: tuple[int, ...]

    def members(self, cell: Seen, months: tuple[date, date]) -> Ints:
        """The unknowns of a cell."""
        mask = self.within(months)
        mask &= self.along(0, np.array([moment == cell.moment for moment in self.moments]))
        for axis, code in zip(cell.axes, cell.codes, strict=True):
            mask &= self.rolled(axis, code)
        return np.flatnonzero(mask)

    def of(self, fact: Known) -> Ints:
        """The unknowns of a fact, of the latest moment."""
        mask = self.within((fact.first, fact.last))
        mask &= self.along(0, np.arange(self.shape[0]) == self.shape[0] - 1)
        for name, codes in fact.codes:
            place = self.names.index(name)
            mask &= self.along(place + 2, np.array([atom in codes for atom in self.atoms[place]]))
        return np.flatnonzero(mask)

    def within(self, months: tuple[date, date]) -> Bools:
        """The unknowns of some months."""
        return self.along(1, np.array([months[0] <= run <= months[1] for run, _ in self.runs]))

    def along(self, place: int, chosen: Bools) -> Bools:
        """The unknowns with chosen places along one direction."""
        shape = [1] * len(self.shape)
        shape[place] = len(chosen)
        return np.broadcast_to(chosen.reshape(shape), self.shape).copy()

    def rolled(self, axis: str, code: str) -> Bools:
        """The unknowns that a code of an axis rolls up, run by run: EU membership changes."""
        place = self.names.index(axis.partition(".")[0])
        of = PERSONS.axes[axis]
        table = np.array([[of.code_of(atom, first) == code for atom in self.atoms[place]] for first, _ in self.runs])
        shape = [1] * len(self.shape)
        shape[1], shape[place + 2] = table.shape
        return np.broadcast_to(table.reshape(shape), self.shape)


def sums(system: System, counts: Ints) -> list[int]:
    """The value of every equation at a point."""
    return [int(counts[equation.members].sum()) for equation in system.equations]


def codes_known(names: Collection[str], codes: Mapping[str, str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Single codes in the form of `Known`."""
    return tuple((name, frozenset({codes[name]})) for name in names)
