"""Weights: how much evidence it is, in bits, that two referrals agree or differ in a field.

Fellegi and Sunter, *A theory for record linkage*, JASA 64 (1969): a field in which both have the value v weighs log2(m / u), where
m is how often two records of one person agree and u how often two records of different persons do. A field in which they differ
weighs log2((1 - m) / (1 - u)). After Newcombe et al., *Automatic linkage of vital records*, Science 130 (1959), u is the frequency
of v itself: agreement on a rare value weighs more, about log2(1 / frequency). Weights are added; a pair with more evidence than the
prior odds require is a candidate (Sayers et al., *Probabilistic record linkage*, Int. J. Epidemiol. 45 (2016)). A field that one of
the two does not know weighs nothing, for or against.

Adding assumes that fields are independent among different persons. They are not. So where two referrals also agree on the field
that this one depends on most (`ComparedField.condition`), the frequency is counted among the referrals with that value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cases.codelists import AGE_BAND
from cases.duplicates.table import COMPARED, NO_VALUE, PLACE, ComparedField, Floats, Ints, ReferralTable
from cases.months import FIRST_MONTH

# Age: two referrals of one person have the same band, or the next one in a later month, or one of them knows only whether the
# person is under 18.
BY_MAJORITY, NEXT_BAND, OTHER_BAND = 0.97, 0.08, 0.02
LADDER = tuple(code for code in AGE_BAND.names if not code.startswith("_"))
SAME_MONTH, FIRST_EARLIER, FIRST_LATER = range(3)


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """The weights of one field. `alone[v]`: for agreement on v. `within[g, v]`: the same, where both also agree on g in `given`."""

    place: int
    alone: Floats
    differing: float
    condition: int | None = None
    within: Floats | None = None

    def of(self, table: ReferralTable, first: Ints, second: Ints) -> Floats:
        """The weight of each pair of rows."""
        one, other = table.codes[self.place][first], table.codes[self.place][second]
        bits_of_pair = self.alone[one]
        if self.condition is not None and self.within is not None:
            same, also = table.codes[self.condition][first], table.codes[self.condition][second]
            bits_of_pair = np.where((same == also) & (same != NO_VALUE), self.within[same, one], bits_of_pair)
        silent = (one == NO_VALUE) | (other == NO_VALUE)
        weight: Floats = np.where(silent, 0.0, np.where(one == other, bits_of_pair, self.differing))
        return weight


@dataclass(frozen=True, slots=True)
class AgeWeights:
    """The weights of age bands: `table[o, a, b]`, where `o` says which of the two referrals is earlier."""

    place: int
    table: Floats

    def of(self, table: ReferralTable, first: Ints, second: Ints) -> Floats:
        """The weight of each pair of rows."""
        one, other = table.codes[self.place][first], table.codes[self.place][second]
        order = np.sign(table.month[second] - table.month[first])
        turn = np.select([order > 0, order < 0], [FIRST_EARLIER, FIRST_LATER], SAME_MONTH)
        weight: Floats = self.table[turn, one, other]
        return weight


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of all fields in a table."""

    fields: tuple[FieldWeights | AgeWeights, ...]

    def of(self, table: ReferralTable, first: Ints, second: Ints) -> Floats:
        """The bits of evidence of each pair of rows."""
        total = np.zeros(len(first))
        for field in self.fields:
            total += field.of(table, first, second)
        return total


def weigh(table: ReferralTable) -> Weights:
    """The weights that follow from the frequencies of a table's codes."""
    return Weights(
        tuple(of_age(table) if each.field.codelist is AGE_BAND else of_field(table, each) for each in COMPARED)
    )


def of_field(table: ReferralTable, each: ComparedField) -> FieldWeights:
    """The bits for agreeing on each code, and those for differing. With a condition, there is a row for each of its codes."""
    place = PLACE[each.field.name]
    codes, names = table.codes[place], table.names[place]
    shares = share(np.bincount(codes, minlength=len(names)))
    chance = float((shares**2).sum())
    differing = float(np.log2((1 - each.agreement) / max(1 - chance, 1 - each.agreement)))
    alone = bits(each.agreement, shares)
    if each.condition is None:
        return FieldWeights(place, alone, differing)
    condition = PLACE[each.condition.name]
    size = len(table.names[condition])
    counts = np.bincount(table.codes[condition] * len(names) + codes, minlength=size * len(names)).reshape(
        size, len(names)
    )
    return FieldWeights(
        place, alone, differing, condition, np.stack([bits(each.agreement, share(row)) for row in counts])
    )


def share(counts: Ints) -> Floats:
    """The share of each code among the rows with a known value."""
    floats = counts.astype(np.float64)
    floats[NO_VALUE] = 0
    shares: Floats = floats / max(floats.sum(), 1)
    return shares


def bits(agreement: float, shares: Floats) -> Floats:
    """log2(m / u) where u is not 0. Agreement never counts against a pair."""
    logarithms: Floats = np.log2(np.maximum(agreement / np.where(shares > 0, shares, 1), 1))
    return logarithms


def of_age(table: ReferralTable) -> AgeWeights:
    """The weights of age bands. A person grows out of a band, and some bands say only under or over 18."""
    place = PLACE[next(each.field.name for each in COMPARED if each.field.codelist is AGE_BAND)]
    names = table.names[place]
    shares = dict(zip(names, share(np.bincount(table.codes[place], minlength=len(names))), strict=True))
    bits_of_pairs = np.zeros((3, len(names), len(names)))
    for order in range(3):
        for first, one in enumerate(names):
            for second, other in enumerate(names):
                bits_of_pairs[order, first, second] = of_bands(one, other, order, shares) if one and other else 0.0
    return AgeWeights(place, bits_of_pairs)


def of_bands(one: str, other: str, order: int, shares: dict[str, float]) -> float:
    """The weight of two bands: equal, one known only as under or over 18, the next band in a later month, or other bands."""
    agreement = next(each.agreement for each in COMPARED if each.field.codelist is AGE_BAND)
    if one == other and one in LADDER:
        return max(float(np.log2(agreement / shares[one])), 0.0)
    if not {one, other} <= set(LADDER):
        majority = sum(share for name, share in shares.items() if name and side(name) == side(one))
        return (
            max(float(np.log2(BY_MAJORITY / majority)), 0.0) if side(one) == side(other) else float(np.log2(OTHER_BAND))
        )
    younger, older = (one, other) if order == FIRST_EARLIER else (other, one)
    if order != SAME_MONTH and LADDER.index(older) == LADDER.index(younger) + 1:
        return float(np.log2(NEXT_BAND / shares[older]))
    return float(np.log2(OTHER_BAND))


def side(band: str) -> str:
    """Under or over 18."""
    return AGE_BAND.levels[0].parent_of(band, FIRST_MONTH)
