"""Exact statistics through HTTP: who may read, what is refused, what is logged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from api.statistics.parameters import FORMATS
from cases.dimensions import DATASETS
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import AuditEvent
from stats.counting import build as release
from stats.reading import table as read
from stats.reading.datasets import READABLE
from stats.reading.exact_figures import Purpose
from tests.api import json_stat
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import own, own_cells, releases
from tests.callers import Browser, Caller, make_caller
from tests.stats.records import NOTES, at, case, identified, referral
from tests.worlds import rolled_back

pytestmark = pytest.mark.django_db
INDEX, PERSONS, REFERRALS = "/api/v1/statistics", "/api/v1/statistics/persons", "/api/v1/statistics/referrals"
RELEASES = "/api/v1/releases"
WHY = {"Henvis_Purpose": "quality-control"}


@pytest.fixture(scope="module")
def released(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Caller]:
    """The centre, once 2022 and 2023 are released."""
    with rolled_back(django_db_blocker):
        yield release_two_years(make_caller("CENTRE"), make_caller("NGO"))


def release_two_years(centre: Caller, ngo: Caller) -> Caller:
    """Persons and referrals, and their years released; the centre."""
    identified(centre.partner, decided_in="2022-05", verified_gender="F")
    for gender in "FFM":
        identified(centre.partner, decided_in="2023-05", verified_gender=gender, verified_citizenship="NG")
    for month in ("2022-01", "2023-01", "2023-02"):
        referral(case(ngo.partner), ngo.partner, referred_in=month)
    for period in ("2022", "2023"):
        release.build(by=COMMAND, period=period, depth=2, as_of=at(60))
    return centre


def exact_events() -> int:
    """How many readings of exact figures were logged."""
    return AuditEvent.objects.filter(action="statistics.exact").count()


def table(caller: Caller, query: str = "", **headers: str) -> HttpResponse:
    """A table of persons."""
    return caller.get(f"{PERSONS}?{query}", **{**WHY, **headers})


def counts(response: HttpResponse) -> dict[tuple[str, ...], Any]:
    """The cells that are not zero, without the measure."""
    document = body(response)
    json_stat.check(document)
    return {cell[1:]: value for cell, value in json_stat.cells(document) if value != 0}


def test_a_table(released: Caller) -> None:
    assert counts(table(released, "by=gender")) == {
        ("2022", "TOTAL"): 1,
        ("2022", "F"): 1,
        ("2023", "TOTAL"): 3,
        ("2023", "F"): 2,
        ("2023", "M"): 1,
    }
    assert counts(table(released, "by=gender&citizenship=AFRICA&year=2023"))["2023", "F", "AFRICA"] == 2
    assert counts(released.get(f"{REFERRALS}?release=2023.v1", **WHY)) == {("2023",): 2}


def test_every_axis_and_measure_is_valid_json_stat(released: Caller) -> None:
    for dataset in DATASETS.values():
        for axis in dataset.axes:
            path = f"{INDEX}/{dataset.id}?by={axis}&measure=count,share,change,change_percent"
            json_stat.check(body(released.get(path, **WHY, Accept_Language="da")))


@pytest.mark.parametrize("kind", ["NGO", "POLICE", "IMMIGRATION"])
def test_exact_figures_need_the_scope(kind: str, released: Caller) -> None:
    other = make_caller(kind)
    response = other.get(f"{PERSONS}?audience=exact", **WHY)
    problem(response, "insufficient_scope")
    assert 'scope="statistics:exact"' in response.headers["WWW-Authenticate"]
    assert own_cells(other.get(PERSONS, **WHY)) == {}
    assert exact_events() == 0


def test_a_centre_in_test_mode_reads_no_figures(released: Caller) -> None:
    tester = make_caller("CENTRE", mode=Mode.TEST)
    problem(tester.get(f"{PERSONS}?audience=exact", **WHY), "forbidden")
    problem(tester.get(f"{RELEASES}/2023.v1", **WHY), "not_found")
    assert releases(tester) == []
    assert exact_events() == 0


@pytest.mark.parametrize("query", ["audience=exact", "audience=authority"])
def test_a_token_is_needed(query: str) -> None:
    response = Browser().get(f"{PERSONS}?{query}", headers={"Henvis-Purpose": "research"})
    problem(response, "not_authenticated")  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", [None, "", "curiosity", "Research", "research,research"])
def test_a_purpose_is_needed(released: Caller, purpose: str | None) -> None:
    response = released.get(PERSONS, **({} if purpose is None else {"Henvis_Purpose": purpose}))
    assert findings(response, "invalid_header") == [("Henvis-Purpose", "purpose_expected")]
    assert json.loads(response.content)["errors"][0]["allowed"] == list(Purpose)
    assert exact_events() == 0


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_reading_is_logged_before_it_is_answered(released: Caller, purpose: str) -> None:
    for _ in range(2):
        response = released.get(f"{PERSONS}?by=gender&year=2023", Henvis_Purpose=purpose)
    released.get(f"{PERSONS}?by=gender&year=2023", Henvis_Purpose=purpose, If_None_Match=response.headers["ETag"])
    events = AuditEvent.objects.filter(action="statistics.exact")
    assert [event.detail["purpose"] for event in events] == [purpose] * 3
    assert {event.client_id for event in events} == {released.client.pk}
    assert events[0].detail["releases"] == ["2023.v1"]


def test_a_reading_that_cannot_be_logged_is_not_answered(released: Caller) -> None:
    table(released, "by=gender")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE partners_auditevent ADD CHECK (action <> 'statistics.exact') NOT VALID")
    problem(table(released, "by=gender"), "internal_error")


@pytest.mark.parametrize(
    ("query", "place", "code"),
    [
        ("by=shoe_size", "by", "axis_unknown"),
        ("gender=F&gender=M", "gender", "repeated_parameter"),
        ("gender=F,M", "gender", "code_unknown"),
        ("gender__in=F", "?", "unknown_parameter"),
        ("gender!=F", "?", "unknown_parameter"),
        ("gender%5B%5D=F", "?", "unknown_parameter"),
        ("Gender=F", "?", "unknown_parameter"),
        ("setting=STREET", "setting", "unknown_parameter"),
        ("by=gender,region&citizenship=NG", "by", "too_many_dimensions"),
        ("year=2019", "year", "period_without_release"),
        ("release=2023.v7", "release", "release_unknown"),
        ("format=xml", "format", "value_not_allowed"),
        ("measure=mean", "measure", "measure_unknown"),
    ],
)
def test_what_is_refused_is_told_and_not_logged(released: Caller, query: str, place: str, code: str) -> None:
    response = table(released, query)
    assert findings(response, "invalid_parameter") == [(place, code)]
    assert exact_events() == 0


@pytest.mark.parametrize(
    "secret", ["by=zzqqx", "gender=zzqqx", "zzqqx=1", "release=zzqqx", "year=zzqqx", "format=zzqqx"]
)
def test_a_refusal_repeats_nothing(released: Caller, secret: str) -> None:
    assert b"zzqqx" not in table(released, secret).content


def test_a_refusal_is_the_same_whatever_the_data(released: Caller, centre: Caller) -> None:
    asked = "by=gender&citizenship=ZZ"
    before = body(table(released, asked), 400)["errors"]
    identified(centre.partner, decided_in="2023-05", verified_citizenship="RO")
    release.build(by=COMMAND, period="2023", depth=2, as_of=at(61), change_notes=NOTES)
    assert body(table(released, asked), 400)["errors"] == before


def test_an_answer_too_large_is_refused(released: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_VALUES", 3)
    assert findings(table(released, "by=minor_when_exploited&year=2022"), "invalid_parameter") == [
        ("by", "answer_too_large")
    ]


def test_a_form_that_repeats_its_names_takes_fewer_values(released: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "list", replace(FORMATS["list"], most=3))
    asked = "by=minor_when_exploited&year=2022"
    assert findings(table(released, f"{asked}&format=list"), "invalid_parameter") == [("format", "answer_too_large")]
    assert table(released, f"{asked}&format=json-stat").status_code == 200


def test_an_unknown_dataset_is_not_found(released: Caller) -> None:
    problem(released.get(f"{INDEX}/contacts", **WHY), "not_found")


def test_the_etag_is_of_the_releases_the_query_the_form_and_the_language(released: Caller) -> None:
    first = table(released, "by=gender&year=2023")
    tag = first.headers["ETag"]
    same = table(released, "period=2023&by=gender", If_None_Match=tag)
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    others = {
        table(released, "by=gender&year=2022").headers["ETag"],
        table(released, "by=gender&year=2023&format=csv").headers["ETag"],
        table(released, "by=gender&year=2023&format=list").headers["ETag"],
        table(released, "by=gender&year=2023", Accept_Language="da").headers["ETag"],
        table(released, "by=gender&year=2023&totals=exclude").headers["ETag"],
        table(released, "by=gender&year=2023&measure=count,change").headers["ETag"],
    }
    assert len(others | {tag}) == 7
    assert "no-store" in first.headers["Cache-Control"]


def test_a_new_vintage_of_the_year_before_changes_the_tag_of_a_change(released: Caller, centre: Caller) -> None:
    asked = "year=2023&measure=change"
    before = table(released, asked)
    identified(centre.partner, decided_in="2022-06", recorded_at=at(70))
    release.build(by=COMMAND, period="2022", depth=2, as_of=at(80), change_notes=NOTES)
    after = table(released, asked)
    assert (counts(before), counts(after)) == ({("2023",): 2}, {("2023",): 1})
    assert before.headers["ETag"] != after.headers["ETag"]


def test_exact_figures_are_two_statements_and_read_no_record(released: Caller) -> None:
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            table(released, "by=gender,region&year=2023&measure=share")
        # Who is calling, which releases, and the guarded function, which writes the log row and gives the cells.
        assert len(captured) == 3
        for one in captured:
            assert not any(name in one["sql"] for name in ("cases_referral", "cases_case", "cases_assessment"))


def test_the_index_says_what_can_be_asked(released: Caller) -> None:
    said = body(released.get(INDEX))
    assert [dataset["id"] for dataset in said["datasets"]] == list(READABLE)
    axes = {axis["id"]: axis["codes"] for dim in said["datasets"][0]["dimensions"] for axis in dim["axes"]}
    assert list(axes) == list(DATASETS["persons"].axes)
    for axis, codes in axes.items():
        response = released.get(f"{PERSONS}?{axis.partition('.')[0]}={codes[0]}&by={axis}&year=2023", **WHY)
        assert response.status_code == 200
    assert said["purposes"] == list(Purpose)
    assert [one["id"] for one in said["audiences"]] == ["public", "authority", "exact"]
    assert [one["id"] for one in said["statuses"]] == ["A", "I", "P", "V", "B", "M", "L", "O", "Q"]
    assert own(said["releases"]) == ["2022.v1", "2023.v1"]


def test_exact_figures_hide_nothing_and_name_no_status_for_it(released: Caller) -> None:
    assert set(body(table(released, "by=gender"))["extension"]["status"]["label"]) == {"A", "M", "L"}


@pytest.mark.parametrize("path", [INDEX, RELEASES, f"{RELEASES}/2023.v1"])
def test_what_is_told_of_a_release_is_no_figure(released: Caller, path: str) -> None:
    text = released.get(path).content.decode()
    assert '"2023.v1"' in text
    for word in ("records", "cells", "digest", "snapshots"):
        assert f'"{word}"' not in text


def test_the_totals_of_a_release_are_figures(released: Caller) -> None:
    path = f"{RELEASES}/2023.v1"
    assert "records" not in body(released.get(path))
    assert exact_events() == 0
    said = body(released.get(path, **WHY))
    assert said["records"] == {"persons": 3, "presumed": 2, "referrals": 2}
    assert len(said["digest"]) == 64
    assert exact_events() == 1
    assert findings(released.get(path, Henvis_Purpose="fun"), "invalid_header") == [
        ("Henvis-Purpose", "purpose_expected")
    ]


def test_a_release(released: Caller) -> None:
    (first, second) = (one for one in body(released.get(RELEASES))["items"] if one["kind"] == "own")
    assert (first["id"], second["id"], second["vintage"], second["depth"]) == ("2022.v1", "2023.v1", 1, 2)
    assert body(released.get(f"{RELEASES}/2022.v1")) == first
    assert second["dimensions"]["referrals"] == list(DATASETS["referrals"].by_name)
    problem(released.get(f"{RELEASES}/2023.v2"), "not_found")
    problem(released.get(f"{RELEASES}/2023"), "not_found")


@pytest.mark.parametrize("path", [INDEX, RELEASES, f"{RELEASES}/2023.v1"])
def test_parameters_that_are_not_used_are_refused(released: Caller, path: str) -> None:
    assert findings(released.get(f"{path}?year=2023"), "invalid_parameter") == [("year", "unknown_parameter")]


def test_head_is_read_like_get(released: Caller, ngo: Caller) -> None:
    response = released.call("HEAD", PERSONS, **WHY)
    assert (response.status_code, response.content) == (200, b"")
    assert exact_events() == 1
    assert ngo.call("HEAD", f"{PERSONS}?audience=exact", **WHY).status_code == 403
