"""What a release's notes say beside its figures, in words: to everybody that something is unresolved, and to nobody how much."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partners.audit import COMMAND
from stats.counting import build as release
from stats.models import PUBLIC
from tests.api.asserts import body
from tests.api.open_figures import TABLES, get, table
from tests.callers import Caller
from tests.stats.published import publish
from tests.stats.records import at, identified, partner, referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]


WHY = {"Henvis_Purpose": "research"}


def said(response: Any) -> str:
    """The notes of an answer."""
    return " ".join(body(response)["note"])


def test_a_public_answer_says_in_words_what_the_codes_of_its_releases_mean() -> None:
    publish(PUBLIC, "2022", TABLES)
    for year in ("2023", "2024"):
        publish(PUBLIC, year, TABLES, notes=["UNRESOLVED"])
    notes = body(table("by=gender"))["note"]
    (told,) = [note for note in notes if "“Not known”" in note]
    assert told.startswith("2023.p1, 2024.p1: ")
    every = table("by=gender&period=2023,2024")
    assert any(note.startswith("Where records of a person contradict") for note in body(every)["note"])
    danish = table("by=gender", Accept_Language="da")
    assert "2023.p1, 2024.p1: Hvor en persons oplysninger modsiger hinanden" in said(danish)
    assert "“Not known”" not in said(table("by=gender&year=2022"))
    assert body(get("/api/v1/releases/2023.p1"))["notes"] == ["UNRESOLVED"]


def test_an_exact_answer_says_it_of_the_attribute_that_is_asked_for(centre: Caller) -> None:
    torn = identified(centre.partner, decided_in="2023-03")
    referral(torn, partner("NGO"), citizenship="NG", recorded_at=at(2))
    referral(torn, partner("POLICE"), citizenship="RO", recorded_at=at(1))
    release.build(by=COMMAND, period="2023", depth=1)
    address = "/api/v1/statistics/persons?year=2023"
    for by, told in (("&by=citizenship", True), ("&by=citizenship.eu", True), ("&by=gender", False), ("", False)):
        answer = centre.get(address + by, **WHY)
        assert ("Where records of a person contradict" in said(answer)) == told, by


def test_that_the_period_was_not_over_is_said_in_words(centre: Caller) -> None:
    identified(centre.partner, decided_in="2023-03")
    release.build(by=COMMAND, period="2023", depth=1, as_of=datetime(2023, 12, 30, 12, tzinfo=UTC))
    answer = centre.get("/api/v1/statistics/persons?year=2023", **WHY)
    assert "The period had not ended when it was counted." in said(answer)
