"""What staff decide of a pair and on which evidence, with their words as Django's choices.

Functions, so that migrations carry no text.
"""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.duplicates import DIFFERENT_REASON
from cases.codelists.linking import LINK_REASON
from partners.choices import Choices, of
from partners.text import Text

PAIRS = {"SAME": Text("Én person", "One person"), "DIFFERENT": Text("To personer", "Two persons")}
# Why two persons are candidates.
EVIDENCE = {"linkage_code": Text("koblingskode", "linkage code"), "pattern": Text("sjældent mønster", "pattern")}


def pairs() -> Choices:
    """What staff decide of a pair."""
    return of(PAIRS)


def pair_reasons() -> Choices:
    """Why two cases are one person, or two."""
    return codes_of(LINK_REASON, DIFFERENT_REASON)
