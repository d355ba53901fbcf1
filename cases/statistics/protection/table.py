"""The table type: a space of finest cells, sums over it, what is known of them, and what must stay unknown.

An *atom* is a part of a dimension that no table and no fact divides; a *finest cell* is one atom of every dimension, and the
number of persons in it is an unknown. Whatever is published is a sum of unknowns, so everything below is linear: a cell, a fact
of another source, a noisy cell, a change between two vintages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
NONE: IntArray = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Axis:
    """A partition of a dimension's atoms: `of_atom[a]` is the place in `codes` of the code of atom a."""

    id: str
    codes: tuple[str, ...]
    of_atom: tuple[int, ...]

    def atoms(self, code: str) -> tuple[int, ...]:
        """The atoms of a code. Raises `ValueError` for a code that is none."""
        place = self.codes.index(code)
        return tuple(atom for atom, of in enumerate(self.of_atom) if of == place)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension with its atoms (by label) and its axes."""

    id: str
    atoms: tuple[str, ...]
    axes: tuple[Axis, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A set of finest cells: for some dimensions (by place) the atoms that are meant, and every atom of the others.

    `id` names it: ``period=2023;gender=F``, or a fact's own name.
    """

    id: str
    sides: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Space:
    """The finest cells of a block, numbered from 0 with the last dimension fastest."""

    dimensions: tuple[Dimension, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The number of atoms of each dimension."""
        return tuple(len(dimension.atoms) for dimension in self.dimensions)

    @cached_property
    def size(self) -> int:
        """The number of finest cells."""
        return prod(self.shape)

    @cached_property
    def axes(self) -> dict[str, tuple[int, Axis]]:
        """Every axis by its id, with the place of its dimension."""
        return {axis.id: (place, axis) for place, each in enumerate(self.dimensions) for axis in each.axes}

    def cell(self, codes: Mapping[str, str]) -> Box:
        """The box of one code on each of some axes, at most one axis of a dimension; of none: the total."""
        found = sorted((self.axes[axis][0], axis, code) for axis, code in codes.items())
        name = ";".join(f"{axis}={code}" for _, axis, code in found) or "TOTAL"
        return Box(name, tuple((place, self.axes[axis][1].atoms(code)) for place, axis, code in found))

    def table(self, axes: Sequence[str]) -> Iterator[Box]:
        """Every cell of the table of these axes, in the order of their codes with the last axis fastest."""
        for codes in product(*(self.axes[axis][1].codes for axis in axes)):
            yield self.cell(dict(zip(axes, codes, strict=True)))

    def members(self, box: Box) -> IntArray:
        """The numbers of the finest cells of a box, ascending."""
        sides = dict(box.sides)
        grid = np.ix_(*(np.array(sides.get(n, range(size)), dtype=np.int64) for n, size in enumerate(self.shape)))
        return (
            np.sort(np.ravel_multi_index(grid, self.shape).reshape(-1)).astype(np.int64)
            if self.shape
            else np.zeros(1, np.int64)
        )


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """A sum of unknowns, less a sum of others (by number); most have only `plus`."""

    plus: IntArray
    minus: IntArray = field(default_factory=lambda: NONE)

    def value(self, counts: IntArray) -> int:
        """Its value where the unknowns have these values."""
        return int(counts[self.plus].sum() - counts[self.minus].sum())


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """What is known: low ≤ form ≤ high, None where nothing is. `source` names the cell or the fact."""

    source: str
    form: Form
    low: int | None
    high: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Tie:
    """Two vintages of the same finest cells: later = earlier + added − removed, each ≥ 0, in sum `added` and `removed` records.

    Whoever knows some of the records (`known_earlier`, `known_later`: how many of each; none unless said) can leave them out: then
    all of this is said of the others.
    """

    earlier: IntArray
    later: IntArray
    added: int
    removed: int
    known_earlier: IntArray = field(default_factory=lambda: NONE)
    known_later: IntArray = field(default_factory=lambda: NONE)

    @property
    def shift(self) -> IntArray:
        """How much of later − earlier is of records that are known."""
        return self.known_later - self.known_earlier if len(self.known_later) else np.zeros(len(self.later), np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class View:
    """What one adversary knows apart from the release in question. Every unknown is at least its floor (zero, or own records)."""

    name: str
    floors: IntArray
    rows: tuple[Row, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Target:
    """What must stay possible in a view: that the form is `low` or less, that it is `high` or more, that these differ by `width`.

    None (or a width of 0) demands nothing. `reason` names the rule; it is never published.
    """

    id: str
    view: str
    form: Form
    low: int | None
    high: int | None
    width: int = 0
    reason: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Candidate:
    """A cell that the release may show or hide. `weight`: what hiding it costs."""

    id: str
    form: Form
    weight: float
