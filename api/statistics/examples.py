"""Examples of the statistics, rendered by the formats themselves from figures that are made up."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from api.openapi.parts import Example
from api.openapi.schemas import BASE
from api.statistics.bodies.certificate import (
    CertificateAxisBody,
    CertificateBaseBody,
    CertificateBlockBody,
    CertificateBody,
    CertificateCellBody,
    CertificateDimensionBody,
    CertificateFactBody,
    CertificatePointBody,
    HiddenCellBody,
)
from api.statistics.bodies.changes import ChangesBody
from api.statistics.bodies.index import StatisticsIndexBody, index
from api.statistics.bodies.releases import ReleaseBody, ReleasesBody
from api.statistics.formats.form import TableFormat
from cases.dimensions import DATASETS, PRINCIPAL
from core.text import Text
from stats.counting.cube import Options
from stats.models import EXACT, PUBLIC
from stats.periods import Period
from stats.protection.verify.certificate import FORMAT
from stats.reading.announcements import NONE, Announcements, ErratumNotice
from stats.reading.cells import PublishedBounds, TableCells
from stats.reading.entries import CatalogueEntry, PeriodReleases, Telling, Terms, offer_id
from stats.reading.query import parse
from stats.reading.table import figures
from stats.revisions.changes import TableChanges, VintagePair
from stats.revisions.citation import THE_CENTRE, Citation

MOMENT = datetime(2024, 2, 1, 9, 14, 27, tzinfo=UTC)
HASH = "4f1c8a2e9b7d6053" * 4
TABLES = ("", "gender")
# The total, then women, men, and two that are hidden, of which the table tells by its symbol: no figure of anybody.
TOTAL, REST = 100, (60, 30, None, None)
COUNTS = (TOTAL, *REST)
SYMBOL, INTERVAL = 9, PublishedBounds(0, 9, 9)
WHOLE_TABLE, ONE_CELL = {"by": "gender"}, {"gender": "X"}
LISTS = Options.choose(dimensions=("gender", "age_band"))


def period(text: str) -> Period:
    period_of_text = Period.parse(text)
    if period_of_text is None:
        raise LookupError("an example is of a period")
    return period_of_text


def release(release_id: str, audience: str, of: str, announcements: Announcements = NONE) -> CatalogueEntry:
    """A release of a period (`2023`). Its vintage is the last digit of its id (`2023.p1`)."""
    return CatalogueEntry(
        release_id,
        audience,
        period(of),
        int(release_id[-1]),
        MOMENT,
        MOMENT,
        Terms({PRINCIPAL.id: TABLES}, threshold=5, deviation=5, variance=4),
        codelists=LISTS.codelists(),
        notes=announcements.codes,
        commitment=HASH,
        published_at=MOMENT,
        offered_tables=frozenset(offer_id(PRINCIPAL.id, table) for table in TABLES),
        announcements=announcements,
        tellings=(Telling(release_id, MOMENT),),
    )


def first_vintage() -> CatalogueEntry:
    """The first vintage of 2023, for everybody."""
    return release("2023.p1", PUBLIC, "2023")


def second_vintage() -> CatalogueEntry:
    """The second vintage of 2023, with an erratum."""
    notes = Text("Sene afgørelser er kommet med.", "Late decisions have been included.")
    text = Text("Titlen på tabellen efter køn var forkert.", "The title of the table by gender was wrong.")
    return release(
        "2023.p2", PUBLIC, "2023", announcements=Announcements(notes, (ErratumNotice(1, MOMENT, text, of_total=False),))
    )


def exact_release() -> ReleaseBody:
    """A release of 2023 for the centre, with its totals."""
    release = CatalogueEntry(
        "2023.v1", EXACT, period("2023"), 1, MOMENT, MOMENT, Terms.exact(LISTS), codelists=LISTS.codelists(), notes=()
    )
    body = ReleaseBody.of(release)
    body.add_totals(
        {
            "records": {each: 100 + 150 * n for n, each in enumerate(DATASETS)},
            "unresolved": {PRINCIPAL.id: {"gender": 1}},
            "cells": dict.fromkeys(DATASETS, 45),
            "digest": HASH,
        }
    )
    return body


def table(form: TableFormat) -> bytes:
    """Persons by gender, in a form. A list says every name in every row: it has one row, of a hidden cell."""
    query = parse(PRINCIPAL, {**(ONE_CELL if form.id == "list" else WHOLE_TABLE), "year": "2023"})
    shown = first_vintage()
    codes = [code.code for code in PRINCIPAL.axes["gender"].codes]
    counts = dict(zip(codes, REST, strict=True))
    hidden = {code: INTERVAL for code, value in counts.items() if value is None}
    numbers = {code: value for code, value in counts.items() if value}
    tables = {
        "": TableCells(("",), (TOTAL,), release=shown.id),
        "gender": TableCells([*numbers], [*numbers.values()], [*hidden], intervals=hidden, release=shown.id),
    }
    return form.render(
        figures(query, [PeriodReleases(shown, None, (shown,))], lambda: {shown.id: tables}, PUBLIC), "en", BASE
    )


def one_of_each() -> StatisticsIndexBody:
    """The index with one entry of each kind, but for releases: they have an example of their own."""
    whole = index([])
    dataset = whole.datasets[0]
    return replace(
        whole,
        datasets=[replace(dataset, dimensions=[each for each in dataset.dimensions if each.id == "gender"])],
        measures=whole.measures[:1],
        statuses=whole.statuses[:1],
        audiences=whole.audiences[:1],
    )


def changes() -> ChangesBody:
    """What changed in the second vintage: the total, the women, and one of whom it is hidden."""
    total = TableChanges(PRINCIPAL.id, "", ("",), (92,), (100,), (8,))
    hidden = TableChanges(PRINCIPAL.id, "gender", ("F", "X"), (52, None), (60, None), (8, None))
    return ChangesBody.of(VintagePair(second_vintage(), first_vintage()), [total, hidden])


def citation() -> Citation:
    """The second vintage, cited."""
    return Citation(second_vintage(), THE_CENTRE, f"{BASE}/api/v1/releases/2023.p2")


INDEX = Example("StatisticsIndex", "One of each, without releases", one_of_each)
RELEASES = Example("Releases", "One release", lambda: ReleasesBody([ReleaseBody.of(first_vintage())]))
EVERY_RELEASE = [
    Example("Release.vintage", "For everybody, with an erratum", lambda: ReleaseBody.of(second_vintage())),
    Example("Release.totals", "Exact, with a purpose", exact_release),
]
CHANGES = Example("Changes", "Persons by gender; made-up figures", changes)


FACT = "2023;gender=F"


def certificate() -> CertificateBody:
    """The certificate of the example table: its total, then every gender in order, the last two of them hidden."""
    release, (total, *shown) = first_vintage().id, COUNTS
    codes = [code.code for code in PRINCIPAL.axes["gender"].codes]
    names = [f"{release};TOTAL", *(f"{release};gender={code}" for code in codes)]
    sides: list[list[tuple[int, list[int]]]] = [[(0, [0])], *([(0, [0]), (1, [atom])] for atom in range(len(codes)))]
    women, rest = shown[0], (total or 0) - sum(value or 0 for value in shown)
    first, second = (atom for atom, value in enumerate(shown) if value is None)
    most, least = SYMBOL, rest - SYMBOL
    sums = [(atom, value) for atom, value in enumerate(shown) if value]
    axis = CertificateAxisBody("gender", codes, list(range(len(codes))))
    block = CertificateBlockBody(
        dimensions=[
            CertificateDimensionBody("period", ["2023-01..2023-12"], []),
            CertificateDimensionBody("gender", codes, [axis]),
        ],
        cells=[
            CertificateCellBody(
                release=release,
                id=name,
                sides=side,
                value=value,
                low=value or 0,
                high=SYMBOL if value is None else value,
            )
            for name, side, value in zip(names, sides, COUNTS, strict=True)
        ],
        facts=[
            CertificateFactBody(
                source=f"{FACT} https://example.org/annual-report-2023", id=FACT, sides=sides[1], low=women, high=women
            )
        ],
        unused=[],
        vintages=[],
        bases=[CertificateBaseBody(facts=True, values=[*sums, (first, least), (second, most)])],
        points=[
            CertificatePointBody(0, []),
            CertificatePointBody(0, [(first, most - least), (second, least - most)]),
        ],
        hidden=[hidden(names[first + 1], least, [0, 1]), hidden(names[second + 1], least, [1, 0])],
        told=[],
    )
    return CertificateBody(FORMAT, release, [release], [block])


def hidden(name: str, least: int, points: list[int]) -> HiddenCellBody:
    """A hidden cell that has the end of the symbol at most, and so at least the rest of what is left."""
    return HiddenCellBody(name, low=least, high=SYMBOL, exact=True, points=points, given_away_by_facts=False)


CERTIFICATE = Example("Certificate", "That of persons by gender", certificate)
