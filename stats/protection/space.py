"""The space of a block: its atomic cells, and the sums of them that every published figure is.

An *atom* is a part of a dimension that no table and no fact divides. An *atomic cell* is one atom of every dimension. The number of
persons in it is an unknown, a whole number of at least zero. Every published figure is a sum of unknowns, so everything that is
known is linear: a cell, a fact of another source, a noisy cell, a change between two vintages.

Shapes: a *point* is an `IntArray` with one number of persons for each unknown, in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
NO_UNKNOWNS: IntArray = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Partition:
    """A dimension at one level: each code is a set of atoms. `of_atom[a]` is the place in `codes` of the code of atom a."""

    id: str
    codes: tuple[str, ...]
    of_atom: tuple[int, ...]

    def atoms(self, code: str) -> tuple[int, ...]:
        """The atoms of a code. Raises `ValueError` for a code that the partition does not have."""
        place = self.codes.index(code)
        return tuple(atom for atom, of in enumerate(self.of_atom) if of == place)


@dataclass(frozen=True, slots=True)
class AtomicDimension:
    """A dimension with the labels of its atoms, and the partitions of them that tables use."""

    id: str
    atoms: tuple[str, ...]
    axes: tuple[Partition, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A set of atomic cells. `sides`: of some dimensions (by place) the atoms in it; of the others every atom is in it.

    `id` names it: ``period=2023;gender=F``, or a fact's own name.
    """

    id: str
    sides: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Space:
    """The atomic cells of a block, numbered from 0 with the last dimension fastest."""

    dimensions: tuple[AtomicDimension, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The number of atoms of each dimension."""
        return tuple(len(dimension.atoms) for dimension in self.dimensions)

    @cached_property
    def size(self) -> int:
        """The number of atomic cells."""
        return prod(self.shape)

    @cached_property
    def axes(self) -> dict[str, tuple[int, Partition]]:
        """Every partition by its id, with the place of its dimension."""
        return {axis.id: (place, axis) for place, each in enumerate(self.dimensions) for axis in each.axes}

    def cell(self, codes: Mapping[str, str]) -> Box:
        """The box of one code on each of some axes, at most one axis of a dimension. Of no axis at all it is the total."""
        in_order = sorted((self.axes[axis][0], axis, code) for axis, code in codes.items())
        name = ";".join(f"{axis}={code}" for _, axis, code in in_order) or "TOTAL"
        return Box(name, tuple((place, self.axes[axis][1].atoms(code)) for place, axis, code in in_order))

    def members(self, box: Box) -> IntArray:
        """The numbers of the atomic cells of a box, ascending. A space without dimensions has one cell."""
        if not self.shape:
            return np.zeros(1, np.int64)
        sides = dict(box.sides)
        grid = np.ix_(*(np.array(sides.get(n, range(size)), dtype=np.int64) for n, size in enumerate(self.shape)))
        return np.sort(np.ravel_multi_index(grid, self.shape).reshape(-1)).astype(np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class LinearForm:
    """Σ plus − Σ minus: a sum of unknowns (by number) less a sum of others. Most have nothing to take away."""

    plus: IntArray
    minus: IntArray = field(default_factory=lambda: NO_UNKNOWNS)

    def value(self, counts: IntArray) -> int:
        """The value of the form at a point."""
        return int(counts[self.plus].sum() - counts[self.minus].sum())
