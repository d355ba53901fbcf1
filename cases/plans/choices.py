"""The codes of indicators with their words, as Django's choices. Functions, so that migrations carry no text."""

from __future__ import annotations

from cases.dimensions import protected_datasets
from cases.plans.lights import TargetDirection
from cases.plans.plans import PLANS
from cases.statistics.reading.measures import UNITS, Measure
from partners.choices import Choices, of
from partners.text import Text

COMPUTED, MANUAL = "COMPUTED", "MANUAL"
SOURCES = {
    COMPUTED: Text("Beregnes af en udgivelse", "Computed from a release"),
    MANUAL: Text("Skrives ind med en kilde", "Typed in with its source"),
}
DIRECTIONS = {
    TargetDirection.UP: Text("mindst", "at least"),
    TargetDirection.DOWN: Text("højst", "at most"),
}
PERCENT = "PER_CENT"
INDICATOR_UNITS = {
    "PERSONS": Text("personer", "persons"),
    PERCENT: Text("procent", "per cent"),
    "CALLS": Text("opkald", "calls"),
    "CONTACTS": Text("kontakter", "contacts"),
    "REFERRALS": Text("henvisninger", "referrals"),
    "PLACES": Text("pladser", "places"),
    "COURSES": Text("kurser", "courses"),
    "CASES": Text("sager", "cases"),
    "DAYS": Text("dage", "days"),
    "KRONER": Text("mio. kr.", "million kroner"),
}
# What a computed indicator may ask of a cell: neither bounds nor changes, which are of two releases.
MEASURES = (Measure.COUNT, Measure.SHARE)


def plans() -> Choices:
    """The plans, the newest first."""
    return of({each.id: each.label for each in PLANS.values()})


def sources() -> Choices:
    """Where observations come from."""
    return of(SOURCES)


def directions() -> Choices:
    """Whether more is better."""
    return of(DIRECTIONS)


def units() -> Choices:
    """What a value counts."""
    return of(INDICATOR_UNITS)


def datasets() -> Choices:
    """What computed indicators may be asked of."""
    return of({each.id: each.label for each in protected_datasets()})


def measures() -> Choices:
    """What of a cell is asked."""
    return of({each: UNITS[each].label for each in MEASURES})
