"""Examples of the statistics, rendered by the formats themselves from figures that are made up."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from api.formats import CSV, JSON_STAT, LIST, Format
from api.statistics import grammar, listed_body
from cases.statistics.catalogue import Listed, Shown
from cases.statistics.dimensions import PERSONS
from cases.statistics.measures import Measure, Status
from cases.statistics.options import Options
from cases.statistics.periods import Period
from cases.statistics.query import parse
from cases.statistics.read import Column, Figures, sides_of

MOMENT = datetime(2024, 2, 1, 9, 14, 27, tzinfo=UTC)
DIGEST = "4f1c8a2e9b7d6053" * 4
SHOWN_DIMENSIONS = ("gender", "age_band")
# The total, then women, men, others and not known: no figure of anybody.
COUNTS = [100, 60, 30, 6, 4]


def release() -> Listed:
    """A release of 2023."""
    period = Period.parse("2023")
    if period is None:
        raise LookupError("2023 is a period")
    options = Options.chosen(dimensions=SHOWN_DIMENSIONS)
    return Listed("2023.v1", period, 1, MOMENT, MOMENT, options, options.codelists(), (), DIGEST)


def figures() -> Figures:
    """Persons by gender."""
    query = parse(PERSONS, {"by": "gender", "year": "2023"})
    column = Column(Measure.COUNT, list(COUNTS), [Status.NORMAL] * len(COUNTS))
    return Figures(query, (Shown(release(), None),), sides_of(query), (column,))


def rendered(form: Format) -> str:
    """The example in a form."""
    return form.render(figures(), "en").decode()


def index() -> dict[str, Any]:
    """The grammar with one dataset and two of its dimensions."""
    whole = grammar()
    dataset = whole["datasets"][0]
    few = [dimension for dimension in dataset["dimensions"] if dimension["id"] in SHOWN_DIMENSIONS]
    return {**whole, "datasets": [{**dataset, "dimensions": few}], "releases": [listed_body(release(), digests=False)]}


def bodies() -> dict[str, tuple[str, Any]]:
    """Name of the component, summary, value."""
    one, exact = listed_body(release(), digests=False), listed_body(release(), digests=True)
    totals = {"records": {"persons": 100, "referrals": 250}, "cells": {"persons": 45, "referrals": 45}}
    return {
        "StatisticsIndex": ("Two dimensions of one dataset", index()),
        "JsonStat": ("Persons by gender; made-up figures", json.loads(rendered(JSON_STAT))),
        "FlatRows": ("The same as a list", json.loads(rendered(LIST))),
        "Csv": ("The same as CSV", rendered(CSV)),
        "Releases": ("One release", {"items": [one]}),
        "Release": ("Without figures", one),
        "Release.totals": ("With a purpose", {**exact, **totals}),
    }
