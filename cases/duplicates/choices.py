"""Decisions on pairs, their reasons and the kinds of evidence, with labels as Django's choices.

Choices are functions, so that migrations contain no text.
"""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.duplicates import DIFFERENT_REASON
from cases.codelists.linking import LINK_REASON
from core.text import Text
from partners.choices import Choices, of

PAIRS = {"SAME": Text("Én person", "One person"), "DIFFERENT": Text("To personer", "Two persons")}
# Why two persons are candidates.
EVIDENCE = {
    "linkage_code": Text("samme koblingskode", "the same linkage code"),
    "pattern": Text("sjældent mønster i oplysningerne", "a rare pattern of values"),
}


def pairs() -> Choices:
    """The decisions on a pair."""
    return of(PAIRS)


def pair_reasons() -> Choices:
    """The reasons for either decision."""
    return codes_of(LINK_REASON, DIFFERENT_REASON)
