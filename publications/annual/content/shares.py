"""A share in words, where the words are true of it: nobody's share is "almost half" that is not.

Shares are compared as whole numbers, so that no rounding makes a claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.text import Text


@dataclass(frozen=True, slots=True)
class ShareWords:
    """Words for the shares from `least` up to `most`, both among them."""

    least: Fraction
    most: Fraction
    words: Text


def percent(least: int, most: int, da: str, en: str) -> ShareWords:
    """Words for shares between two percentages."""
    return ShareWords(Fraction(least, 100), Fraction(most, 100), Text(da, en))


# The first that holds is meant. Between them there is room: a share without words of its own is told by its number.
SHARES = (
    percent(100, 100, "Alle ofre", "All victims"),
    percent(95, 100, "Næsten alle ofre", "Almost all victims"),
    percent(72, 78, "Omkring tre ud af fire ofre", "About three in four victims"),
    percent(64, 69, "Omkring to ud af tre ofre", "About two in three victims"),
    percent(50, 50, "Halvdelen af ofrene", "Half of the victims"),
    ShareWords(
        Fraction(50, 100), Fraction(55, 100), Text("Lidt over halvdelen af ofrene", "Just over half of the victims")
    ),
    ShareWords(Fraction(45, 100), Fraction(50, 100), Text("Næsten halvdelen af ofrene", "Almost half of the victims")),
    percent(80, 95, "Langt de fleste ofre", "The vast majority of victims"),
    ShareWords(
        Fraction(55, 100), Fraction(95, 100), Text("Mere end halvdelen af ofrene", "More than half of the victims")
    ),
    percent(31, 36, "Omkring en tredjedel af ofrene", "About a third of the victims"),
    percent(23, 27, "Omkring en fjerdedel af ofrene", "About a quarter of the victims"),
)


def share_in_words(part: int, whole: int) -> Text | None:
    """`part` of `whole` persons in words; None where none are true of it."""
    if not 0 < part <= whole:
        return None
    share = Fraction(part, whole)
    return next((each.words for each in SHARES if each.least <= share <= each.most), None)
