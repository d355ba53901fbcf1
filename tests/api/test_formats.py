"""The forms of one table say the same."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse

from api.statistics.formats.flat import danish_cell
from partners.audit import COMMAND
from stats.counting import build as release
from stats.models import Release
from tests.api import json_stat
from tests.api.asserts import body, problem
from tests.api.workbooks import read
from tests.callers import Caller
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED = "by=gender&citizenship=AFRICA&measure=count,share,change,change_percent"


@pytest.fixture
def released(centre: Caller) -> Caller:
    for month, gender in (("2022-05", "F"), ("2023-05", "F"), ("2023-06", "F"), ("2023-07", "M")):
        identified(centre.partner, decided_in=month, verified_gender=gender, verified_citizenship="NG")
    for period in ("2022", "2023"):
        release.build(by=COMMAND, period=period, depth=2, as_of=at(60))
    return centre


def table(caller: Caller, query: str = ASKED, **headers: str) -> HttpResponse:
    return caller.get(f"/api/v1/statistics/persons?{query}", Henvis_Purpose="annual-report", **headers)


def csv_rows(response: HttpResponse) -> list[dict[str, str]]:
    text = response.content.decode()
    assert text.count("\r\n") == text.count("\n")
    assert not text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_codes_labels_values_and_status(released: Caller) -> None:
    response = table(released, f"{ASKED}&format=csv", Accept_Language="da")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"].endswith('-2023.v1_da.csv"')
    rows = csv_rows(response)
    assert list(rows[0]) == [
        "release",
        "period",
        "gender",
        "gender_label",
        "citizenship.continent",
        "citizenship.continent_label",
        "count",
        "status",
        "status_label",
        "conf_status",
        "least",
        "most",
        "share",
        "share_status",
        "share_status_label",
        "change",
        "change_status",
        "change_status_label",
        "change_percent",
        "change_percent_status",
        "change_percent_status_label",
    ]
    assert list(rows[6].values()) == [
        "2023.v1",
        "2023",
        "F",
        "Kvinde",
        "AFRICA",
        "Afrika",
        "2",
        "A",
        "vist",
        "N",
        "2",
        "2",
        "67",
        "A",
        "vist",
        "1",
        "A",
        "vist",
        "100",
        "A",
        "vist",
    ]
    assert list(rows[7].values())[-6:] == ["1", "A", "vist", "", "M", "kan ikke beregnes"]
    assert list(rows[1].values())[-6:] == [*["", "L", "ingen udgivelse for året før"] * 2]
    assert len(rows) == 2 * 5


def test_the_list_is_flat_objects(released: Caller) -> None:
    response = table(released, f"{ASKED}&format=list")
    assert response.headers["Content-Type"] == "application/vnd.henvis.list+json"
    rows = json.loads(response.content)
    assert rows[7] == {
        "release": "2023.v1",
        "period": "2023",
        "gender": "M",
        "gender_label": "Male",
        "citizenship.continent": "AFRICA",
        "citizenship.continent_label": "Africa",
        "count": 1,
        "status": "A",
        "status_label": "shown",
        "conf_status": "N",
        "least": 1,
        "most": 1,
        "share": 33,
        "share_status": "A",
        "share_status_label": "shown",
        "change": 1,
        "change_status": "A",
        "change_status_label": "shown",
        "change_percent": None,
        "change_percent_status": "M",
        "change_percent_status_label": "cannot be computed",
    }


def test_every_form_has_the_same_values(released: Caller) -> None:
    document = body(table(released))
    json_stat.check(document)
    listed = json.loads(table(released, f"{ASKED}&format=list").content)
    written = csv_rows(table(released, f"{ASKED}&format=csv"))
    for place, (cell, value) in enumerate(json_stat.cells(document)):
        measure, *codes = cell
        number = place % len(listed)
        row: dict[str, Any] = listed[number]
        assert [row["period"], row["gender"], row["citizenship.continent"]] == codes
        assert row[measure] == value
        assert written[number][measure] == ("" if value is None else str(value))


def test_json_stat_names_its_releases_and_that_it_is_not_for_publication(released: Caller) -> None:
    document = body(table(released, "by=gender&year=2023&measure=count,change"))
    (one,) = document["extension"]["releases"]
    assert (one["id"], one["compared_with"], one["totals_from"]) == ("2023.v1", "2022.v1", ["2023.v1"])
    assert document["extension"]["audience"] == "exact"
    assert any("not for publication" in note for note in document["note"])
    assert document["source"].endswith("2023.v1")
    assert document["role"] == {"time": ["period"], "metric": ["measure"]}
    assert document["dimension"]["measure"]["category"]["unit"]["change"] == {"label": "number", "decimals": 0}
    assert table(released).headers["Content-Disposition"].endswith('-2023.v1_en.json"')


def test_json_stat_says_which_dimensions_are_places(released: Caller) -> None:
    document = body(table(released, "by=gender,citizenship.continent"))
    json_stat.check(document)
    assert document["role"]["geo"] == ["citizenship.continent"]
    assert body(table(released, "by=region"))["role"]["geo"] == ["region"]


def test_json_stat_names_the_address_that_gives_it_again(released: Caller) -> None:
    query = "measure=change,count&totals=exclude&citizenship=AFRICA&by=gender&year=2023&format=json-stat"
    document = body(table(released, query))
    asked = urlsplit(document["href"])
    assert (asked.scheme, asked.netloc, asked.path) == ("http", "testserver", "/api/v1/statistics/persons")
    asked_of = parse_qs(asked.query)
    (moment,) = asked_of.pop("asOf")
    assert moment == Release.objects.latest("built_at").built_at.replace(microsecond=0).isoformat()
    same = "by=gender&citizenship=AFRICA&period=2023&measure=count,change&totals=exclude&audience=exact&lang=en"
    assert asked_of == parse_qs(same)
    assert body(table(released, asked.query)) == document
    assert urlsplit(body(table(released, "release=2023.v1"))["href"]).query == "release=2023.v1&audience=exact&lang=en"
    past = body(table(released, "asOf=2100-01-01T00:00:00Z"))
    assert body(table(released, urlsplit(past["href"]).query)) == past


def test_a_zero_is_a_zero_and_not_null(released: Caller) -> None:
    cells = dict(json_stat.cells(body(table(released, "by=gender&year=2023"))))
    assert cells["count", "2023", "X"] == 0
    assert None not in cells.values()


def test_texts_are_danish_or_english(released: Caller) -> None:
    danish = body(table(released, "by=gender", Accept_Language="da, en;q=0.5"))
    english = body(table(released, "by=gender"))
    assert danish["label"] == "Personer vurderet udsat for menneskehandel efter køn"
    assert english["label"] == "Persons identified as victims of human trafficking by gender"
    assert danish["dimension"]["gender"]["category"]["label"]["TOTAL"] == "I alt"
    assert (danish["value"], danish["id"]) == (english["value"], english["id"])


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", "*/*", "application/json"),
        ("", "application/json", "application/json"),
        ("", "text/csv", "text/csv; charset=utf-8; header=present"),
        ("", "text/csv;q=0.5, application/json", "application/json"),
        ("format=csv", "text/html", "text/csv; charset=utf-8; header=present"),
        ("format=csv-da", "application/json", "text/csv; charset=utf-8; header=present"),
        ("format=json-stat", "text/csv", "application/json"),
        ("", WORKBOOK, WORKBOOK),
    ],
)
def test_a_form_is_chosen_by_format_else_by_accept(released: Caller, query: str, accept: str, kind: str) -> None:
    assert table(released, query, Accept=accept).headers["Content-Type"] == kind


def test_the_list_can_be_asked_for_by_accept(released: Caller) -> None:
    assert isinstance(body(table(released, "", Accept="application/vnd.henvis.list+json")), list)


def test_excel_in_danish_opens_csv_of_its_own(released: Caller) -> None:
    answer = table(released, f"{ASKED}&format=csv-da&lang=da")
    text = answer.content.decode()
    assert answer.headers["Content-Disposition"].endswith('-2023.v1_da.excel.csv"')
    assert text.startswith("\ufeffrelease;") and text.count("\r\n") == text.count("\n")
    plain = csv_rows(table(released, f"{ASKED}&format=csv&lang=da"))
    assert list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";")) == plain


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_in_it_is_never_computed_and_a_number_below_zero_is_one(sign: str) -> None:
    assert danish_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert danish_cell(-3) == -3
    assert danish_cell(Decimal("-3.5")) == "-3,5"


def test_the_language_that_is_named_goes_before_that_of_the_browser(released: Caller) -> None:
    danish = body(table(released, "by=gender&lang=da", Accept_Language="en"))
    assert danish == body(table(released, "by=gender", Accept_Language="da"))
    assert table(released, "lang=en", Accept_Language="da").headers["Content-Language"] == "en"
    found = problem(table(released, "lang=fr"), "invalid_parameter")
    assert found["errors"][0]["allowed"] == ["da", "en"]


def test_a_form_that_there_is_not(released: Caller) -> None:
    problem(table(released, "", Accept="text/html"), "not_acceptable")
    problem(table(released, "format=xml", Accept="text/html"), "invalid_parameter")


def test_the_grand_total_alone_has_no_axis(released: Caller) -> None:
    document = body(table(released, "year=2023"))
    json_stat.check(document)
    assert (document["id"], document["size"], document["value"]) == (["measure", "period"], [1, 1], [3])


def test_percentages_of_a_large_base_have_one_decimal(centre: Caller) -> None:
    for number in range(201):
        identified(centre.partner, decided_in="2023-05", verified_gender="F" if number else "M")
    release.build(by=COMMAND, period="2023", depth=1, as_of=at(60))
    cells = dict(json_stat.cells(body(table(centre, "by=gender&measure=share"))))
    assert (cells["share", "2023", "F"], cells["share", "2023", "M"], cells["share", "2023", "X"]) == (99.5, 0.5, 0.0)
    assert b"99.5," in table(centre, "by=gender&measure=share&format=csv").content
    assert b";99,5;" in table(centre, "by=gender&measure=share&format=csv-da").content
    (sheet,) = (each for each in read(table(centre, "by=gender&measure=share&format=xlsx")) if each.title == "Data")
    assert (sheet["E3"].value, sheet["E4"].value) == (99.5, 0.5)
