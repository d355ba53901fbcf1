"""What everybody reads, without a token: what is published and nothing else."""

from __future__ import annotations

import csv
import io
import json

import pytest

from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC
from stats.reading import catalogue
from stats.reading import published_figures as protected
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import (
    GENDER,
    INDEX,
    PERSONS,
    RELEASES,
    TABLES,
    cells,
    get,
    own,
    own_cells,
    releases,
    statuses,
    table,
)
from tests.callers import Caller, make_caller
from tests.stats.published import Cells, draft, publish
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> None:
    """The year 2023."""
    publish(PUBLIC, "2023", TABLES)


@pytest.mark.usefixtures("published")
def test_a_table_needs_no_token() -> None:
    response = table("by=gender&year=2023")
    assert cells(response) == {
        ("count", "2023", "TOTAL"): 73,
        ("count", "2023", "F"): 60,
        ("count", "2023", "M"): None,
        ("count", "2023", "X"): None,
        ("count", "2023", "_U"): 0,
    }
    document = body(response)
    assert document["status"] == {"2": "Q", "3": "Q"}
    assert document["extension"]["audience"] == "public"
    assert document["source"].endswith("2023.p1")
    assert not any("publication" in note for note in document["note"])


@pytest.mark.usefixtures("published")
def test_every_form_hides_the_same() -> None:
    rows = list(csv.DictReader(io.StringIO(table("by=gender&year=2023&format=csv").content.decode(), newline="")))
    assert [(row["count"], row["status"]) for row in rows] == [
        ("73", "A"),
        ("60", "A"),
        ("", "Q"),
        ("", "Q"),
        ("0", "A"),
    ]
    listed = json.loads(table("by=gender&year=2023&format=list").content)
    assert [(row["count"], row["status"]) for row in listed][1:3] == [(60, "A"), (None, "Q")]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "Skjult: tallet kunne vise færre end 5 personer, eller et sådant tal kunne beregnes af det"),
        ("en", "Hidden: it could show fewer than 5 persons, or such a number could be computed from it"),
    ],
)
def test_the_legend_says_why_in_words(language: str, words: str) -> None:
    assert body(table(Accept_Language=language))["extension"]["status"]["label"]["Q"] == words


def test_the_legend_has_the_threshold_of_the_release() -> None:
    publish(PUBLIC, "2022", TABLES)
    publish(PUBLIC, "2023", TABLES, settings={"threshold": 7})
    assert "fewer than 5" in body(table("year=2022"))["extension"]["status"]["label"]["Q"]
    assert "fewer than 7" in body(table(""))["extension"]["status"]["label"]["Q"]


def test_what_is_computed_from_a_hidden_cell_is_hidden() -> None:
    publish(PUBLIC, "2022", {"": {"": 50}, "gender": {"F": None, "M": 40, "_U": 10}})
    publish(PUBLIC, "2023", TABLES)
    found = cells(table("by=gender&year=2023&measure=share,change,change_percent"))
    assert {cell[2]: value for cell, value in found.items() if cell[0] == "share"} == {
        "TOTAL": 100,
        "F": 82,
        "M": None,
        "X": None,
        "_U": 0,
    }
    for measure, total, unknown in (("change", 23, -10), ("change_percent", 46, -100)):
        of = {cell[2]: value for cell, value in found.items() if cell[0] == measure}
        assert of == {"TOTAL": total, "F": None, "M": None, "X": None, "_U": unknown}
    assert statuses(table("by=gender&year=2023&measure=share,change")) == {"Q"}
    publish(PUBLIC, "2011", TABLES)
    assert statuses(table("by=gender&year=2011&measure=change")) == {"L"}


def test_a_hidden_total_hides_every_share() -> None:
    publish(PUBLIC, "2023", {"": {"": None}, "gender": GENDER})
    response = table("by=gender&year=2023&measure=share")
    assert set(cells(response).values()) == {None}
    assert statuses(response) == {"Q"}


