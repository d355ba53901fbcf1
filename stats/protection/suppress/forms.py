"""Many linear forms at once: their values at a point, which of them are equal, and which are sums of others.

A form is written as its *terms*: the numbers of its unknowns, ascending, and their factors. Atomic cells that nothing tells
apart are one, so a problem has far fewer unknowns: all that is known of such cells is known of their sum. So the sum may
deviate exactly as far as the cells can together, and its floor is the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from stats.protection.space import IntArray, LinearForm

Terms = tuple[IntArray, IntArray]


class MergedCells:
    """`number` of each atomic cell: that of the merged cell it is in. The first atomic cell of each stands for it in terms."""

    def __init__(self, size: int, groups: Iterable[IntArray]) -> None:
        label = np.zeros(size, np.int64)
        for members in groups:  # these differ from all others, but not from each other
            _, parts = np.unique(label[members], return_inverse=True)
            label[members] = label.max(initial=0) + 1 + parts
        _, first, place = np.unique(label, return_index=True, return_inverse=True)
        self.number: IntArray = np.argsort(np.argsort(first))[place]
        self.is_first = np.zeros(size, np.bool_)
        self.is_first[first] = True

    def terms(self, terms: Terms) -> Terms:
        """Terms over the merged cells. Those of atomic cells hold each merged cell whole or not at all."""
        unknowns, factors = terms
        is_first = self.is_first[unknowns]
        return self.number[unknowns[is_first]], factors[is_first]

    def sums(self, values: npt.NDArray[np.int64]) -> IntArray:
        """The sum of a value over the atomic cells of each merged cell."""
        return np.bincount(self.number, values).astype(np.int64)


def groups_of(terms: Iterable[Terms]) -> Iterable[IntArray]:
    """The unknowns that terms treat alike."""
    return (unknowns[factors == factor] for unknowns, factors in terms for factor in np.unique(factors))


@lru_cache(maxsize=4096)
def terms_of(form: LinearForm) -> Terms:
    """The unknowns of a form, ascending, each once, and their factors, none zero. Views and problems ask of the same forms."""
    numbers = np.concatenate([form.plus, form.minus]).astype(np.int64)
    signs = np.concatenate([np.ones(len(form.plus), np.int64), -np.ones(len(form.minus), np.int64)])
    unique, places = np.unique(numbers, return_inverse=True)
    factors = np.zeros(len(unique), np.int64)
    np.add.at(factors, places, signs)
    return unique[factors != 0], factors[factors != 0]


class Forms:
    """A list of different forms. It grows by `add`."""

    def __init__(self) -> None:
        self.terms: list[Terms] = []
        self._places: dict[tuple[bytes, bytes], int] = {}
        self._layout: tuple[IntArray, npt.NDArray[Any], IntArray] | None = None

    def __len__(self) -> int:
        """The number of different forms."""
        return len(self.terms)

    def add(self, form: LinearForm) -> int:
        """The place of a form in the list. Equal forms share one."""
        unknowns, factors = terms_of(form)
        key = unknowns.tobytes(), factors.tobytes()
        if key not in self._places:
            self._places[key] = len(self.terms)
            self.terms.append((unknowns, factors))
            self._layout = None
        return self._places[key]

    def merge(self, cells: MergedCells) -> None:
        """From now on the forms are over merged cells."""
        self.terms, self._layout = [cells.terms(each) for each in self.terms], None

    def values(self, point: IntArray) -> IntArray:
        """The value of every form at a point, exactly."""
        numbers, factors, ends = self._flat()
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(point[numbers] * factors)])
        return np.diff(sums[ends])

    def measures(self, point: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The value of every form at a point that is not in whole numbers."""
        numbers, factors, ends = self._flat()
        owners = np.repeat(np.arange(len(self.terms)), np.diff(ends))
        return np.bincount(owners, point[numbers] * factors, len(self.terms))

    def _flat(self) -> tuple[IntArray, npt.NDArray[Any], IntArray]:
        if self._layout is None:
            self._layout = flatten(self.terms)
        return self._layout


def flatten(terms: Iterable[tuple[IntArray, npt.NDArray[Any]]]) -> tuple[IntArray, npt.NDArray[Any], IntArray]:
    """Terms one after the other: all unknowns, all factors, and where each form begins, with the end of the last."""
    all_terms = list(terms)
    empty = [np.empty(0, np.int64)]
    ends = np.cumsum([0, *(len(unknowns) for unknowns, _ in all_terms)])
    numbers = np.concatenate(empty + [unknowns for unknowns, _ in all_terms])
    return numbers, np.concatenate(empty + [factors for _, factors in all_terms]), ends.astype(np.int64)


def nest(terms: Sequence[Terms]) -> list[tuple[IntArray, Terms]]:
    """Every form as a sum of other forms (by place), disjoint and as large as possible, and of the unknowns that are left over.

    A program of nested sums has few factors. It is solved many times as fast as one of sums over atomic cells.
    """
    masks = [as_bits(unknowns) if (factors == 1).all() else 0 for unknowns, factors in terms]
    inside: dict[int, list[int]] = {}
    for place in sorted(range(len(terms)), key=lambda place: (-len(terms[place][0]), place)):
        for unknown in terms[place][0].tolist() if masks[place] else ():
            inside.setdefault(unknown, []).append(place)
    return [nest_one(place, line, masks, inside) for place, line in enumerate(terms)]


def as_bits(unknowns: IntArray) -> int:
    """A set of unknowns as the bits of a number."""
    bits = np.zeros(int(unknowns.max(initial=0)) + 1, np.uint8)
    bits[unknowns] = 1
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


def nest_one(
    place: int, line: Terms, masks: Sequence[int], inside: Mapping[int, Sequence[int]]
) -> tuple[IntArray, Terms]:
    """The parts of one form: again and again the largest form that holds the first unknown left and nothing outside."""
    parts_found: list[int] = []
    own, remaining = masks[place], masks[place]
    while remaining:
        first = (remaining & -remaining).bit_length() - 1
        fits = (part for part in inside[first] if masks[part] != own and masks[part] & ~remaining == 0)
        part = next(fits, None)
        if part is None:
            break
        parts_found.append(part)
        remaining &= ~masks[part]
    unknowns, factors = line
    rest = np.array([remaining >> unknown & 1 for unknown in unknowns.tolist()], np.bool_) if own else factors != 0
    return np.array(parts_found, np.int64), (unknowns[rest], factors[rest])
