"""Atomic cells that nothing tells apart, as one: a problem then has far fewer unknowns.

All that is known of such cells is known of their sum. So the sum may deviate exactly as far as the cells can together, and its
floor is the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from stats.protection.space import IntArray

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