def test_totals_come_from_the_tables_with_fewer_axes_and_are_never_added_up() -> None:
    given: dict[str, Cells] = {
        "": {"": 99},
        "gender": {"F": 41, "M": None},
        "region": {"DK01": 55},
        "region,gender": {"DK01|F": 7, "DK01|M": None, "DK02|M": 6},
    }
    publish(PUBLIC, "2023", given)
    found = cells(table("by=region,gender"))
    assert (found["count", "2023", "TOTAL", "TOTAL"], found["count", "2023", "TOTAL", "F"]) == (99, 41)
    assert (found["count", "2023", "DK01", "TOTAL"], found["count", "2023", "DK02", "TOTAL"]) == (55, 0)
    assert (found["count", "2023", "TOTAL", "M"], found["count", "2023", "DK02", "M"]) == (None, 6)
    filtered = cells(table("by=region&gender=M&measure=count,share"))
    assert filtered["count", "2023", "TOTAL", "M"] is None
    assert filtered["count", "2023", "DK02", "M"] == 6
    assert {value for cell, value in filtered.items() if cell[0] == "share"} == {None}


def test_a_margin_that_is_not_offered_by_itself_is_said_as_it_is_published() -> None:
    given: dict[str, Cells] = {
        "": {"": 99},
        "gender": {"F": 41, "M": None},
        "region": {"DK01": 55},
        "region,gender": {"DK01|F": 7},
    }
    publish(PUBLIC, "2023", given, offered={"gender": False})
    found = cells(table("by=region,gender"))
    assert [found["count", "2023", "TOTAL", code] for code in ("F", "M", "X", "_U")] == [41, None, 0, 0]
    assert (found["count", "2023", "DK01", "TOTAL"], found["count", "2023", "DK01", "F"]) == (55, 7)
    shares = cells(table("by=region&gender=F&measure=share"))
    assert (shares["share", "2023", "TOTAL", "F"], shares["share", "2023", "DK01", "F"]) == (100, 17)
    assert findings(table("by=gender&year=2023"), "invalid_parameter") == [("by", "table_not_offered")]


def test_a_change_to_a_margin_that_is_not_offered_by_itself_is_of_what_is_published() -> None:
    given: dict[str, Cells] = {
        "": {"": 99},
        "gender": {"F": 41},
        "region": {"DK01": 55},
        "region,gender": {"DK01|F": 7},
    }
    publish(PUBLIC, "2022", {**given, "gender": {"F": 30, "M": None}}, offered={"gender": False})
    publish(PUBLIC, "2023", given, offered={"gender": False})
    found = cells(table("by=region,gender&year=2023&measure=change,change_percent"))
    assert [found["change", "2023", "TOTAL", code] for code in ("F", "M", "X")] == [11, None, 0]
    assert found["change_percent", "2023", "TOTAL", "F"] == 37


@pytest.mark.parametrize("query", ["by=citizenship", "by=gender&region=DK01", "by=region", "citizenship=NG"])
def test_a_table_that_is_not_offered_is_refused_by_the_query_and_the_list_of_tables_alone(query: str) -> None:
    said, series = set(), set()
    given: list[dict[str, Cells]] = [
        TABLES,
        {**TABLES, "region": {"DK01": 9}},
        {**TABLES, "": {"": 99}, "citizenship": {}},
    ]
    for vintage, tables in enumerate(given, 1):
        publish(PUBLIC, "2023", tables, vintage, offered={"region": False, "citizenship": False})
        every = json.loads(table(query).content)
        series.add(json.dumps(every.get("errors") or every["value"]))
        for year in ("&year=2023", f"&release=2023.p{vintage}"):
            response = table(query + year)
            place = "by" if "=NG" not in query and "=DK01" not in query else query.rpartition("&")[2].partition("=")[0]
            assert findings(response, "invalid_parameter") == [(place, "table_not_offered")]
            said.add(json.dumps(body(response, 400)["errors"]))
    assert (len(said), len(series)) == (1, 1)


