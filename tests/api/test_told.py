"""What is told of hidden cells: the symbol or an interval, sums, and doubt; in every form, for whoever reads what is published."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from cases.dimensions import PERSONS as PERSONS_COUNTED
from partners.audit import COMMAND
from stats.counting import build
from stats.models import AUTHORITY, PUBLIC
from stats.reading import published_figures as protected
from stats.reading import query
from tests.api.asserts import body
from tests.api.open_figures import PERSONS, cells, get, table
from tests.callers import Caller, make_caller
from tests.stats.published import Cells, publish
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY = (datetime(2024, month, 1, 12, tzinfo=UTC) for month in (3, 5, 7))
# 100 persons: M is told by the symbol, X has more than 9, and of _U nothing is certain but that.
GENDER: Cells = {"F": 60, "M": None, "X": None, "_U": None}
TABLES: dict[str, Cells] = {"": {"": 100}, "gender": GENDER}
TOLD = {"gender": {"M": (0, 9), "X": (10, 30), "_U": (10, None)}}
SYMBOLS = {"gender": 9}


@pytest.fixture
def published() -> None:
    """The year 2023."""
    publish(PUBLIC, "2023", TABLES, symbols=SYMBOLS, told=TOLD, when=MARCH)


def told(response: HttpResponse) -> dict[str, Any]:
    """What JSON-stat tells of hidden cells."""
    found: dict[str, Any] = body(response)["extension"]["told"]
    return found


def release_of(response: HttpResponse) -> dict[str, Any]:
    """The one release that answers."""
    (found,) = body(response)["extension"]["releases"]
    return dict(found)


def rows(response: HttpResponse) -> list[dict[str, str]]:
    """The rows of CSV."""
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


@pytest.mark.usefixtures("published")
def test_json_stat_tells_least_and_most_of_every_hidden_cell_unasked() -> None:
    answer = table("by=gender&year=2023")
    assert cells(answer)["count", "2023", "M"] is None
    assert body(answer)["status"] == {"2": "Q", "3": "Q", "4": "Q"}
    assert told(answer)["least"] == {"2": 0, "3": 10, "4": 10}
    assert told(answer)["most"] == {"2": 9, "3": 30}
    assert "N" not in body(answer)["extension"]["status"]["label"]  # not significant: as good as zero


@pytest.mark.usefixtures("published")
def test_csv_and_the_list_have_two_columns_of_it_unasked() -> None:
    found = [
        (row["gender"], row["count"], row["status"], row["conf_status"], row["least"], row["most"])
        for row in rows(table("by=gender&year=2023&format=csv"))
    ]
    assert found == [
        ("TOTAL", "100", "A", "F", "100", "100"),
        ("F", "60", "A", "F", "60", "60"),
        ("M", "", "Q", "C", "0", "9"),
        ("X", "", "Q", "C", "10", "30"),
        ("_U", "", "Q", "C", "10", ""),
    ]
    listed = json.loads(table("by=gender&year=2023&format=list").content)
    assert [row["status_label"] for row in listed] == ["shown", "shown", "hidden, 0–9", "hidden", "hidden"]
    assert [(row["count"], row["least"], row["most"]) for row in listed[1:3]] == [(60, 60, 60), (None, 0, 9)]


@pytest.mark.usefixtures("published")
def test_they_are_measures_for_whoever_asks_and_one_pair_of_columns_all_the_same() -> None:
    answer = table("by=gender&year=2023&measure=least,most")
    found = cells(answer)
    assert [found["least", "2023", code] for code in ("TOTAL", "F", "M", "X", "_U")] == [100, 60, 0, 10, 10]
    assert [found["most", "2023", code] for code in ("TOTAL", "F", "M", "X", "_U")] == [100, 60, 9, 30, None]
    assert body(answer)["status"] == {"9": "Q"}
    assert "told" not in body(answer)["extension"]
    every = rows(table("by=gender&year=2023&measure=count,least,most,share&format=csv"))
    assert [*every[0]][4:10] == ["count", "status", "status_label", "conf_status", "least", "most"]
    assert [*every[0]][10:] == ["share", "share_status", "share_status_label"]
    alone = rows(table("by=gender&year=2023&measure=most&format=csv"))
    assert [(row["most"], row["most_status"]) for row in alone[2:]] == [("9", "A"), ("30", "A"), ("", "Q")]


@pytest.mark.usefixtures("published")
def test_what_is_computed_from_a_cell_with_the_symbol_is_hidden_without_it() -> None:
    publish(PUBLIC, "2022", TABLES, symbols=SYMBOLS, told=TOLD)
    answer = table("by=gender&year=2023&measure=share,change")
    assert set(body(answer)["status"].values()) == {"Q"}


def test_beside_a_year_of_others_a_hidden_cell_tells_the_same() -> None:
    publish(PUBLIC, "2019", TABLES, symbols=SYMBOLS, told=TOLD)
    answer = table("by=gender&year=2019&totals=exclude&measure=count,least,most,share,change")
    document, found = body(answer), cells(answer)
    assert document["extension"]["releases"][0]["compared_with"] == "2018.x1"
    of = {cell: document["status"].get(str(n), "A") for n, cell in enumerate(found)}
    assert [of["count", "2019", code] for code in ("F", "M", "X")] == ["A", "Q", "Q"]
    assert [of["least", "2019", code] for code in ("F", "M", "X", "_U")] == ["A"] * 4
    assert [of["most", "2019", code] for code in ("F", "M", "X", "_U")] == ["A", "A", "A", "Q"]
    assert [of["share", "2019", code] for code in ("M", "X")] == ["Q", "Q"]
    assert of["change", "2019", "M"] == "B"  # as of what is shown


def test_the_key_names_every_symbol_of_the_answer() -> None:
    tables: dict[str, Cells] = {
        "": {"": 100},
        "gender": {"F": None, "M": None, "X": 60},
        "age_band.age18": {"Y_LT18": None, "Y_GE18": None},
        "gender,age_band.age18": dict.fromkeys(("F|Y_LT18", "M|Y_LT18"), None),
    }
    intervals = {axes: dict.fromkeys(tables[axes], (0, 14 if axes == "gender" else 9)) for axes in [*tables][1:]}
    intervals["gender"].pop("X")
    publish(
        PUBLIC, "2023", tables, symbols={"gender": 14, "age_band.age18": 9, "gender,age_band.age18": 9}, told=intervals
    )
    page = get("/da/statistik/persons/?by=gender,age_band.age18&period=2023", Accept="text/html").content.decode()
    why = "Skjult: tallet er lille eller beskytter et andet lille tal"
    assert f"<dt>0–9, 0–14</dt><dd>{why}; hvad det kan være, står der</dd>" in page


@pytest.mark.usefixtures("published")
def test_hidden_cells_of_a_line_have_their_margin_without_the_rest() -> None:
    assert told(table("by=gender&year=2023"))["sums"] == [
        {"period": "2023", "codes": {"gender": ["M", "X", "_U"]}, "count": 40}
    ]
    assert "told" not in body(table("gender=F&year=2023"))["extension"]


def test_sums_are_of_published_cells_of_one_release_and_of_more_than_one_hidden_cell() -> None:
    tables: dict[str, Cells] = {
        "": {"": 100},
        "gender": {"F": 60, "M": None, "X": None},
        "age_band.age18": {"Y_LT18": 20, "Y_GE18": 80},
        "gender,age_band.age18": {
            "F|Y_LT18": None,
            "F|Y_GE18": None,
            "M|Y_LT18": None,
            "M|Y_GE18": None,
            "X|Y_GE18": 3,
        },
    }
    publish(PUBLIC, "2023", tables)
    by = {"gender": ["M", "X"]}
    women = {"gender": ["F"], "age_band.age18": ["Y_LT18", "Y_GE18"]}
    young, old = ({"gender": ["F", "M"], "age_band.age18": [age]} for age in ("Y_LT18", "Y_GE18"))
    found = told(table("by=gender,age_band.age18&year=2023"))["sums"]
    # Of men the margin is hidden; of X one cell is shown.
    assert [(each["codes"], each["count"]) for each in found] == [(by, 40), (young, 20), (old, 77), (women, 60)]
    assert told(table("by=age_band.age18&gender=F&year=2023"))["sums"] == [
        {"period": "2023", "codes": women, "count": 60}
    ]


@pytest.mark.usefixtures("published")
def test_a_release_tells_the_persons_in_exact_cells_and_the_doubt_of_the_whole_table() -> None:
    assert [release_of(table("by=gender&year=2023"))[name] for name in ("exact", "doubt")] == [60, None]
    narrower = {**TOLD["gender"], "_U": (10, 31)}
    publish(PUBLIC, "2022", TABLES, symbols=SYMBOLS, told={"gender": narrower})
    for asked in ("by=gender&year=2022", "by=gender&year=2022&totals=exclude", "gender=M&year=2022"):
        assert [release_of(table(asked))[name] for name in ("exact", "doubt")] == [60, 0.5]  # (9 + 20 + 21) / 100
    assert [release_of(table("year=2022"))[name] for name in ("exact", "doubt")] == [100, 0]


def test_moments_of_a_build_are_told_to_the_second() -> None:
    built = datetime(2024, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
    publish(PUBLIC, "2022", TABLES, symbols=SYMBOLS, when=built, as_of=built - timedelta(microseconds=999))
    listed = body(get("/api/v1/releases/2022.p1"))
    answer = table("by=gender&year=2022")
    assert [listed["as_of"], listed["built_at"], release_of(answer)["as_of"], body(answer)["updated"]] == [
        "2024-03-01T09:30:15+00:00"
    ] * 4


def test_a_margin_tells_what_its_own_table_tells_offered_or_not() -> None:
    tables: dict[str, Cells] = {**TABLES, "age_band.age18": {"Y_GE18": 100}, "gender,age_band.age18": {"F|Y_GE18": 60}}
    tables["gender,age_band.age18"] = {"F|Y_GE18": 60, "M|Y_GE18": None, "X|Y_GE18": None, "_U|Y_GE18": None}
    publish(
        PUBLIC,
        "2023",
        tables,
        symbols={"gender": 9, "gender,age_band.age18": 14},
        told={**TOLD, "gender,age_band.age18": {"M|Y_GE18": (0, 14), "X|Y_GE18": (0, 14), "_U|Y_GE18": (15, 20)}},
        offered={"gender": False},
    )
    found = rows(table("by=gender,age_band.age18&year=2023&format=csv"))
    of = {
        (row["gender"], row["age_band.age18"]): (row["count"], row["status"], row["least"], row["most"])
        for row in found
    }
    assert of["M", "TOTAL"] == ("", "Q", "0", "9")
    assert of["M", "Y_GE18"] == ("", "Q", "0", "14")
    assert of["F", "TOTAL"] == ("60", "A", "60", "60")


@pytest.mark.usefixtures("published")
def test_a_later_release_narrows_what_is_told_under_a_tag_of_its_own() -> None:
    before = table("by=gender&year=2023")
    then = table("by=gender&year=2023&asOf=2024-04-01")
    certificate, citation = (get(f"/api/v1/releases/2023.p1/{each}") for each in ("certificate", "citation"))
    narrowed = {("2023.p1", "gender"): {"M": (0, 9), "X": (12, 25), "_U": (10, 25)}}
    publish(PUBLIC, "2019-2023", {"": {"": 300}}, narrowed=narrowed, when=MAY)
    publish(PUBLIC, "2018", {"": {"": 30}}, when=JULY)
    after = table("by=gender&year=2023")
    assert told(after)["least"] == {"2": 0, "3": 12, "4": 10} and told(after)["most"] == {"2": 9, "3": 25, "4": 25}
    assert before.headers["ETag"] != after.headers["ETag"]
    assert [release_of(each)["told_with"] for each in (before, after)] == ["2023.p1", "2019-2023.p1"]
    again = table("by=gender&year=2023&asOf=2024-04-01")
    assert (again.content, again.headers["ETag"]) == (then.content, then.headers["ETag"])
    assert told(again) == told(before)
    assert told(table("by=gender&year=2023&asOf=2024-05-01T12:00:00Z")) == told(after)
    for old, name in ((certificate, "certificate"), (citation, "citation")):
        new = get(f"/api/v1/releases/2023.p1/{name}")
        assert (new.content, new.headers["ETag"]) == (old.content, old.headers["ETag"])


@pytest.mark.usefixtures("published")
def test_what_is_published_between_tag_and_cells_is_in_neither() -> None:
    opened = protected.open_query(PUBLIC, query.parse(PERSONS_COUNTED, {"by": "gender", "year": "2023"}))
    narrowed = {("2023.p1", "gender"): {"M": (0, 9), "X": (12, 25), "_U": (10, 25)}}
    publish(PUBLIC, "2019-2023", {"": {"": 300}}, narrowed=narrowed)
    assert [(each.least, each.most) for each in opened.figures().intervals.values()] == [*TOLD["gender"].values()]


@pytest.mark.usefixtures("published")
def test_what_is_told_with_a_release_stays_where_a_later_one_says_nothing_of_it() -> None:
    publish(PUBLIC, "2022", TABLES, symbols=SYMBOLS, told=TOLD, when=MAY)
    assert release_of(table("by=gender&year=2023"))["told_with"] == "2023.p1"
    assert told(table("by=gender&year=2023"))["most"] == {"2": 9, "3": 30}


@pytest.mark.usefixtures("published")
def test_an_authority_reads_what_is_told_of_published_cells_and_nothing_of_noise() -> None:
    noisy: dict[str, Cells] = {
        "": {"": 98},
        "gender": {"F": 61},
        "gender,age_band.age18": {"F|Y_GE18": 58, "M|Y_GE18": 7},
    }
    publish(AUTHORITY, "2023", noisy)
    police = make_caller("POLICE")
    answer = police.get(f"{PERSONS}?by=gender,age_band.age18&year=2023")
    document = body(answer)
    found = cells(answer)
    by_place = {str(n): cell for n, cell in enumerate(found)}
    assert {by_place[place][2:] for place in document["extension"]["told"]["least"]} == {
        (code, "TOTAL") for code in ("M", "X", "_U")
    }
    assert found["count", "2023", "F", "TOTAL"] == 60
    assert document["extension"]["told"]["sums"] == [
        {"period": "2023", "codes": {"gender": ["M", "X", "_U"]}, "count": 40}
    ]
    (release,) = document["extension"]["releases"]
    assert [release[name] for name in ("id", "told_with", "exact", "doubt")] == ["2023.a1", "2023.p1", None, None]
    noise = rows(police.get(f"{PERSONS}?by=gender,age_band.age18&year=2023&format=csv"))
    of = {(row["gender"], row["age_band.age18"]): (row["status"], row["least"], row["most"]) for row in noise}
    assert of["X", "Y_GE18"] == ("Q", "", "") and of["M", "Y_GE18"] == ("A", "7", "7")


def test_exact_figures_have_no_doubt_to_tell(centre: Caller) -> None:
    """Of nothing that is hidden is anything told: the members are there, and null."""
    identified(centre.partner, decided_in="2023-05")
    build.build(by=COMMAND, period="2023", depth=1, as_of=at(1))
    answer = centre.get(f"{PERSONS}?by=gender&year=2023", Henvis_Purpose="quality-control")
    assert "told" not in body(answer)["extension"]
    (release,) = body(answer)["extension"]["releases"]
    assert [release[name] for name in ("told_with", "exact", "doubt")] == [None] * 3
