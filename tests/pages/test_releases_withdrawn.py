"""What the pages of releases say of what was withdrawn, and where they lead."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from stats.models import PUBLIC, Release
from tests.pages.tables import rows
from tests.pages.test_public import MARCH, page
from tests.pages.test_releases import APRIL, TABLES, erratum, release_2023, two_vintages
from tests.people.visitors import signed_in, staff, words
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db


def test_errata_come_first_and_so_does_that_it_is_withdrawn() -> None:
    first, second = release_2023(), release_2023(vintage=2)
    erratum(first)
    withdraw(first, second, "Sent for tidligt.")
    listed, read = page("/da/udgivelser/"), page("/da/udgivelser/2023.p1/")
    assert listed.index("Køn er talt forkert.") < listed.index("Vores udgivelser")
    assert (
        read.index("Køn er talt forkert.") < read.index("Udgivelsen er trukket tilbage") < read.index("Om udgivelsen")
    )
    assert "Begrundelse: Sent for tidligt." in read and '<a href="/da/udgivelser/2023.p2/">' in read


def test_what_was_withdrawn_leads_to_what_stands_now() -> None:
    first = release_2023()
    withdraw(first, None, "Forkert.\nWrong.")
    assert "Use instead" not in page("/en/releases/2023.p1/", status=410)
    assert ["2023.p1", "2023", "1", "1 March 2024", "Withdrawn. Reason: Wrong."] in rows(page("/en/releases/"))
    release_2023(vintage=2)
    text = page("/en/releases/2023.p1/", status=410)
    assert 'Use instead: <a href="/en/releases/2023.p2/">2023.p2</a>' in text and "yet" not in text
    problem = Client().get("/api/v1/releases/2023.p1").json()
    assert "Release 2023.p1 has been withdrawn. Use 2023.p2. Reason: Wrong." in json.dumps(problem)
    assert "2023.p1</a>: Withdrawn; use 2023.p2" in page("/en/releases/2023.p2/")


def test_a_replacement_that_is_withdrawn_itself_is_recommended_by_nothing() -> None:
    first = publish(PUBLIC, "2031", TABLES, when=MARCH)
    second = publish(PUBLIC, "2031", TABLES, 2, when=APRIL)
    withdraw(first, second, "Sent.\nLate.")
    assert 'Use instead: <a href="/en/releases/2031.p2/">' in page("/en/releases/2031.p1/")
    told = Client().get("/api/v1/releases/2031.p1")
    assert told.json()["withdrawn"]["replacement"] == "2031.p2"
    withdraw(second, None, "Forkert.\nWrong.")
    now = Client().get("/api/v1/releases/2031.p1")
    assert now.json()["withdrawn"]["replacement"] is None and now["ETag"] != told["ETag"]
    figures = Client().get("/api/v1/statistics/persons?release=2031.p1").json()
    assert "Release 2031.p1 has been withdrawn." in figures["note"]
    text = page("/en/releases/2031.p1/")
    assert "Use instead" not in text and "These figures are withdrawn. Do not use them." in text
    assert ["2031.p1", "2031", "1", "1 March 2024", "Withdrawn. Reason: Late."] in rows(page("/en/releases/"))


def test_a_proof_that_is_withdrawn_is_not_offered_for_download() -> None:
    """A later release told more of the hidden figures, and is withdrawn: what it told stays told, and its proof is 410."""
    release_2023()
    narrower = {("2023.p1", "gender"): {"M": (0, 9), "X": (31, 40)}}
    later = publish(PUBLIC, "2022", {"": {"": 40}}, when=APRIL, narrowed=narrower)
    assert "/api/v1/releases/2022.p1/certificate" in page("/en/releases/2023.p1/proof/")
    withdraw(later, None)
    text = page("/en/releases/2023.p1/proof/")
    assert "/api/v1/releases/2022.p1/certificate" not in text and "table.csv" not in text
    assert "/api/v1/releases/2023.p1/certificate" in text
    assert "Release 2022.p1 is withdrawn, so its proof cannot be downloaded." in text


def test_a_pool_says_that_a_year_in_it_was_withdrawn_and_who_withdraws_is_told_of_the_pool() -> None:
    """The pool without its other year is what was withdrawn. It stands, and says so with the reason."""
    year, _ = (publish(PUBLIC, each, {"": {"": 60}}, when=MARCH) for each in ("2031", "2032"))
    pool = publish(PUBLIC, "2031-2032", {"": {"": 120}}, when=APRIL)
    desk = signed_in(staff("ole", "approver"))
    asked = words(desk.get(f"/admin/statistics/release/{year.pk}/withdraw/"))
    assert "persons in all 60 Builds on it and still stands" in asked and "(2031-2032.p1)" in asked
    assert "(2031-2032.p1)" not in words(desk.get(f"/admin/statistics/release/{pool.pk}/withdraw/"))
    address = "/api/v1/statistics/persons?period=2031-2032&lang=en"
    before = Client().get(address)
    withdraw(year, None, "Talt to gange.\nCounted twice.")
    after = Client().get(address, headers={"if-none-match": before["ETag"]}).json()
    said = ["A release of a part of the period was withdrawn.", "Withdrawn: 2031.p1. Reason: Counted twice."]
    for each in said:
        assert each not in before.content.decode() and each in json.dumps(after)
        assert each in page("/en/releases/2031-2032.p1/")
        assert each not in page("/en/releases/2032.p1/")
    assert "PART_WITHDRAWN" in Client().get("/api/v1/releases/2031-2032.p1").json()["notes"]
    # One that was built since builds on what stands.
    later = publish(PUBLIC, "2031-2033", {"": {"": 180}}, when=timezone.now())
    assert "PART_WITHDRAWN" not in Client().get(f"/api/v1/releases/{later.pk}").json()["notes"]


def test_no_page_leads_to_a_comparison_with_what_is_withdrawn() -> None:
    two_vintages()
    assert "See what changed" in page("/en/releases/2023.p2/")
    withdraw(Release.objects.get(pk="2023.p1"), None)
    assert "See what changed" not in page("/en/releases/2023.p2/")


def test_what_stands_in_place_of_a_release_is_the_last_of_those_that_replaced_it() -> None:
    vintages = [publish(PUBLIC, "2031", TABLES, each, when=MARCH) for each in (1, 2, 3)]
    for before, after in pairwise(vintages):
        withdraw(before, after, "Sent.\nLate.")
        for each in vintages[: vintages.index(after)]:
            told = Client().get(f"/api/v1/releases/{each.pk}").json()["withdrawn"]
            assert told["replacement"] == after.pk


def test_sums_that_were_withdrawn_are_gone_although_others_published_the_total_of_persons() -> None:
    """What others published of the year is of persons: of the dataset that was withdrawn nobody answers."""
    sums = {("outreach.contacts", "contacts", ""): {"": 50}}
    release = publish(PUBLIC, "2022", {"": {"": 40}}, sums=sums)
    api, place = "/api/v1/statistics/outreach.contacts", "/en/statistics/outreach.contacts/"
    assert Client().get(f"{api}?year=2022").status_code == 200
    withdraw(release, None, "Talt to gange.\nCounted twice.")
    for parameters in ("year=2022", "period=2022"):
        answer = Client().get(f"{api}?{parameters}")
        assert (answer.status_code, answer.json()["code"]) == (410, "release_withdrawn")
        assert "Counted twice." in page(f"{place}?{parameters}", status=410)
    assert Client().get("/api/v1/statistics/persons?year=2022").status_code == 200
    refused = Client().get("/api/v1/statistics/persons?year=2022&by=sector").json()
    assert refused["code"] == "invalid_parameter"
