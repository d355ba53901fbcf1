"""The annexes of the agreements with partners: what they disclose, from the dictionary, and how long it is kept, from the rules."""

from __future__ import annotations

from cases import dictionary as d
from cases.dictionary import SCHEMA_VERSION
from core.text import Text
from oversight.processing.record import FIELDS
from oversight.retention.rules import RULES
from partners.organisations.annexes import Annex


def disclosure() -> Annex:
    """Annex 1: each field of a referral, of an assessment and of a withdrawal, and what it may tell of by articles 9 and 10."""
    heading = Text(
        f"Bilag 1: Oplysninger (dataordbogens version {SCHEMA_VERSION})",
        f"Annex 1: Information (version {SCHEMA_VERSION} of the data dictionary)",
    )
    lines = ((each.label, d.SPECIAL[each.name]) if each.name in d.SPECIAL else (each.label,) for each in FIELDS)
    return Annex(heading, tuple(Text(*map(": ".join, zip(*parts, strict=True))) for parts in lines))


def retention() -> Annex:
    """Annex 2: how long each class of data is kept."""
    lines = (Text(*map(": ".join, zip(rule.what, rule.words, strict=True))) for rule in RULES)
    return Annex(Text("Bilag 2: Opbevaring", "Annex 2: Retention"), tuple(lines))