def test_referrals_are_not_among_what_is_published() -> None:
    publish(PUBLIC, "2023", TABLES)
    assert findings(get(f"{INDEX}/referrals"), "invalid_parameter") == [("by", "table_not_offered")]


def test_a_draft_is_nowhere() -> None:
    draft(PUBLIC, "2023", TABLES)
    assert releases() == own(body(get(INDEX))["releases"]) == []
    problem(get(f"{RELEASES}/2023.p1"), "not_found")
    problem(get(f"{RELEASES}/2023.p1/certificate"), "not_found")
    assert own_cells(table("year=2023")) == {}
    response = table("release=2023.p1")
    assert findings(response, "invalid_parameter") == [("release", "release_unknown")]
    assert "2023.p1" not in body(response, 400)["errors"][0]["allowed"]


def test_a_draft_is_nowhere_because_the_statements_leave_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    draft(PUBLIC, "2023", TABLES)
    monkeypatch.setattr(catalogue, "EVERY", catalogue.EVERY.replace("p.release_id IS NOT NULL", "true"))
    assert releases() == ["2023.p1"]


@pytest.mark.usefixtures("published")
def test_a_hidden_cell_is_hidden_because_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protected, "TABLES", protected.TABLES.replace("t.counts, t.hidden", "t.counts, '{}'::text[]"))
    assert statuses(table("by=gender&year=2023&totals=exclude")) == set()


def test_a_draft_of_a_later_vintage_changes_nothing() -> None:
    publish(PUBLIC, "2023", TABLES)
    before = table("by=gender")
    draft(PUBLIC, "2023", TABLES, 2)
    after = table("by=gender")
    assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])


def test_what_others_read_is_not_public(centre: Caller) -> None:
    identified(centre.partner, decided_in="2023-05")
    release.build(by=COMMAND, period="2023", depth=1, as_of=at(60))
    publish(AUTHORITY, "2023-Q4", TABLES)
    assert releases() == []
    for named in ("2023.v1", "2023-Q4.a1"):
        problem(get(f"{RELEASES}/{named}"), "not_found")
        assert findings(table(f"release={named}"), "invalid_parameter") == [("release", "release_unknown")]
    assert findings(table("period=2023-Q4"), "invalid_parameter") == [("period", "period_without_release")]
    problem(get(f"{RELEASES}/2023-Q4.a1/certificate"), "not_found")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("audience", ["authority", "exact"])
def test_more_than_the_public_needs_a_token(audience: str) -> None:
    response = table(f"audience={audience}", Henvis_Purpose="research")
    problem(response, "not_authenticated")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="henvis"'
    assert response.headers["Cache-Control"] == "no-store"
    assert AuditEvent.objects.filter(action="statistics.exact").count() == 0


@pytest.mark.usefixtures("published")
def test_a_token_that_is_none_is_refused() -> None:
    response = table(Authorization="Bearer nonsense")
    problem(response, "not_authenticated")
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("published")
def test_who_has_no_scope_for_more_reads_what_is_public(ngo: Caller) -> None:
    tester = make_caller("CENTRE", mode=Mode.TEST)
    for caller in (ngo, tester):
        said = caller.get(f"{PERSONS}?by=gender")
        assert (said.content, said.headers["ETag"]) == (table().content, table().headers["ETag"])
        assert releases(caller) == ["2023.p1"]
    refused = ngo.get(f"{PERSONS}?audience=authority")
    problem(refused, "insufficient_scope")
    assert 'scope="statistics:authority"' in refused.headers["WWW-Authenticate"]
    problem(tester.get(f"{PERSONS}?audience=exact", Henvis_Purpose="research"), "forbidden")


@pytest.mark.usefixtures("published")
def test_who_may_read_more_can_ask_for_the_public_figures(centre: Caller) -> None:
    said = centre.get(f"{PERSONS}?by=gender&audience=public")
    assert (said.content, said.headers["ETag"]) == (table().content, table().headers["ETag"])
    assert said.headers["Cache-Control"] == "public, max-age=300"
    assert AuditEvent.objects.filter(action="statistics.exact").count() == 0
