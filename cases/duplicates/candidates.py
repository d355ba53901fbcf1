"""Candidates: pairs of persons who may be one, with reasons and a score, found in blocks. A pure function of the referrals.

**Score of a pattern**: its evidence (`cases.duplicates.weights`) less the evidence needed for even odds. Assume that a share
`TWINS` of all referrals has another referral of the same person among its w neighbours within the window. The prior odds of a pair
are then `TWINS` / w, so that even odds need log2(w / `TWINS`) bits. Two persons with several referrals get the score of their best
pair. Rivals then share the odds (`share_among_rivals`): of eleven persons met in one raid with equal records, each is the twin of
an earlier referral with a chance of at most one in eleven, however rare the records are. A score of 0 is an even chance, 3 is
8 to 1; a pair is listed from `LEAST` on.

**Equal linkage codes** make a candidate, whatever else differs and however many years lie between. A code that more than `MOST`
persons have identifies nobody: each person is then paired with the next one alone, so that there are no more pairs than persons.

A block is the set of referrals that agree in the fields of a pass. Where a referral has more than `MOST` others within its window,
the block is divided by the next field of the pass, and so on. Where the fields run out and more than `MOST` are still left, the
pattern is too common to tell one person from another, and the block is dropped, even if there were time to compare it.

So each step of a pass compares a referral with at most `MOST` others. The work grows with the number of referrals (times its
logarithm, for sorting), not with the number of pairs. Dividing blocks until they are small: McNeill, Kardes and Borthwick, *Dynamic
record blocking*, QDB 2012. Several passes, so that one field may be wrong: Christen, *Data Matching*, Springer 2012, chapter 4.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from uuid import UUID

import numpy as np

from cases import dictionary as d
from cases.duplicates import weights
from cases.duplicates.evidence import Reason
from cases.duplicates.table import NO_VALUE, Flags, Floats, Ints, ReferralRow, ReferralTable, tabulate
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


# The share of referrals with an unlinked twin. An estimate: only decisions on candidates will show it.
TWINS = 0.05
LEAST = -1.0
# Bits: of persons who could be compared, one pair in 16 million has the same names and date of birth by chance.
OF_EQUAL_CODES = 24.0


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two persons, the smaller id first."""

    first: UUID
    second: UUID
    reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The candidates, the highest score first, and counts.

    `too_common`: referrals in one of the `dropped_blocks`. `common_codes`: linkage codes of more than `MOST` persons.
    """

    candidates: tuple[CandidatePair, ...]
    referrals: int
    too_common: int
    dropped_blocks: int
    common_codes: int


def find(rows: Sequence[ReferralRow]) -> SearchResult:
    """The candidates among current referrals."""
    table = tabulate(rows)
    threshold = prior(table.month)
    code_pairs, common = by_code(rows)
    drops = DroppedBlocks(np.zeros(table.size, np.bool_))
    patterns = by_pattern(table, threshold, drops)
    candidates = [
        candidate(pair, pair in code_pairs, patterns.get(pair), threshold) for pair in code_pairs | patterns.keys()
    ]
    candidates.sort(key=lambda each: (-each.score, each.first, each.second))
    return SearchResult(tuple(candidates), table.size, int(drops.rows.sum()), drops.blocks, common)


def candidate(pair: tuple[UUID, UUID], code_pairs: bool, pattern: float | None, threshold: float) -> CandidatePair:
    """A pair with its reasons and score. The two kinds of evidence are added."""
    reasons = [*([Reason.LINKAGE_CODE] if code_pairs else []), *([Reason.PATTERN] if pattern is not None else [])]
    evidence = (OF_EQUAL_CODES if code_pairs else 0) + (threshold + pattern if pattern is not None else 0)
    return CandidatePair(*pair, tuple(reasons), round(evidence - threshold, 1))


def prior(month: Ints) -> float:
    """The bits of evidence needed for even odds."""
    line = np.sort(month)
    near = np.searchsorted(line, line + WINDOW, "right") - np.searchsorted(line, line - WINDOW, "left") - 1
    return float(np.log2(max(near.mean() if len(near) else 1, 1) / TWINS))


def by_code(rows: Sequence[ReferralRow]) -> tuple[set[tuple[UUID, UUID]], int]:
    """The pairs with equal codes, and the number of codes that more than `MOST` persons have."""
    holders = sorted({(row.digest, row.person) for row in rows if row.digest is not None})
    pairs: set[tuple[UUID, UUID]] = set()
    common = 0
    for _, group in groupby(holders, key=lambda holder: holder[0]):
        people = [person for _, person in group]
        common += len(people) > MOST
        pairs.update(combinations(people, 2) if len(people) <= MOST else pairwise(people))
    return pairs, common


def by_pattern(table: ReferralTable, threshold: float, drops: DroppedBlocks) -> dict[tuple[UUID, UUID], float]:
    """The score of each pair of persons, from their best pair of referrals, where it reaches `LEAST`."""
    key, score = best_by_pair(*join_batches(score_pairs(table, threshold, drops)))
    people = table.people
    first, second = np.divmod(key, max(len(people), 1))
    score = share_among_rivals(first, second, score)
    places = np.flatnonzero(score >= LEAST)
    pairs = zip(first[places].tolist(), second[places].tolist(), score[places].tolist(), strict=True)
    return {(people[one], people[other]): pattern_score for one, other, pattern_score in pairs}


def share_among_rivals(first: Ints, second: Ints, score: Floats) -> Floats:
    """The scores after the candidates of one person have shared the odds.

    A pair's odds o become o / (1 + r). r is the sum of the odds of its rivals: the other pairs of one of the two persons,
    whichever has more.
    """
    odds = np.exp2(score)
    size = int(second.max(initial=-1)) + 1
    total = np.bincount(first, odds, size) + np.bincount(second, odds, size)
    rivals = np.maximum(total[first], total[second]) - odds
    shares: Floats = score - np.log2(1 + np.maximum(rivals, 0))
    return shares


def score_pairs(table: ReferralTable, threshold: float, drops: DroppedBlocks) -> Iterator[tuple[Ints, Floats]]:
    """The pairs of persons of each batch, each as one number with the smaller place first, and their scores."""
    weights_of_fields = weights.weigh(table)
    for one, other in pairs(table, drops):
        score = weights_of_fields.of(table, one, other) - threshold
        enough = score >= LEAST
        first, second = table.person[one[enough]], table.person[other[enough]]
        yield np.minimum(first, second) * len(table.people) + np.maximum(first, second), score[enough]


def join_batches(batches: Iterator[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
    """All batches in one pair of arrays."""
    keys, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
    for key, score in batches:
        keys.append(key)
        scores.append(score)
    return np.concatenate(keys), np.concatenate(scores)


def best_by_pair(key: Ints, score: Floats) -> tuple[Ints, Floats]:
    different, place = np.unique(key, return_inverse=True)
    highest = np.full(len(different), -np.inf)
    np.maximum.at(highest, place, score)
    return different, highest
