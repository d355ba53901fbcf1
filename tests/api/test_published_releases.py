"""The releases of the published history: their sources, notes and forms, and how long an answer may be kept."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pytest_django import DjangoAssertNumQueries

from stats.models import PUBLIC
from stats.protection.verify.tables import table_of
from stats.reading import catalogue, external
from tests.api.asserts import body, problem
from tests.api.open_figures import INDEX, RELEASES, TABLES, get, statuses, table
from tests.stats.published import publish

pytestmark = pytest.mark.django_db


def test_the_list_says_which_are_our_own() -> None:
    publish(PUBLIC, "2020", TABLES)
    items = body(get(RELEASES))["items"]
    assert [one["id"] for one in items if one["period"] == "2020"] == ["2020.p1", "2020.x2", "2020.x1"]
    assert {one["id"] for one in items if one["kind"] == "own"} == {"2020.p1"}
    early = next(one for one in items if one["id"] == "2020.x1")
    assert early["notes"] == ["PUBLISHED_ELSEWHERE", "EARLY"]
    assert (early["as_of"], early["built_at"], early["published_at"], early["published"]) == (None, None, None, "2021")
    assert [source["id"] for source in early["sources"]] == ["tip-2021"]
    assert {"figures", "stated", "threshold", "commitment"}.isdisjoint(early)
    index = body(get(INDEX))
    # Of 2020 our own is in force, and of each other year its last.
    assert [one["id"] for one in index["releases"] if one["period"] == "2020"] == ["2020.p1"]
    assert all(one in items for one in index["releases"]) and len(index["releases"]) < len(items)
    assert body(get(index["all_releases"]))["items"] == items


def test_a_release_names_the_source_of_each_figure() -> None:
    said = body(get(f"{RELEASES}/2018.x1"))
    assert len(said["figures"]) == 17
    lacking = [one for one in said["figures"] if one["source"] is None]
    assert {one["kind"] for one in lacking} == {"derived"} == {one["kind"] for one in said["figures"]} - {"final"}
    theft = next(one for one in said["figures"] if "exploitation_detail" in one["cell"] and one["count"] == 6)
    assert theft["cell"] == {"exploitation_detail": ["CRIMINAL_THEFT"], "age_band": ["Y_LT18"]}
    assert theft["source"]["url"] == "https://www.cmm.dk/statistik/udvalgte-tal-og-tendenser-fra-2017"
    noted = body(get(f"{RELEASES}/2007-2013.x1"))["figures"][0]
    assert "give 347" in noted["note"]["en"] and "giver 347" in noted["note"]["da"] and noted["kind"] == "alternative"
    assert [kind["id"] for kind in said["kinds"]] == ["final", "derived"]
    assert ["gender", "exploitation"] in [one["axes"] for one in said["tables"]]


def test_every_release_is_as_the_description_says() -> None:
    description = json.loads((Path(settings.BASE_DIR) / "openapi.json").read_text())
    schema = {"$ref": "#/components/schemas/Release", "components": description["components"]}
    for one in body(get(RELEASES))["items"]:
        Draft202012Validator(schema).validate(body(get(f"{RELEASES}/{one['id']}")))


def test_a_percentage_that_the_sources_got_wrong_is_told_beside_ours() -> None:
    (stated,) = body(get(f"{RELEASES}/2023.x1"))["stated"]
    assert (stated["stated"], stated["computed"], stated["agrees"], stated["compared_with"]) == (35, 53, False, "2022")
    assert "divided by 112" in stated["note"]["en"] and len(stated["sources"]) == 2
    assert [one["agrees"] for one in body(get(f"{RELEASES}/2016.x2"))["stated"]] == [True]
    assert body(get(f"{RELEASES}/2020.x2"))["stated"] == []


@pytest.mark.parametrize(("language", "words"), [("da", "ingenting"), ("en", "nothing to prove")])
def test_it_has_no_certificate_and_says_why(language: str, words: str) -> None:
    response = get(f"{RELEASES}/2020.x1/certificate", Accept_Language=language)
    problem(response, "no_certificate")
    assert (words if language == "en" else "intet at bevise") in body(response, 404)["detail"]
    assert response.headers["Cache-Control"] == "no-store"
    problem(get(f"{RELEASES}/2020.x9/certificate"), "not_found")


def test_an_answer_names_its_sources() -> None:
    document = body(table("by=gender&year=2017"))
    assert document["source"] == "other sources 2017.x1"
    assert {link["href"] for link in document["link"]["via"]} == set(document["extension"]["releases"][0]["sources"])
    assert "https://www.state.gov/reports/2018-trafficking-in-persons-report/denmark/" in [
        link["href"] for link in document["link"]["via"]
    ]
    assert any("from other sources" in note for note in document["note"])
    assert document["extension"]["releases"][0]["kind"] == "elsewhere"
    assert document["extension"]["releases"][0]["notes"] == ["PUBLISHED_ELSEWHERE"]
    assert "updated" not in document
    assert body(table("year=2007"))["updated"] == "2016-07-06T00:00:00+02:00"


def test_an_answer_of_ours_alone_says_nothing_of_others() -> None:
    publish(PUBLIC, "2019", TABLES)
    document = body(table("by=gender&year=2019"))
    assert "link" not in document and not any("other sources" in note for note in document["note"])
    assert set(document["extension"]["status"]["label"]) == {"A", "M", "L", "Q"}
    assert document["extension"]["releases"][0]["sources"] == []


def test_csv_keeps_not_published_and_zero_apart() -> None:
    rows = list(csv.DictReader(io.StringIO(table("by=citizenship&year=2016&format=csv").content.decode(), newline="")))
    told = {row["citizenship"]: (row["release"], row["count"], row["status"]) for row in rows}
    assert told["DK"] == ("2016.x2", "0", "A")
    assert told["NG"] == ("2016.x2", "", "O")
    assert told["TOTAL"] == ("2016.x2", "121", "A")
    assert [*rows[0]][:4] == ["release", "period", "citizenship", "citizenship_label"]
    assert [*rows[0]][4:] == ["count", "status", "status_label", "conf_status", "least", "most"]
    unknown = [
        tuple(row[n] for n in ("status_label", "conf_status", "least", "most")) for row in rows if row["status"] == "O"
    ]
    assert {*unknown} == {("not published", "", "", "")}
    assert {row["conf_status"] for row in rows if row["count"]} == {"F"}


@pytest.mark.parametrize("form", ["csv", "json-stat"])
def test_a_downloaded_series_can_be_checked_though_it_begins_elsewhere(form: str) -> None:
    publish(PUBLIC, "2019", TABLES)
    checked = table_of(table(f"by=gender&format={form}").content.decode()).cells
    assert {release for release, _ in checked} == {"2019.p1"}
    assert checked["2019.p1", "2019.p1;gender=M"] is None


def test_what_everybody_may_have_may_be_kept() -> None:
    response = table("by=gender&release=2020.x1")
    tag = response.headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert table("by=gender&release=2020.x1").headers["ETag"] == tag
    assert table("by=gender&release=2020.x2").headers["ETag"] != tag
    again = table("by=gender&release=2020.x1", If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")


def test_a_series_gets_another_tag_when_one_of_its_years_gets_a_release() -> None:
    before = table("by=gender")
    publish(PUBLIC, "2019", TABLES)
    after = table("by=gender")
    assert before.headers["ETag"] != after.headers["ETag"]
    assert before.content != after.content


def test_reading_it_asks_the_database_no_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Tables are asked for only where one of ours is shown."""
    publish(PUBLIC, "2019", TABLES)
    external.releases()
    catalogue.PUBLISHED.read()
    is_kept, is_newest, coverage = 1, 1, 1
    with django_assert_num_queries(is_kept + is_newest):
        table("by=gender&year=2017&measure=share")
    with django_assert_num_queries(is_kept + is_newest + 1):
        table("by=gender&measure=share&totals=exclude")
    with django_assert_num_queries(is_kept + coverage):
        get(f"{RELEASES}/2020.x1")


def test_hidden_stays_the_only_word_for_hidden() -> None:
    publish(PUBLIC, "2019", TABLES)
    assert statuses(table("by=gender&year=2019")) == {"Q"}
    assert statuses(table("by=gender&year=2018")) == {"O"}
