"""Decisions on pairs, their reasons and the kinds of evidence, with labels as Django's choices."""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.duplicates import DIFFERENT_REASON
from cases.codelists.linking import LINK_REASON
from core.text import Text

PAIRS = {"SAME": Text("Én person", "One person"), "DIFFERENT": Text("To personer", "Two persons")}
# Why two persons are candidates.
EVIDENCE = {
    "linkage_code": Text("samme koblingskode", "the same linkage code"),
    "pattern": Text("sjældent mønster i oplysningerne", "a rare pattern of values"),
}
PAIR_REASONS = codes_of(LINK_REASON, DIFFERENT_REASON)
