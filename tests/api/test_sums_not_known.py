"""Sums that are no data: no report knows the number, or nobody was asked. In no form are they zeros."""

from __future__ import annotations

from typing import Any

import pytest

from stats.models import PUBLIC
from stats.protection.verify.certified_cells import compare_with_certificates
from stats.protection.verify.tables import table_of
from tests.api.asserts import body
from tests.api.open_figures import RELEASES, get
from tests.api.sums import FORMS, Place, answered, ask
from tests.pages.tables import rows
from tests.stats.published import Sums, publish

pytestmark = pytest.mark.django_db
CONTACTS, CALLS = "outreach.contacts", "hotline.calls"
ALL, NO_DATA, NONE = (12, 12, 12), (None, "O", None, None), (0, "A", 0, 0)
PERSONS = {"": {"": 73}}


def shown(count: int) -> tuple[int, str, int, int]:
    """A number that is told, as `answered` has it."""
    return count, "A", count, count


def known_to_nobody() -> None:
    """A year of contacts whose twelve reports all leave out some numbers: some contacts are known, and nothing else."""
    sums: Sums = {(CONTACTS, "contacts", ""): {"": 310}, (CONTACTS, "contacts", "region"): {"DK01": 60, "DK02": None}}
    publish(PUBLIC, "2024", PERSONS, sums=sums, behind={CONTACTS: (12, 12, 0)})


def calls(year: int, channels: dict[str, int | None], total: int) -> None:
    """A year of calls by channel, all of which are known; no referral was made."""
    sums: Sums = {(CALLS, "calls", ""): {"": total}, (CALLS, "calls", "channel"): channels}
    publish(PUBLIC, str(year), PERSONS, sums=sums, behind={CALLS: ALL})


@pytest.mark.parametrize("form", FORMS)
def test_what_no_report_knows_is_no_zero_in_any_form(form: str) -> None:
    known_to_nobody()
    cells = answered(CONTACTS, "region", form, ask(CONTACTS, "region", form))
    expected: dict[Place, tuple[object, ...]] = {
        ("contacts", "", ""): shown(310),
        ("contacts", "region", "DK01"): shown(60),
        ("contacts", "region", "DK02"): (None, "Q", None, None),
    }
    assert cells == {place: expected.get(place, NO_DATA) for place in cells}
    assert answered(CONTACTS, "", form, ask(CONTACTS, "", form))["informed", "", ""] == NO_DATA


@pytest.mark.parametrize("form", ["csv", "list", "json-stat"])
def test_what_nobody_was_asked_is_verified_as_nothing_in_any_form(form: str) -> None:
    """In a certificate nothing was added up there; of persons, and beside a number, the status is none."""
    calls(2024, {"_N": 316}, 316)
    text = ask(CALLS, "channel", form).content.decode()
    entries = [
        {"release": release, "id": name, "value": value, "low": value, "high": value}
        for (release, name), value in table_of(text).cells.items()
    ]
    certificate: dict[str, Any] = {"release": "2024.p1", "given": ["2024.p1"]}
    certificate["blocks"] = [{"dataset": CALLS, "cells": entries, "told": []}]
    assert [each.name for each in compare_with_certificates([certificate], table_of(text)) if not each.passed] == []
    unknown = next(each for each in entries if each["id"] == "2024.p1;quantity=calls;channel=PHONE")
    assert unknown["value"] == 0
    unknown["value"] = 7
    failures = [each for each in compare_with_certificates([certificate], table_of(text)) if not each.passed]
    assert [each.name for each in failures] == ["the values are the same"]


@pytest.mark.parametrize("form", FORMS)
def test_of_what_nobody_was_asked_there_is_no_zero_in_any_form(form: str) -> None:
    calls(2024, {"_N": 316}, 316)
    cells = answered(CALLS, "channel", form, ask(CALLS, "channel", form, quantity="calls"))
    expected = {("calls", "", ""): shown(316), ("calls", "channel", "_N"): shown(316)}
    assert cells == {place: expected.get(place, NO_DATA) for place in cells} and len(cells) == 8
    # That no referral was made is known, and so it is of each channel.
    cells = answered(CALLS, "channel", form, ask(CALLS, "channel", form, quantity="referrals_made"))
    assert set(cells.values()) == {NONE}


