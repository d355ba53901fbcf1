"""The codes of indicators with their words, as Django's choices; and a value with its unit in words, or why there is none."""

from __future__ import annotations

from decimal import Decimal

from cases.services.forms import FORMS
from cases.services.shapes import UNIT_WORDS
from core.text import Text
from partners.choices import Choices, choices_of
from publications.plans.lights import TargetDirection
from publications.plans.plans import PLANS
from stats.reading.datasets import public_datasets
from stats.reading.marks import number
from stats.reading.measures import UNITS, Measure
from stats.sums.datasets import sum_dataset_id

COMPUTED, MANUAL = "COMPUTED", "MANUAL"
SOURCES = {
    COMPUTED: Text("Beregnes af en udgivelse", "Computed from a release"),
    MANUAL: Text("Skrives ind med en kilde", "Typed in with its source"),
}
DIRECTIONS = {
    TargetDirection.UP: Text("mindst", "at least"),
    TargetDirection.DOWN: Text("højst", "at most"),
}
# Why something that was written is not published.
REFUSAL_REASONS = {
    "WRONG": Text("Noget er forkert", "Something is wrong"),
    "UNCLEAR": Text("Definitionen eller kilden er uklar", "The definition or the source is unclear"),
    "SHOWS_HIDDEN": Text("Det viser et tal, som en udgivelse skjuler", "It shows a number that a release hides"),
    "TOO_EARLY": Text("Det er for tidligt", "It is too early"),
}
PERCENT = "PER_CENT"
PERSONS_UNIT = "PERSONS"
# Those of sums are the units of counts.
INDICATOR_UNITS = {
    PERSONS_UNIT: Text("personer", "persons"),
    PERCENT: Text("procent", "per cent"),
    **{unit.name: words for unit, words in UNIT_WORDS.items()},
    "COURSES": Text("kurser", "courses"),
    "CASES": Text("sager", "cases"),
    "KRONER": Text("mio. kr.", "million kroner"),
}
# What of a dataset of sums is counted in which unit, by the dataset and the quantity.
SUM_UNITS = {
    (sum_dataset_id(form, table), each.name): each.unit.name
    for form in FORMS.values()
    for table in form.tables
    for each in table.measures
}
# What a computed indicator may ask of a cell: neither bounds nor changes, which are of two releases.
MEASURES = (Measure.COUNT, Measure.SHARE)


def datasets() -> Choices:
    """What computed indicators may be asked of."""
    return choices_of({each.id: each.label for each in public_datasets() if not each.drawn_from})


PLAN_CODES = choices_of({each.id: each.label for each in PLANS.values()})
MEASURE_CODES = choices_of({each: UNITS[each].label for each in MEASURES})


LEAST = Text("mindst", "at least")
NOT_SHOWN = Text("vises ikke", "not shown")
WITHDRAWN = Text("vises ikke: udgivelsen er trukket tilbage", "not shown: the release is withdrawn")


def value_words(value: Decimal | None, unit: str, language: str, is_least: bool = False) -> str:
    """A value with its unit: `12,5 procent`, `mindst 12 opkald`. Without a value that it is not shown."""
    if value is None:
        return NOT_SHOWN(language)
    shown = number(int(value) if value == int(value) else value.normalize(), language)
    words = f"{shown} {INDICATOR_UNITS[unit](language)}"
    return f"{LEAST(language)} {words}" if is_least else words
