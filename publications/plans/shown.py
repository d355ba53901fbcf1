"""Targets, baselines and queries of indicators in words."""

from __future__ import annotations

from cases.dimensions import Axis
from core.text import Text
from publications.plans.choices import COMPUTED, DIRECTIONS
from publications.plans.models import PlanIndicator
from publications.plans.values import value_words
from stats.reading.datasets import READABLE
from stats.reading.measures import UNITS, Measure

IN_YEAR = Text("{} i {}", "{} in {}")
EVERYBODY = Text("alle", "all")


def baseline_words(indicator: PlanIndicator, language: str) -> str:
    """The baseline in words: `80 personer i 2021`."""
    value = value_words(indicator.baseline_value, indicator.unit, language)
    return IN_YEAR(language).format(value, indicator.baseline_year)


def target_words(indicator: PlanIndicator, language: str) -> str:
    """The target in words: `mindst 100 personer i 2025`."""
    value = value_words(indicator.target_value, indicator.unit, language)
    return IN_YEAR(language).format(f"{DIRECTIONS[indicator.path.direction](language)} {value}", indicator.due_year)


def query_words(indicator: PlanIndicator, language: str) -> str:
    """What a computed indicator asks of a release; nothing of one that is typed in."""
    if indicator.source != COMPUTED:
        return ""
    dataset = READABLE[indicator.dataset]
    cells = [cell_words(dataset.axes[axis], code, language) for axis, code in indicator.filters.items()]
    measure = UNITS[Measure(indicator.measure)].label(language)
    return f"{measure}: {dataset.label(language)} ({', '.join(cells) or EVERYBODY(language)})"


def cell_words(axis: Axis, code: str, language: str) -> str:
    """A code with what it is a code of: `Køn: Kvinde`."""
    label = next(each.label(language) for each in axis.codes if each.code == code)
    return f"{axis.label(language)}: {label}"
