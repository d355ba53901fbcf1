"""The pages of releases: which one holds, what is wrong with it, and its proof, which is checked before the reader's eyes."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from django.test import Client

from cases.dimensions import PERSONS
from pages.public import proof
from pages.public.proof_words import CHECKS
from stats.models import AUTHORITY, PUBLIC
from stats.protection.verify.certificate import check_certificate
from stats.protection.verify.certified_cells import compare_with_certificates
from stats.protection.verify.tables import DownloadedTable, table_of
from stats.reading import catalogue, published_figures
from stats.reading.entries import CatalogueEntry
from stats.reading.proof_check import ProofCheck, as_downloaded, check_proof
from tests.pages.addresses import PLACES
from tests.pages.tables import rows
from tests.pages.test_public import MARCH, page
from tests.stats.published import Cells, Pair, publish, say_erratum, withdraw

pytestmark = pytest.mark.django_db
APRIL = MARCH.replace(month=4)
# 100 persons of whom 60 are women; the rest is hidden.
GENDER: Cells = {"F": 60, "M": None, "X": None, "_U": 0}
TOLD = {"gender": {"M": (0, 9), "X": (31, 40)}}
TABLES: dict[str, Cells] = {"": {"": 100}, "gender": GENDER}
SEX = ("F", "M", "X", "_U")


def certificate(release: str) -> dict[str, Any]:
    """The certificate of these tables, as it would be built."""
    values = [
        ("TOTAL", [[0, [0]]], 100),
        *((f"gender={c}", [[0, [0]], [1, [n]]], GENDER[c]) for n, c in enumerate(SEX)),
    ]
    bounds = {"gender=M": (0, 9), "gender=X": (10, None)}
    cells = [
        {
            "release": release,
            "id": f"{release};{name}",
            "sides": sides,
            "value": value,
            "low": bounds.get(name, (value, value))[0],
            "high": bounds.get(name, (value, value))[1],
        }
        for name, sides, value in values
    ]
    axis = {"id": "gender", "codes": list(SEX), "of_atom": [0, 1, 2, 3]}
    hidden = {"exact": True, "given_away_by_facts": False}
    block = {
        "dimensions": [
            {"id": "period", "atoms": ["2023-01..2023-12"], "axes": []},
            {"id": "gender", "atoms": list(SEX), "axes": [axis]},
        ],
        "cells": cells,
        "facts": [],
        "unused": [],
        "vintages": [],
        "bases": [{"facts": True, "values": [[0, 60], [1, 0], [2, 40]]}],
        "points": [{"base": 0, "change": []}, {"base": 0, "change": [[1, 9], [2, -9]]}],
        "hidden": [
            {"id": f"{release};gender=M", "low": 0, "high": 9, "points": [0, 1], **hidden},
            {"id": f"{release};gender=X", "low": 31, "high": 40, "points": [1, 0], **hidden},
        ],
        "told": [{"id": f"{release};gender=X", "low": 31, "high": 40, "points": [1, 0], "exact": True}],
    }
    return {"format": "henvis-certificate/3", "release": release, "given": [release], "blocks": [block]}


def release_2023(proof: dict[str, Any] | None = None, vintage: int = 1) -> Any:
    """The year 2023, with its proof or another."""
    body = proof or certificate(f"2023.p{vintage}")
    return publish(PUBLIC, "2023", TABLES, vintage, symbols={"gender": 9}, told=TOLD, when=MARCH, certificate=body)


def erratum(release: Any) -> None:
    """Say that something is wrong with it."""
    say_erratum(release, "Køn er talt forkert.", "Gender was miscounted.")


def test_the_list_says_of_each_release_when_it_came_and_whether_it_holds() -> None:
    first = release_2023()
    publish(PUBLIC, "2022", {"": {"": 40}}, when=MARCH)
    second = release_2023(vintage=2)
    text = page("/da/udgivelser/")
    assert rows(text)[1:4] == [
        ["2023.p2", "2023", "2", "1. marts 2024", "Gældende"],
        ["2023.p1", "2023", "1", "1. marts 2024", "Erstattet af 2023.p2"],
        ["2022.p1", "2022", "1", "1. marts 2024", "Gældende"],
    ]
    assert {row[0]: row[4] for row in rows(text)}["2023.x1"] == "Vores tal: 2023.p2"
    assert '<a href="/da/udgivelser/2023.p1/">' in text and '<a href="/en/releases/" lang="en"' in text
    withdraw(first, second)
    assert [
        "2023.p1",
        "2023",
        "1",
        "1 March 2024",
        "Withdrawn, replaced by 2023.p2. Reason: Late decisions were missing.",
    ] in rows(page("/en/releases/"))


def test_the_page_of_a_release_says_what_it_is_and_leads_to_its_tables_as_they_were() -> None:
    release_2023()
    text = page("/en/releases/2023.p1/")
    assert "Figures of persons from 1 to 4 are not shown, except where the value is not known." in text
    assert "/api/v1/releases/2023.p1/citation?format=bibtex" in text
    (address,) = re.findall(r'<a href="([^"]*)">Persons identified as victims of human trafficking by gender</a>', text)
    assert address == "/en/statistics/persons/?by=gender&release=2023.p1"
    assert ["Female", "60", "60"] in rows(page(address))
    release_2023(vintage=2)
    assert '<a href="/en/releases/2023.p2/">2023.p2</a>: Current' in page("/en/releases/2023.p1/")


def test_what_others_published_has_a_page_with_its_sources_and_no_proof() -> None:
    text = page("/en/releases/2020.x2/")
    assert "Sources" in text and "https://" in text and "Check the proof" not in text
    page("/en/releases/2020.x2/proof/", status=404)


@pytest.mark.parametrize("name", ["2023.p9", "nonsense", "latest", "2023-Q1.a1", "%00"])
def test_a_release_that_is_not_for_everybody_has_no_page(name: str) -> None:
    publish(AUTHORITY, "2023-Q1", {"": {"": 31}}, when=MARCH)
    for tail in ("", "proof/"):
        page(f"/en/releases/{name}/{tail}", status=404)


def test_a_proof_is_checked_before_the_reader_and_an_example_is_worked() -> None:
    release_2023()
    text = page("/en/releases/2023.p1/proof/")
    assert "The proof holds" in text and "FAILED" not in text
    assert "2 hidden figures: for each of them there are two different numbers" in text
    lines = rows(text)
    assert lines[:5] == [
        ["Gender", "Published", "First possibility", "Second possibility"],
        ["Total", "100", "100", "100"],
        ["Female", "60", "60", "60"],
        ["Male (hidden, differs in the two)", "0–9", "0", "9"],
        ["Transgender or other", "[c]", "40", "31"],
    ]
    assert ["Persons identified as victims of human trafficking by gender", "5", "2", "agrees with the proof"] in lines


def other_proof(**changes: Any) -> dict[str, Any]:
    """The proof with other members of its block."""
    proof = copy.deepcopy(certificate("2023.p1"))
    proof["blocks"][0] |= changes
    return proof


@pytest.mark.parametrize(
    "proof",
    [
        # The second set of numbers has not as many persons as were published.
        other_proof(points=[{"base": 0, "change": []}, {"base": 0, "change": [[1, 9]]}]),
        # A hidden cell without any.
        other_proof(hidden=certificate("2023.p1")["blocks"][0]["hidden"][:1]),
        # Of other figures than those that the table has.
        json.loads(
            json.dumps(certificate("2023.p1"))
            .replace("60", "61")
            .replace("[2, 40]", "[2, 39]")
            .replace("40", "39")
            .replace("31", "30")
        ),
        {"format": "henvis-certificate/3", "release": "2023.p1", "given": ["2023.p1"], "blocks": []},
        {"format": "another"},
    ],
    ids=["sums", "lacking", "of other figures", "empty", "unreadable"],
)
def test_a_proof_that_does_not_hold_is_told_to_be_wrong_and_nothing_is_claimed(proof: dict[str, Any]) -> None:
    release_2023(proof)
    text = page("/en/releases/2023.p1/proof/")
    assert "The check found errors" in text and "FAILED" in text
    assert "The proof holds" not in text and "two different numbers" not in text and "First possibility" not in text
    assert "Kontrollen fandt fejl" in page("/da/udgivelser/2023.p1/bevis/")


def test_a_table_is_checked_as_it_is_answered() -> None:
    """What the page holds against the proof is what the verifier reads of the download."""
    release_2023()
    (release,) = catalogue.of_periods((PUBLIC,), "2023")[:1]
    for figures in published_figures.every_table(release, PERSONS):
        by = f"by={figures.query.by[0].id}&" if figures.query.by else ""
        answer = Client().get(f"/api/v1/statistics/persons?{by}release=2023.p1")
        assert plain(as_downloaded(figures)) == plain(table_of(answer.content.decode()))


def plain(table: DownloadedTable) -> tuple[object, ...]:
    """All that a table says."""
    sides = {release: dict(axes) for release, axes in table.sides.items()}
    return table.cells, sides, table.intervals, table.sums, table.tellings


def test_every_check_of_the_verifier_has_words() -> None:
    found = {each.name for each in check_certificate(certificate("2023.p1"))}
    found |= {each.name for each in compare_with_certificates([certificate("2023.p1")], DownloadedTable())}
    assert found | {"the certificate can be read"} == set(CHECKS)


@pytest.mark.parametrize("address", PLACES)
def test_any_cache_may_keep_a_page_until_something_is_said_of_its_release(
    address: str, django_assert_max_num_queries: Any
) -> None:
    first, _ = release_2023(), catalogue.PUBLISHED.read()
    with django_assert_max_num_queries(4):
        response = Client().get(address)
    assert response["Cache-Control"] == "public, max-age=60" and not response.cookies and "Vary" not in response
    again = Client(headers={"if-none-match": response["ETag"]}).get(address)
    assert (again.status_code, again.content) == (304, b"")
    erratum(first)
    assert Client().get(address)["ETag"] != response["ETag"]


def test_the_front_page_and_a_table_lead_to_the_release_and_its_proof() -> None:
    release_2023()
    assert '<a href="/da/udgivelser/2023.p1/">2023.p1</a>' in page("/da/")
    text = page("/en/statistics/persons/?by=gender&period=2023")
    assert (
        '<a href="/en/releases/2023.p1/">2023.p1</a>' in text
        and '<a href="/en/releases/2023.p1/proof/">2023.p1</a>' in text
    )
    assert "Check the proof" not in page("/en/statistics/persons/?period=2012")


def test_who_follows_an_address_of_a_release_in_a_browser_reads_its_page() -> None:
    release_2023()
    person = Client(headers={"sec-fetch-dest": "document", "accept-language": "da", "accept": "text/html,*/*;q=0.8"})
    assert person.get("/api/v1/releases")["Location"] == "/da/udgivelser/"
    assert person.get("/api/v1/releases/2023.p1")["Location"] == "/da/udgivelser/2023.p1/"
    assert person.get(person.get("/api/v1/releases/2023.p1")["Location"]).status_code == 200
    # A program reads the API, and so does who saves the proof.
    assert Client().get("/api/v1/releases/2023.p1")["Content-Type"] == "application/json"
    assert person.get("/api/v1/releases/2023.p1/certificate", headers={"accept": "*/*"}).status_code == 200


def two_vintages() -> None:
    """Two vintages of 2023, the second one compared with the first; and of 2022 one."""
    first = release_2023()
    pairs: dict[str, dict[str, Pair]] = {"": {"": (100, 104)}, "gender": {"F": (60, 62), "M": (None, None)}}
    told = {"gender": {"M": (0, 9), "X": (33, 42)}}
    tables: dict[str, Cells] = {"": {"": 104}, "gender": {**GENDER, "F": 62}}
    publish(PUBLIC, "2023", tables, 2, changes=(first, pairs), symbols={"gender": 9}, told=told, when=APRIL)
    publish(PUBLIC, "2022", {"": {"": 40}}, when=MARCH)


def test_two_vintages_of_a_period_are_compared_and_hidden_figures_are_as_told(
    django_assert_max_num_queries: Any,
) -> None:
    two_vintages()
    (address,) = re.findall(r'<a href="([^"]*)">See what changed', page("/en/releases/2023.p2/"))
    assert address == "/en/releases/2023.p2/compare/2023.p1/"
    with django_assert_max_num_queries(3):
        text = page(address)
    heads = ["", "Then (2023.p1)", "Now (2023.p2)", "Difference"]
    assert rows(text) == [
        heads,
        ["Total", "100", "104", "+4"],
        heads,
        ["Female", "60", "62", "+2"],
        ["Male", "0–9", "0–9", "[c]"],
    ]
    assert "Hvad der er ændret" in page("/da/udgivelser/2023.p2/sammenlign/2023.p1/")


@pytest.mark.parametrize(
    "pair", ["2023.p1/compare/2023.p2", "2023.p2/compare/2022.p1", "2023.p2/compare/2023.p2", "2023.p2/compare/2023.x1"]
)
def test_nothing_else_is_compared(pair: str) -> None:
    two_vintages()
    page(f"/en/releases/{pair}/", status=404)


def test_a_proof_is_checked_once_and_not_for_each_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking takes the server longer than any other page, and anybody may ask as often as she likes."""
    release_2023()
    names = []

    def count(release: CatalogueEntry) -> ProofCheck:
        names.append(release.id)
        return check_proof(release)

    monkeypatch.setattr(proof, "check_proof", count)
    assert page("/en/releases/2023.p1/proof/") == page("/en/releases/2023.p1/proof/")
    assert names == ["2023.p1"]
