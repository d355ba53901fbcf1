"""Candidates: pairs of persons who may be one, with reasons and a score. A pure function of the referrals.

**Score of a pattern**: its evidence (`cases.duplicates.weights`) less the evidence needed for even odds. Assume that a share
`TWINS` of all referrals has another referral of the same person among its w neighbours within the window. The prior odds of a pair
are then `TWINS` / w, so that even odds need log2(w / `TWINS`) bits. Two persons with several referrals get the score of their best
pair. Rivals then share the odds (`share_among_rivals`): of eleven persons met in one raid with equal records, each is the twin of
an earlier referral with a chance of at most one in eleven, however rare the records are. A score of 0 is an even chance, 3 is
8 to 1; a pair is listed from `LEAST` on.

**Equal linkage codes** make a candidate, whatever else differs and however many years lie between. A code that more than `MOST`
persons have identifies nobody: each person is then paired with the next one alone, so that there are no more pairs than persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from uuid import UUID

import numpy as np

from cases.duplicates import blocks, weights
from cases.duplicates.blocks import MOST, WINDOW, DroppedBlocks
from cases.duplicates.reasons import Reason
from cases.duplicates.table import Floats, Ints, ReferralRow, ReferralTable, tabulate

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
    for one, other in blocks.pairs(table, drops):
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
