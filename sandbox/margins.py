"""The complete margins of each published year: published figures first, then what follows from them, then assumptions.

Every number that no source gives is a `Completion` with its reason. It is printed when a sandbox is loaded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from stats import published
from stats.published import Figure, FigureKind

# The age groups of the margins; a published group (under 25, adults) sums some of them.
UNDER_18, UNDER_25, FROM_25 = "Y_LT18", "Y18T24", "Y_GE25"
_AGE_GROUPS = {"Y_LT18": {UNDER_18}, "Y_LT25": {UNDER_18, UNDER_25}, "Y_GE18": {UNDER_25, FROM_25}}

MARGINS = ("gender", "exploitation", "age_band")


@dataclass(frozen=True, slots=True)
class Completion:
    """A number that no source gives. `follows`: published figures allow no other number."""

    year: int
    dimension: str
    code: str
    count: int
    why: str
    follows: bool = False

    def __str__(self) -> str:
        manner = "follows" if self.follows else "assumed"
        return f"{self.year} {self.dimension} {self.code} {self.count}: {manner}, {self.why}"


def _assume(year: int, dimension: str, why: str, **counts: int) -> tuple[Completion, ...]:
    return tuple(Completion(year, dimension, code, count, why) for code, count in counts.items())


def _follows(year: int, dimension: str, why: str, **counts: int) -> tuple[Completion, ...]:
    return tuple(Completion(year, dimension, code, count, why, follows=True) for code, count in counts.items())


_BY_AGE = "minors and adults of each sex as UNODC publishes them"
_REST = "the rest of the total, divided without a source"
_ADULTS = "adults divided at 25 without a source, near the years that publish it"
_SUBTRACTED = "under 25 less under 18"
_ALL_OTHERS = "total less under 25"

COMPLETIONS: tuple[Completion, ...] = (
    *_follows(2015, "gender", _BY_AGE, F=51, M=42),
    *_follows(2016, "gender", _BY_AGE, F=114),
    *_assume(2016, "gender", "8 minors and 113 adults, of whom UNODC publishes fewer than five for each age", M=6, X=1),
    *_assume(2023, "gender", "labour is published (14 men, 9 women); the others like 2022", F=72, M=38, X=2),
    *_assume(2015, "exploitation", _REST, LABOUR=4, CRIMINAL=37, _O=2, _U=1),
    *_assume(2016, "exploitation", _REST, LABOUR=2, CRIMINAL=4, _O=2, _U=1),
    *_assume(2018, "exploitation", _REST, _O=7, _U=5),
    *_assume(2020, "exploitation", _REST, _O=4, _U=7),
    *_assume(2021, "exploitation", _REST, _O=2, _U=5),
    *_assume(2022, "exploitation", _REST, CRIMINAL=9, SLAVERY=2, _O=5, _U=7),
    *_assume(2023, "exploitation", _REST, CRIMINAL=17, SLAVERY=5, _O=4, _U=5),
    *_assume(2015, "age_band", _ADULTS, Y18T24=30, Y_GE25=57),
    *_assume(2016, "age_band", _ADULTS, Y18T24=41, Y_GE25=72),
    *_assume(2017, "age_band", _ADULTS, Y18T24=24, Y_GE25=71),
    *_assume(2018, "age_band", _ADULTS, Y18T24=20, Y_GE25=67),
    *_assume(2019, "age_band", _ADULTS, Y18T24=14, Y_GE25=44),
    *_assume(2020, "age_band", _ADULTS, Y18T24=17, Y_GE25=51),
    *_follows(2021, "age_band", _SUBTRACTED, Y18T24=13),
    *_follows(2021, "age_band", _ALL_OTHERS, Y_GE25=62),
    *_follows(2022, "age_band", _SUBTRACTED, Y18T24=21),
    *_follows(2022, "age_band", _ALL_OTHERS, Y_GE25=46),
    *_follows(2023, "age_band", _SUBTRACTED, Y18T24=23),
    *_follows(2023, "age_band", _ALL_OTHERS, Y_GE25=86),
)

# The published details of a form in a year; all others are drawn.
DETAILS: dict[tuple[int, str], dict[str, int]] = {
    (2018, "CRIMINAL"): {"CRIMINAL_THEFT": 6, "CRIMINAL_CANNABIS": 1, "CRIMINAL_FRAUD": 1},
    (2019, "CRIMINAL"): {"CRIMINAL_THEFT": 3, "CRIMINAL_DRUGS": 1, "CRIMINAL_OTHER": 1},
    (2023, "LABOUR"): {"LABOUR_F": 12, "LABOUR_CLEANING": 3, "LABOUR_I": 4, "LABOUR_A": 3, "LABOUR_C": 1},
}


def total(year: int) -> int:
    """Persons identified in a published year."""
    count = published.total(year)
    if count is None:
        raise LookupError(f"no total is published for {year}")
    return count


def margin(year: int, dimension: str) -> Counter[str]:
    """The completed margin of a dimension: counts by code that add up to the year's total."""
    counts: Counter[str] = Counter()
    for figure in published.of_year(year, FigureKind.FINAL, FigureKind.DERIVED):
        if figure.is_exact and figure.dimensions == (dimension,) and len(codes := codes_of(figure, dimension)) == 1:
            counts[next(iter(codes))] = figure.count
    for completion in completions(year):
        if completion.dimension == dimension:
            counts[completion.code] = completion.count
    return counts


def completions(year: int) -> tuple[Completion, ...]:
    return tuple(completion for completion in COMPLETIONS if completion.year == year)


def codes_of(figure: Figure, dimension: str) -> frozenset[str]:
    """The codes of the completed margin of which a published category is the sum."""
    codes_named = dict(figure.cell)[dimension]
    if dimension == "age_band":
        return frozenset().union(*(_AGE_GROUPS[code] for code in codes_named))
    return frozenset(codes_named)
