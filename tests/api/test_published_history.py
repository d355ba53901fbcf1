"""The published history as it is read: series from 2007, gaps that are gaps, and nothing of it among exact figures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pytest_django import DjangoAssertNumQueries

from cases.statistics import choosing, history, release
from cases.statistics.models import AUTHORITY, PUBLIC
from cases.statistics.protection import verify_tables
from partners.audit import COMMAND
from partners.models import AuditEvent
from tests.api import json_stat
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import INDEX, PERSONS, RELEASES, TABLES, cells, get, statuses, table
from tests.callers import Caller
from tests.cases.statistics.published import publish, withdraw
from tests.cases.statistics.records import at, identified

pytestmark = [pytest.mark.django_db, pytest.mark.history]
WHY = {"Henvis_Purpose": "research"}
# The final totals, the last of them computed from 420 for five years.
TOTALS = {
    "2007": 17, "2008": 28, "2012": 66, "2015": 93, "2016": 121, "2017": 98, "2018": 97, "2019": 64, "2020": 77, "2021": 80,
    "2022": 73, "2023": 112, "2024": 78,
}  # fmt: skip


def series(response: HttpResponse) -> dict[str, Any]:
    """The count of each period, where there is nothing but a total."""
    return {cell[1]: value for cell, value in cells(response).items() if cell[0] == "count"}


def marked(response: HttpResponse) -> dict[tuple[str, ...], tuple[Any, str]]:
    """Value and status of every cell."""
    document = body(response)
    json_stat.check(document)
    return {
        cell: (value, document["status"].get(str(n), "A")) for n, (cell, value) in enumerate(json_stat.cells(document))
    }


def shown_by(response: HttpResponse) -> list[str]:
    """The releases of an answer."""
    return [one["id"] for one in body(response)["extension"]["releases"]]


def test_a_series_starts_in_2007_and_gaps_are_gaps() -> None:
    response = table("")
    assert series(response) == TOTALS
    assert {cell[1]: status for cell, (_, status) in marked(response).items() if status != "A"} == {"2024": "I"}
    assert not {"2009", "2010", "2011", "2013", "2014"} & set(series(response))


@pytest.mark.parametrize("year", [2009, 2010, 2011, 2013, 2014, 2025])
def test_a_year_of_which_nothing_is_published_is_not_there(year: int) -> None:
    response = table(f"year={year}")
    assert findings(response, "invalid_parameter") == [("year", "period_without_release")]
    allowed = body(response, 400)["errors"][0]["allowed"]
    assert allowed[:3] == ["2007", "2007-2013", "2007-2014"] and str(year) not in allowed
    assert findings(table(f"release={year}.e1"), "invalid_parameter") == [("release", "release_unknown")]


def test_what_is_not_published_is_neither_zero_nor_hidden() -> None:
    found = marked(table("by=gender&year=2022"))
    assert {cell[2]: pair for cell, pair in found.items()} == {
        "TOTAL": (73, "A"),
        "F": (48, "A"),
        "M": (24, "A"),
        "X": (1, "I"),
        "_U": (None, "O"),
    }
    words = body(table("by=gender&year=2022", Accept_Language="da"))["extension"]["status"]
    assert words["O"].startswith("Ikke offentliggjort") and "Q" not in words


def test_zero_is_zero() -> None:
    found = marked(table("citizenship=DK"))
    assert {cell[1]: pair for cell, pair in found.items()} == {
        "2016": (0, "A"),
        "2017": (1, "A"),
        "2018": (0, "A"),
        "2019": (0, "A"),
        "2020": (5, "A"),
    }


def test_each_moment_of_publication_answers_to_its_name() -> None:
    early, late = marked(table("release=2020.e1")), marked(table("release=2020.e2"))
    assert list(early.values()) == [(64, "P")]
    assert list(late.values()) == [(77, "A")]
    assert series(table("year=2020")) == {"2020": 77}
    other = marked(table("by=age_band.age18&release=2016.e1&totals=exclude"))
    assert {cell[2]: pair for cell, pair in other.items()} == {
        "Y_LT18": (9, "V"),
        "Y_GE18": (None, "O"),
        "_U": (None, "O"),
    }
    assert shown_by(table("by=age_band.age18&year=2016")) == ["2016.e2"]


def test_a_table_that_only_the_preliminary_figures_have_is_theirs_with_its_total() -> None:
    response = table("by=exploitation&year=2022")
    assert shown_by(response) == ["2022.e1"]
    found = marked(response)
    assert found["count", "2022", "TOTAL"] == (72, "P")
    assert found["count", "2022", "SEXUAL"] == (42, "P")
    assert found["count", "2022", "CRIMINAL"] == (None, "O")


def test_margins_that_are_not_published_are_not() -> None:
    found = marked(table("by=gender,exploitation&year=2018"))
    assert found["count", "2018", "M", "LABOUR"] == (45, "A")
    assert found["count", "2018", "M", "TOTAL"] == (61, "A")
    assert found["count", "2018", "TOTAL", "SEXUAL"] == (31, "I")
    assert found["count", "2018", "M", "SEXUAL"] == (None, "O")
    filtered = marked(table("by=exploitation&gender=M&year=2018"))
    assert filtered["count", "2018", "LABOUR", "M"] == (45, "A")
    assert filtered["count", "2018", "TOTAL", "M"] == (61, "A")
    pool = marked(table("by=exploitation&period=2009-2016"))
    assert pool["count", "2009-2016", "LABOUR"] == (39, "A")
    assert pool["count", "2009-2016", "TOTAL"] == (None, "O")


def test_shares_and_changes_are_computed_where_both_figures_are_published() -> None:
    found = marked(table("by=gender&measure=share,change,change_percent"))
    assert found["share", "2018", "M"] == (63, "A")
    assert found["share", "2022", "X"] == (1, "I")
    assert found["share", "2022", "_U"] == (None, "O")
    assert found["change", "2018", "F"] == (35 - 86, "A")
    assert found["change", "2020", "F"] == (55 - 41, "I")
    assert found["change", "2018", "_U"] == (None, "O")
    assert found["change", "2017", "F"] == (None, "L")
    totals = marked(table("measure=change,change_percent"))
    assert totals["change_percent", "2023"] == (53, "A")
    assert totals["change", "2008"] == (11, "A")
    assert totals["change", "2012"] == totals["change", "2015"] == (None, "L")
    zero = marked(table("citizenship=DK&measure=change,change_percent"))
    assert (zero["change", "2017", "DK"], zero["change_percent", "2017", "DK"]) == ((1, "A"), (None, "M"))
    labour = marked(table("by=exploitation&period=2009-2016&measure=share"))
    assert labour["share", "2009-2016", "LABOUR"] == (None, "O")


def test_the_change_of_a_preliminary_figure_is_preliminary() -> None:
    found = marked(table("release=2020.e1&measure=change"))
    assert list(found.values()) == [(0, "P")]
    assert body(table("release=2020.e1&measure=change"))["extension"]["releases"][0]["compared_with"] == "2019.e1"


def test_years_together() -> None:
    for period, count in (("2007-2015", 511), ("2007-2023", 1233), ("2007-2013", 297), ("2020-2024", 420)):
        assert series(table(f"period={period}")) == {period: count}
    assert list(marked(table("period=2007-2014")).values()) == [(418, "I")]


def test_our_own_release_answers_for_its_year() -> None:
    publish(PUBLIC, "2019", TABLES)
    response = table("by=gender&measure=count,change")
    assert shown_by(response)[2:4] == ["2019.p1", "2020.e2"]
    found = marked(response)
    assert found["count", "2019", "F"] == (60, "A")
    assert found["count", "2019", "M"] == (None, "Q")
    assert found["count", "2019", "_U"] == (0, "A")
    # The year before is published elsewhere, and the year after is compared with ours.
    assert found["change", "2019", "F"] == (60 - 35, "A")
    assert found["change", "2019", "X"] == (None, "Q")
    assert found["change", "2019", "_U"] == (None, "O")
    assert found["change", "2020", "F"] == (55 - 60, "I")
    assert found["change", "2020", "M"] == (None, "Q")
    legend = body(response)["extension"]["status"]
    assert {"Q", "O", "I", "P", "V"} <= set(legend)
    assert list(cells(table("release=2019.e1")).values()) == [64]
    assert body(response)["source"].startswith("Henvis, release 2019.p1; Published elsewhere 2017.e1, 2018.e1, 2020.e2")


def test_a_table_that_our_release_does_not_offer_is_not_taken_from_elsewhere() -> None:
    """What was decided not to be offered is not answered silently by another; who wants that names it."""
    publish(PUBLIC, "2019", {**TABLES, "age_band.age18": {"Y_LT18": None}}, offered={"age_band.age18": False})
    asked = "by=age_band.age18"
    assert findings(table(f"{asked}&year=2019"), "invalid_parameter") == [("by", "table_not_offered")]
    assert "2019.e1" not in shown_by(table(asked))
    assert cells(table(f"{asked}&release=2019.e1"))["count", "2019", "Y_LT18"] == 6


def test_it_is_left_out_because_our_period_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(PUBLIC, "2019", TABLES)
    monkeypatch.setattr(choosing, "standing_in", lambda current, period, elsewhere: elsewhere)
    assert "2019.e1" in shown_by(table("by=age_band.age18"))


def test_a_withdrawn_release_still_has_its_successor_before_others() -> None:
    first, second = publish(PUBLIC, "2019", TABLES), publish(PUBLIC, "2019", {"": {"": 70}}, 2)
    withdraw(first, second)
    assert series(table("year=2019")) == {"2019": 70}


def test_an_authority_reads_it_for_years_without_a_release_for_it(police: Caller) -> None:
    publish(AUTHORITY, "2019", {"": {"": 66}})
    publish(PUBLIC, "2021", {"": {"": 81}})
    response = police.get(PERSONS)
    assert series(response) == {**TOTALS, "2019": 66, "2021": 81}
    assert shown_by(response)[7:10] == ["2019.a1", "2020.e2", "2021.p1"]
    sources = {one["id"]: one["totals_from"] for one in body(response)["extension"]["releases"]}
    assert (sources["2020.e2"], sources["2021.p1"]) == (["2020.e2"], ["2021.p1"])
    assert list(cells(police.get(f"{PERSONS}?release=2019.e1")).values()) == [64]


def test_margins_of_another_moment_are_not_its_margins(police: Caller) -> None:
    publish(AUTHORITY, "2009-2016", {"": {"": 700}})
    found = cells(police.get(f"{PERSONS}?by=exploitation&release=2009-2016.e1"))
    assert found["count", "2009-2016", "TOTAL"] is None


def test_no_exact_series_has_it(centre: Caller) -> None:
    identified(centre.partner, decided_in="2023-05")
    release.build(by=COMMAND, period="2023", depth=1, as_of=at(60))
    assert series(centre.get(PERSONS, **WHY)) == {"2023": 1}
    changed = body(centre.get(f"{PERSONS}?year=2023&measure=change", **WHY))
    assert (changed["value"], changed["status"]) == ([None], {"0": "L"})
    response = centre.get(f"{PERSONS}?year=2012", **WHY)
    assert body(response, 400)["errors"][0]["allowed"] == ["2023"]


def test_who_reads_exact_figures_may_name_it_and_is_not_logged(centre: Caller) -> None:
    before = AuditEvent.objects.filter(action="statistics.exact").count()
    for headers in (WHY, {}):
        response = centre.get(f"{PERSONS}?release=2020.e1", **headers)
        assert list(cells(response).values()) == [64]
        assert body(response)["extension"]["audience"] == "public"
        assert response.headers["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.filter(action="statistics.exact").count() == before
    problem(centre.get(f"{PERSONS}?release=2020.e1", Henvis_Purpose="fun"), "invalid_header")


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("release=2020.e3", ("release", "release_unknown")),
        ("release=2020.e1&year=2021", ("release", "release_of_another_period")),
        ("release=2012.e1&by=gender", ("by", "table_not_offered")),
        ("by=region", ("by", "table_not_offered")),
        ("by=region&year=2017", ("by", "table_not_offered")),
        ("period=2023-Q4", ("period", "period_without_release")),
    ],
)
def test_refusals(query: str, finding: tuple[str, str]) -> None:
    assert findings(table(query), "invalid_parameter") == [finding]


def test_referrals_are_not_published_elsewhere() -> None:
    assert findings(get(f"{INDEX}/referrals"), "invalid_parameter") == [("by", "table_not_offered")]


def test_an_unknown_name_is_told_with_those_that_there_are() -> None:
    allowed = body(table("release=2020.e3"), 400)["errors"][0]["allowed"]
    assert allowed[0] == "latest" and {"2007.e1", "2020.e1", "2020.e2"} <= set(allowed)


def test_at_a_moment_only_what_is_known_to_have_been_published_then() -> None:
    """A report of 2021 is known to be there from the end of that year; one without a date at no moment but now."""
    assert shown_by(table("asOf=2023-06-01")) == ["2007.e1", "2015.e1", "2016.e2", "2020.e1", "2021.e1"]
    assert list(marked(table("asOf=2022-01-01&year=2020")).values()) == [(64, "P")]
    assert findings(table("asOf=2021-12-31&year=2020"), "invalid_parameter") == [("year", "period_without_release")]
    assert [one["id"] for one in body(get(f"{RELEASES}?asOf=2016-07-06"))["items"]] == [
        "2007.e1", "2007-2015.e1", "2015.e1",
    ]  # fmt: skip
    assert body(get(f"{RELEASES}?asOf=2016-07-05"))["items"] == []


def test_the_list_says_which_are_our_own() -> None:
    publish(PUBLIC, "2020", TABLES)
    items = body(get(RELEASES))["items"]
    assert [one["id"] for one in items if one["period"] == "2020"] == ["2020.p1", "2020.e2", "2020.e1"]
    assert {one["id"] for one in items if one["kind"] == "own"} == {"2020.p1"}
    early = next(one for one in items if one["id"] == "2020.e1")
    assert early["notes"] == ["PUBLISHED_ELSEWHERE", "EARLY"]
    assert (early["as_of"], early["built_at"], early["published_at"], early["published"]) == (None, None, None, "2021")
    assert [source["id"] for source in early["sources"]] == ["tip-2021"]
    assert {"figures", "stated", "threshold", "commitment"}.isdisjoint(early)
    assert body(get(INDEX))["releases"] == items


def test_a_release_names_the_source_of_each_figure() -> None:
    said = body(get(f"{RELEASES}/2018.e1"))
    assert len(said["figures"]) == 17
    lacking = [one for one in said["figures"] if one["source"] is None]
    assert {one["kind"] for one in lacking} == {"derived"} == {one["kind"] for one in said["figures"]} - {"final"}
    theft = next(one for one in said["figures"] if "exploitation_detail" in one["cell"] and one["count"] == 6)
    assert theft["cell"] == {"exploitation_detail": ["CRIMINAL_THEFT"], "age_band": ["Y_LT18"]}
    assert theft["source"]["url"] == "https://www.cmm.dk/statistik/udvalgte-tal-og-tendenser-fra-2017"
    noted = body(get(f"{RELEASES}/2007-2013.e1"))["figures"][0]
    assert "Cannot be reconciled" in noted["note"]["en"] and "Kan ikke forenes" in noted["note"]["da"]
    assert [kind["id"] for kind in said["kinds"]] == ["final", "derived"]
    assert ["gender", "exploitation"] in [one["axes"] for one in said["tables"]]


def test_every_release_is_as_the_description_says() -> None:
    description = json.loads((Path(settings.BASE_DIR) / "openapi.json").read_text())
    schema = {"$ref": "#/components/schemas/Release", "components": description["components"]}
    for one in body(get(RELEASES))["items"]:
        Draft202012Validator(schema).validate(body(get(f"{RELEASES}/{one['id']}")))


def test_a_percentage_that_the_sources_got_wrong_is_told_beside_ours() -> None:
    (stated,) = body(get(f"{RELEASES}/2023.e1"))["stated"]
    assert (stated["stated"], stated["computed"], stated["agrees"], stated["compared_with"]) == (35, 53, False, "2022")
    assert "divided by 112" in stated["note"]["en"] and len(stated["sources"]) == 2
    assert [one["agrees"] for one in body(get(f"{RELEASES}/2016.e2"))["stated"]] == [True]
    assert body(get(f"{RELEASES}/2020.e2"))["stated"] == []


@pytest.mark.parametrize(("language", "words"), [("da", "ingenting"), ("en", "nothing to prove")])
def test_it_has_no_certificate_and_says_why(language: str, words: str) -> None:
    response = get(f"{RELEASES}/2020.e1/certificate", Accept_Language=language)
    problem(response, "no_certificate")
    assert (words if language == "en" else "intet at bevise") in body(response, 404)["detail"]
    assert response.headers["Cache-Control"] == "public, max-age=300"
    problem(get(f"{RELEASES}/2020.e9/certificate"), "not_found")


def test_an_answer_names_its_sources() -> None:
    document = body(table("by=gender&year=2017"))
    assert document["source"] == "Published elsewhere 2017.e1"
    assert {link["href"] for link in document["link"]["via"]} == set(document["extension"]["releases"][0]["sources"])
    assert "https://www.state.gov/reports/2018-trafficking-in-persons-report/denmark/" in [
        link["href"] for link in document["link"]["via"]
    ]
    assert any("published elsewhere" in note for note in document["note"])
    assert document["extension"]["releases"][0]["kind"] == "elsewhere"
    assert document["extension"]["releases"][0]["notes"] == ["PUBLISHED_ELSEWHERE"]
    assert "updated" not in document
    assert body(table("year=2007"))["updated"] == "2016-07-06T00:00:00+02:00"


def test_an_answer_of_ours_alone_says_nothing_of_others() -> None:
    publish(PUBLIC, "2019", TABLES)
    document = body(table("by=gender&year=2019"))
    assert "link" not in document and not any("elsewhere" in note for note in document["note"])
    assert set(document["extension"]["status"]) == {"A", "M", "L", "Q"}
    assert document["extension"]["releases"][0]["sources"] == []


def test_csv_keeps_not_published_and_zero_apart() -> None:
    rows = list(csv.DictReader(io.StringIO(table("by=citizenship&year=2016&format=csv").content.decode(), newline="")))
    told = {row["citizenship"]: (row["release"], row["count"], row["status"]) for row in rows}
    assert told["DK"] == ("2016.e2", "0", "A")
    assert told["NG"] == ("2016.e2", "", "O")
    assert told["TOTAL"] == ("2016.e2", "121", "A")
    assert list(rows[0]) == ["release", "period", "citizenship", "citizenship_label", "count", "status"]


@pytest.mark.parametrize("form", ["csv", "json-stat"])
def test_a_downloaded_series_can_be_checked_though_it_begins_elsewhere(form: str) -> None:
    publish(PUBLIC, "2019", TABLES)
    checked = verify_tables.cells_of(table(f"by=gender&format={form}").content.decode())
    assert {release for release, _ in checked} == {"2019.p1"}
    assert checked["2019.p1", "2019.p1;gender=M"] is None


def test_what_everybody_may_have_may_be_kept() -> None:
    response = table("by=gender&release=2020.e1")
    tag = response.headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert table("by=gender&release=2020.e1").headers["ETag"] == tag
    assert table("by=gender&release=2020.e2").headers["ETag"] != tag
    again = table("by=gender&release=2020.e1", If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")


def test_a_series_gets_another_tag_when_one_of_its_years_gets_a_release() -> None:
    before = table("by=gender")
    publish(PUBLIC, "2019", TABLES)
    after = table("by=gender")
    assert before.headers["ETag"] != after.headers["ETag"]
    assert before.content != after.content


def test_reading_it_asks_the_database_no_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """One statement for the list; tables are asked for only where one of ours is shown."""
    publish(PUBLIC, "2019", TABLES)
    history.releases()
    with django_assert_num_queries(1):
        table("by=gender&year=2017&measure=share")
    with django_assert_num_queries(2):
        table("by=gender&measure=share&totals=exclude")
    with django_assert_num_queries(0):
        get(f"{RELEASES}/2020.e1")


def test_hidden_stays_the_only_word_for_hidden() -> None:
    publish(PUBLIC, "2019", TABLES)
    assert statuses(table("by=gender&year=2019")) == {"Q"}
    assert statuses(table("by=gender&year=2018")) == {"O"}
