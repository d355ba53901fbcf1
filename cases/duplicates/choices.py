"""What staff decide of a pair and on which evidence, with their words as Django's choices.

Functions, so that migrations carry no text.
"""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.duplicates import DIFFERENT_REASON
from cases.codelists.linking import LINK_REASON
from partners.choices import Choices, of
from partners.text import Words

PAIRS = {"SAME": Words("Én person", "One person"), "DIFFERENT": Words("To personer", "Two persons")}
# Why two persons are candidates.
EVIDENCE = {"linkage_code": Words("koblingskode", "linkage code"), "pattern": Words("sjældent mønster", "pattern")}


def pairs() -> Choices:
    """What staff decide of a pair."""
    return of(PAIRS)


def pair_reasons() -> Choices:
    """Why two cases are one person, or two."""
    return codes_of(LINK_REASON, DIFFERENT_REASON)
