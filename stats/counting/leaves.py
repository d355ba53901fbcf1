"""Leaves: for each dimension, the codes of every axis that a record of the period can have together, numbered.

A leaf settles all levels of a dimension at once. Most levels follow from the submitted code alone; a dated one (EU
membership) also from the record's month, so a country that joined within the period has two leaves. The snapshot keeps a leaf
for each dimension, and roll-ups are sums over leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cases.dimensions import Axis, Dimension
from stats.periods import Period


@dataclass(frozen=True, slots=True)
class Leaf:
    """A submitted code from one month to another, with its code on each axis of the dimension."""

    number: int
    first: date
    last: date
    codes: tuple[str, ...]


@lru_cache(maxsize=256)
def leaves(dimension: Dimension, period: Period) -> tuple[Leaf, ...]:
    """The leaves of a dimension. The spans of one code follow each other without a gap; spans with equal codes share a number.

    A release of many years asks for them again and again.
    """
    numbers: dict[tuple[str, ...], int] = {}
    return tuple(
        Leaf(numbers.setdefault(codes, len(numbers)), first, last, codes)
        for code in dimension.codelist.names
        for first, last, codes in spans(dimension, code, period)
    )


def spans(dimension: Dimension, code: str, period: Period) -> Iterator[tuple[date, date, tuple[str, ...]]]:
    """The runs of months in which a code stands for the same codes on every axis. Of most axes the month says nothing."""
    monthly = [axis for axis in dimension.axes if axis.dated]
    start, previous, codes_of_span = period.first, period.first, [axis.code_of(code, period.first) for axis in monthly]
    for month in period.months()[1:] if monthly else ():
        if (codes := [axis.code_of(code, month) for axis in monthly]) != codes_of_span:
            yield start, previous, codes_in(dimension, code, start)
            start, codes_of_span = month, codes
        previous = month
    yield start, period.last, codes_in(dimension, code, start)


def codes_in(dimension: Dimension, code: str, month: date) -> tuple[str, ...]:
    """A submitted code's code on each axis in a month."""
    return tuple(axis.code_of(code, month) for axis in dimension.axes)


def codes_by_leaf(axis: Axis, dimension: Dimension, period: Period) -> list[str]:
    """The axis's code of each leaf, by the leaf's number."""
    position = dimension.axes.index(axis)
    return [codes[position] for codes in dict.fromkeys(leaf.codes for leaf in leaves(dimension, period))]
