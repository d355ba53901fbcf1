"""Blocking: only referrals that agree in some fields, within some months, are compared, and only where few agree.

A block is the set of referrals that agree in the fields of a pass. Where a referral has more than `MOST` others within its window,
the block is divided by the next field of the pass, and so on. Where the fields run out and more than `MOST` are still left, the
pattern is too common to tell one person from another, and the block is dropped, even if there were time to compare it.

So each step of a pass compares a referral with at most `MOST` others. The work grows with the number of referrals (times its
logarithm, for sorting), not with the number of pairs. Dividing blocks until they are small: McNeill, Kardes and Borthwick, *Dynamic
record blocking*, QDB 2012. Several passes, so that one field may be wrong: Christen, *Data Matching*, Springer 2012, chapter 4.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np

from cases import dictionary as d
from cases.duplicates.table import NO_VALUE, Flags, Ints, ReferralTable
from cases.fields import CodedField

WINDOW = 12
MOST = 16


@dataclass(frozen=True, slots=True)
class Pass:
    """The fields that must be known and agree, and the fields that divide a block that is too large. There, unknown is a code."""

    agreeing: tuple[CodedField, ...]
    dividing: tuple[CodedField, ...]


# Each pass tolerates an error in another field: detail and age, form of exploitation, gender, citizenship.
PASSES = (
    Pass(
        (d.CITIZENSHIP, d.GENDER, d.EXPLOITATION),
        (d.AGE_BAND, d.EXPLOITATION_DETAIL, d.RESIDENCE_BASIS, d.EXPLOITED_IN, d.RECRUITER, d.REGION, d.DURATION),
    ),
    Pass(
        (d.CITIZENSHIP, d.GENDER, d.AGE_BAND),
        (d.RESIDENCE_BASIS, d.REGION, d.RECRUITER, d.DURATION, d.EXPLOITED_IN, d.EXPLOITATION, d.EXPLOITATION_DETAIL),
    ),
    Pass(
        (d.CITIZENSHIP, d.EXPLOITATION, d.AGE_BAND),
        (d.EXPLOITATION_DETAIL, d.DURATION, d.REGION, d.RESIDENCE_BASIS, d.EXPLOITED_IN, d.RECRUITER),
    ),
    Pass(
        (d.GENDER, d.AGE_BAND, d.EXPLOITATION, d.EXPLOITATION_DETAIL),
        (d.RECRUITER, d.DURATION, d.RESIDENCE_BASIS, d.REGION, d.EXPLOITED_IN),
    ),
)


@dataclass(slots=True)
class DroppedBlocks:
    """The number of dropped blocks, and which rows were in one of them."""

    rows: Flags
    blocks: int = 0


def pairs(table: ReferralTable, drops: DroppedBlocks) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows of different persons to compare, in batches. A pair may be repeated. Counts the dropped blocks."""
    for each in PASSES:
        yield from pairs_of_pass(table, each, drops)


def pairs_of_pass(table: ReferralTable, each: Pass, drops: DroppedBlocks) -> Iterator[tuple[Ints, Ints]]:
    """The pairs that agree on all fields of a pass. A block that is too large is divided by further fields, and else dropped."""
    columns = [table.of(field) for field in each.agreeing]
    rows = np.flatnonzero(np.logical_and.reduce([column != NO_VALUE for column in columns]))
    key = np.zeros(len(rows), np.int64)
    for column in columns:
        key = divide(key, column[rows])
    for field in (None, *each.dividing):
        key = key if field is None else divide(key, table.of(field)[rows])
        is_crowded = yield from neighbours(table, rows, key)
        rows, key = rows[is_crowded], key[is_crowded]
    drops.rows[rows] = True
    drops.blocks += len(np.unique(key))


def divide(key: Ints, column: Ints) -> Ints:
    """The blocks divided by a column, numbered from 0 again so that numbers stay small."""
    _, numbers = np.unique(key * (int(column.max(initial=0)) + 1) + column, return_inverse=True)
    blocks: Ints = numbers.astype(np.int64)
    return blocks


def neighbours(table: ReferralTable, rows: Ints, key: Ints) -> Generator[tuple[Ints, Ints], None, Flags]:
    """The pairs of a block within the window, except pairs of two crowded rows. Returns which rows are crowded."""
    month = table.month[rows]
    stride = int(np.ptp(month)) + WINDOW + 1 if len(rows) else 1
    line = key * stride + month
    order = np.argsort(line, kind="stable")
    line = line[order]
    first, last = np.searchsorted(line, line - WINDOW, "left"), np.searchsorted(line, line + WINDOW, "right")
    is_crowded = last - first - 1 > MOST
    # Two rows of one window of which one is not crowded are at most MOST places apart.
    for apart in range(1, min(MOST, len(rows) - 1) + 1):
        here = np.flatnonzero(
            (np.arange(len(rows) - apart) + apart < last[:-apart]) & ~(is_crowded[:-apart] & is_crowded[apart:])
        )
        first_row, second_row = rows[order[here]], rows[order[here + apart]]
        different = table.person[first_row] != table.person[second_row]
        yield first_row[different], second_row[different]
    marks = np.empty(len(rows), np.bool_)
    marks[order] = is_crowded
    return marks
