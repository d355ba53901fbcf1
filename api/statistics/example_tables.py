"""Examples of the statistics, rendered by the formats themselves from figures that are made up."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from api.openapi.words import BASE
from api.statistics.changes import body as changes_body
from api.statistics.citations import whole
from api.statistics.elsewhere import figures_body
from api.statistics.example_certificate import certificate
from api.statistics.formats.formats import CSV, JSON_STAT, LIST, Format
from api.statistics.releases import listed_body
from api.statistics.tables import grammar
from cases.dimensions import PERSONS
from cases.statistics.counting.options import Options
from cases.statistics.models import AUTHORITY, EXACT, PUBLIC
from cases.statistics.periods import Period
from cases.statistics.reading import elsewhere, history
from cases.statistics.reading.catalogue import WITHDRAWN, Listed, Shown, offer_id
from cases.statistics.reading.measures import Measure, count
from cases.statistics.reading.query import parse
from cases.statistics.reading.table import Column, Figures, sides_of
from cases.statistics.reading.terms import Terms
from cases.statistics.reading.told import ERRATUM, SILENT, Erratum, Told, Withdrawn
from cases.statistics.revisions.changes import Pair, Table
from cases.statistics.revisions.citation import THE_CENTRE, Citation
from partners.text import Text

MOMENT = datetime(2024, 2, 1, 9, 14, 27, tzinfo=UTC)
HASH = "4f1c8a2e9b7d6053" * 4
SHOWN_DIMENSIONS = ("gender", "age_band")
TABLES = ("", "gender")
# The total, then women, men, and two that are hidden: no figure of anybody.
COUNTS = (100, 60, 30, None, None)
LISTS = Options.chosen(dimensions=SHOWN_DIMENSIONS)


def exact_release() -> Listed:
    """A release of 2023 for the centre."""
    return Listed("2023.v1", EXACT, period("2023"), 1, MOMENT, MOMENT, LISTS, codelists=LISTS.codelists(), notes=())


def release(release_id: str, audience: str, of: str, withdrawn: Withdrawn | None = None, told: Told = SILENT) -> Listed:
    """A protected release."""
    return Listed(
        release_id,
        audience,
        period(of),
        int(release_id[-1]),
        MOMENT,
        MOMENT,
        Terms({PERSONS.id: TABLES}, threshold=5, deviation=5, variance=4),
        codelists=LISTS.codelists(),
        notes=(*([WITHDRAWN] if withdrawn else []), *([ERRATUM] if told.errata else [])),
        commitment=HASH,
        published_at=MOMENT,
        withdrawn=withdrawn,
        offered=frozenset(offer_id(PERSONS.id, table) for table in TABLES),
        told=told,
    )


def period(text: str) -> Period:
    """A period."""
    found = Period.parse(text)
    if found is None:
        raise LookupError("an example is of a period")
    return found


def figures() -> Figures:
    """Persons by gender."""
    query = parse(PERSONS, {"by": "gender", "year": "2023"})
    pairs = [count(number) for number in COUNTS]
    column = Column(Measure.COUNT, [value for value, _ in pairs], [status for _, status in pairs])
    shown = release("2023.p1", PUBLIC, "2023")
    return Figures(query, (Shown(shown, None, (shown,)),), sides_of(query), (column,), PUBLIC)


def rendered(form: Format) -> str:
    """The example in a form."""
    return form.render(figures(), "en", BASE).decode()


def index() -> dict[str, Any]:
    """The grammar with one dataset and two of its dimensions."""
    whole = grammar()
    dataset = whole["datasets"][0]
    few = [dimension for dimension in dataset["dimensions"] if dimension["id"] in SHOWN_DIMENSIONS]
    releases = [listed_body(release("2023.p1", PUBLIC, "2023"))]
    return {**whole, "datasets": [{**dataset, "dimensions": few}], "releases": releases}


def elsewhere_body() -> dict[str, Any]:
    """The preliminary figures of 2022, with their source."""
    found = next(one for one in elsewhere.releases() if one.id == "2022.e1")
    return {**listed_body(history.listed(found)), **figures_body(found)}


def second() -> Listed:
    """The second vintage of 2023, with an erratum."""
    notes = Text("Sene afgørelser er kommet med.", "Late decisions have been included.")
    said = Text("Titlen på tabellen efter køn var forkert.", "The title of the table by gender was wrong.")
    return release("2023.p2", PUBLIC, "2023", told=Told(notes, (Erratum(1, MOMENT, said),)))


def changes() -> dict[str, Any]:
    """What changed in it: the total, the women, and one of whom it is hidden."""
    total = Table(PERSONS.id, "", ("",), (92,), (100,), (8,))
    hidden = Table(PERSONS.id, "gender", ("F", "X"), (52, None), (60, None), (8, None))
    return changes_body(Pair(second(), release("2023.p1", PUBLIC, "2023")), [total, hidden])


def bodies() -> dict[str, tuple[str, Any]]:
    """Name of the component, summary, value."""
    public, exact = listed_body(release("2023.p1", PUBLIC, "2023")), listed_body(exact_release())
    authority = listed_body(release("2023-Q4.a1", AUTHORITY, "2023-Q4"))
    gone = listed_body(release("2023.p1", PUBLIC, "2023", Withdrawn(MOMENT, "Late decisions were missing.", "2023.p2")))
    later = listed_body(second())
    cited = Citation(second(), THE_CENTRE, f"{BASE}/api/v1/releases/2023.p2")
    counted = {"records": {"persons": 100, "referrals": 250}, "cells": {"persons": 45, "referrals": 45}}
    totals = {**counted, "unresolved": {"gender": 1}, "digest": HASH}
    return {
        "StatisticsIndex": ("Two dimensions of one dataset", index()),
        "JsonStat": ("Persons by gender; made-up figures", json.loads(rendered(JSON_STAT))),
        "FlatRows": ("The same as a list", json.loads(rendered(LIST))),
        "Csv": ("The same as CSV", rendered(CSV)),
        "Releases": ("One release", {"items": [public]}),
        "Release": ("For everybody", public),
        "Release.withdrawn": ("Withdrawn", gone),
        "Release.vintage": ("A later vintage, with an erratum", later),
        "Release.authority": ("For authorities", authority),
        "Release.totals": ("Exact, with a purpose", {**exact, **totals}),
        "Release.elsewhere": ("Published elsewhere", elsewhere_body()),
        "Changes": ("Persons by gender; made-up figures", changes()),
        "Citation": ("In all forms", whole(cited, "en")),
        "Bibtex": ("As BibTeX", cited.bibtex("en")),
        "CslItems": ("As CSL-JSON", cited.csl("en")),
        "Certificate": ("That of persons by gender", certificate("2023.p1", COUNTS)),
    }