def test_where_some_were_asked_a_zero_is_one() -> None:
    calls(2024, {"_N": 100, "PHONE": 216}, 316)
    cells = answered(CALLS, "channel", "list", ask(CALLS, "channel", "list"))
    assert cells["calls", "channel", "CHAT"] == NONE
    assert cells["calls", "channel", "PHONE"] == shown(216)


def test_where_a_number_is_hidden_beside_what_was_not_asked_nothing_changes() -> None:
    """Whoever reads that it is no zero would learn that the hidden one is."""
    calls(2024, {"_N": 311, "PHONE": None, "MAIL": None}, 316)
    cells = answered(CALLS, "channel", "list", ask(CALLS, "channel", "list"))
    assert cells["calls", "channel", "CHAT"] == NONE
    assert cells["calls", "channel", "PHONE"][:2] == (None, "Q")


def test_nothing_is_computed_of_what_is_not_known() -> None:
    calls(2023, {"_N": 300}, 300)
    calls(2024, {"PHONE": 200, "MAIL": 120}, 320)
    answer = FORMS["list"](ask(CALLS, "channel", "list", measure="count,share,change", quantity="calls"))
    found = {(row["period"], row["channel"]): row for row in answer}
    assert {key: (row["change"], row["change_status"]) for key, row in found.items() if key[0] == "2024"} == {
        ("2024", "TOTAL"): (20, "A"),
        ("2024", "_N"): (-300, "A"),
        **{("2024", code): (None, "O") for code in ("PHONE", "CHAT", "SMS", "MAIL", "_O", "_U")},
    }
    assert (found["2023", "PHONE"]["share"], found["2023", "PHONE"]["share_status"]) == (None, "O")
    assert (found["2023", "_N"]["share"], found["2024", "PHONE"]["share"]) == (100, 62.5)


def test_readers_are_told_why_no_number_stands_there() -> None:
    known_to_nobody()
    document = body(ask(CONTACTS, "region"))
    assert document["extension"]["status"]["label"]["O"].startswith("Not known: neither zero nor hidden.")
    assert any("none of 12 reports has it in every line" in note for note in document["note"])
    row = FORMS["csv"](ask(CONTACTS, "", "csv", quantity="informed"))[0]
    assert row["coverage"] == ""
    assert (row["status_label"], row["conf_status"], row["reports_knowing"]) == ("not known", "", "0")
    for language, words in (("da", "Ukendt: hverken nul eller skjult."), ("en", "Not known: neither zero nor hidden.")):
        word = {"da": "statistik", "en": "statistics"}[language]
        page = get(f"/{language}/{word}/{CONTACTS}/?by=region&period=2024").content.decode()
        assert words in page and rows(page)[-1][1:] == [":"] * 5


def test_what_becomes_known_in_a_later_vintage_was_no_zero_before() -> None:
    first = publish(
        PUBLIC, "2024", PERSONS, sums={(CONTACTS, "contacts", ""): {"": 310}}, behind={CONTACTS: (12, 12, 0)}
    )
    sums = {(CONTACTS, "contacts", ""): {"": 310}, (CONTACTS, "informed", ""): {"": 42}}
    later = publish(
        PUBLIC, "2024", PERSONS, 2, sums=sums, behind={CONTACTS: ALL}, changes=(first, {"": {"": (73, 73)}})
    )
    (table,) = body(get(f"{RELEASES}/{later.pk}/changes?dataset={CONTACTS}"))["tables"]
    found = {row["codes"][0]: (row["before"], row["after"], row["change"], row["status"]) for row in table["rows"]}
    assert found["informed"] == (None, 42, None, "O")
    assert "contacts" not in found
    page = get(f"/en/releases/{later.pk}/compare/{first.pk}/").content.decode()
    assert [row[1:] for row in rows(page) if "informed" in row[0] or "information" in row[0]] == [[":", "42", ":"]]
