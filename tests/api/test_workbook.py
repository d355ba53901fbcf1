"""The workbook has the figures of the CSV and of the pages, and of a hidden cell what everybody is told."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from zipfile import ZipFile

import pandas
import pytest

from api.statistics import answers
from core.answers import Answers
from partners.audit import COMMAND
from stats.counting import build
from stats.models import PUBLIC
from tests.api.open_figures import table
from tests.api.workbooks import read, values
from tests.callers import Caller
from tests.stats.published import Cells, publish
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db
# A moment that no other release of tests has: answers are kept by it.
MARCH = datetime(2024, 3, 1, 12, 34, tzinfo=UTC)
# 1100 persons: M is told by the symbol, X has more than 9, and of _U nothing is certain but that.
GENDER: Cells = {"F": 1060, "M": None, "X": None, "_U": None}
TOLD = {"gender": {"M": (0, 9), "X": (10, 30), "_U": (10, None)}}
ONE_YEAR = "by=gender&year=2023&measure=count,share&format=xlsx"


@pytest.fixture
def published() -> None:
    """The year 2023, after a year that others published."""
    publish(PUBLIC, "2023", {"": {"": 1100}, "gender": GENDER}, symbols={"gender": 9}, told=TOLD, when=MARCH)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("query", ["", "by=gender", "by=gender&year=2023&measure=count,share,change,change_percent"])
def test_its_rows_are_those_of_the_csv_with_numbers_as_numbers(query: str, language: str) -> None:
    _, data, _ = read(table(f"{query}&lang={language}&format=xlsx"))
    text = table(f"{query}&lang={language}&format=csv").content.decode()
    head, *rows = values(data)
    as_text = [["" if value is None else str(value) for value in row] for row in rows]
    assert [list(head), *as_text] == [*csv.reader(io.StringIO(text, newline=""))]
    counts = [row[head.index("count")] for row in rows]
    assert {type(each) for each in counts} <= {int, type(None)}
    assert data.freeze_panes == "A2" and [*data.tables] == ["Figures"] and data.tables["Figures"].ref == data.dimensions


@pytest.mark.usefixtures("published")
def test_what_is_hidden_has_no_number_and_is_shown_as_on_pages() -> None:
    _, data, view = read(table(ONE_YEAR))
    rows = [dict(zip(values(data)[0], row, strict=True)) for row in values(data)[1:]]
    hidden = {row["gender"]: (row["count"], row["share"]) for row in rows if row["status"] == "Q"}
    assert hidden == dict.fromkeys(("M", "X", "_U"), (None, None))
    assert values(view)[2:9] == [
        ("2023", None, None),
        ("Gender", "Persons", "Share, %"),
        ("Total", 1100, 100),
        ("Female", 1060, 96.4),
        ("Male", "0–9", "[c]"),
        ("Transgender or other", "[c] 10–30", "[c]"),
        ("Not known", "[c] ≥10", "[c]"),
    ]
    assert [view.cell(n, 2).font.bold for n in (5, 6)] == [True, False]
    assert any("small number; between 0 and 9" in str(row[0]) for row in values(view))
    assert not any(each.merged_cells.ranges for each in (data, view))


@pytest.mark.usefixtures("published")
def test_it_says_what_the_figures_are_in_the_language_that_was_asked_for() -> None:
    assert [each.title for each in read(table(f"{ONE_YEAR}&lang=da"))] == ["Om", "Data", "Visning"]
    about, *_ = read(table(ONE_YEAR))
    found = [(name, text) for name, text in values(about)]
    assert (about.title, found[0]) == (
        "About",
        ("Title", "Persons identified as victims of human trafficking by gender"),
    )
    assert ("Release", "2023.p1, published 2024-03-01") in found
    assert ("Licence", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/") in found
    assert ("Key", "Q: Hidden: it could show fewer than 5 persons, or such a number could be computed from it") in found
    (address,) = (text for name, text in found if name == "Address")
    assert address.startswith("http://testserver/api/v1/statistics/persons?by=gender&period=2023&asOf=2024-03-01T")
    assert any(name == "Cite" and "2023.p1" in text for name, text in found)


@pytest.mark.usefixtures("published")
def test_a_figure_of_others_keeps_its_mark_and_stays_a_number() -> None:
    *_, view = read(table("measure=count,change&format=xlsx"))
    rows = {row[0].value: row for row in view.iter_rows()}
    count, change = rows["2024 [b]"][1:3]
    assert (count.value, count.number_format, change.value) == (78, '#,##0"†"', "[b]")
    assert (rows["2022"][2].value, rows["2022"][2].number_format.partition(";")[0]) == (73 - 80, "+#,##0")


@pytest.mark.usefixtures("published")
def test_it_says_of_whom_alone_its_figures_are() -> None:
    about, _, view = read(table("gender=F&year=2023&format=xlsx&lang=da"))
    assert values(about)[1] == ("Kun", "Køn: Kvinde")
    assert values(view)[1:5] == [("Kun Køn: Kvinde", None), (None,) * 2, ("Periode", "Personer"), ("2023", 1060)]


@pytest.mark.usefixtures("published")
def test_the_same_table_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    one = table(ONE_YEAR)
    monkeypatch.setattr(answers, "ANSWERS", Answers(0))
    other = table(ONE_YEAR)
    assert (one.content, one["ETag"]) == (other.content, other["ETag"])
    with ZipFile(io.BytesIO(one.content)) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}
        assert b"2024-03-01T12:34:00Z" in archive.read("docProps/core.xml")


@pytest.mark.usefixtures("published")
def test_analysts_read_it_with_the_library_that_they_have() -> None:
    answer = table("by=gender&year=2023&format=xlsx&lang=da")
    frame = pandas.read_excel(io.BytesIO(answer.content), sheet_name="Data", engine="openpyxl", dtype={"period": str})
    assert list(frame["count"].dropna()) == [1100, 1060]
    text = table("by=gender&year=2023&format=csv-da&lang=da").content
    danish = pandas.read_csv(io.BytesIO(text), sep=";", decimal=",", encoding="utf-8-sig", dtype={"period": str})
    pandas.testing.assert_frame_equal(frame, danish)


def test_figures_that_are_not_for_publication_say_so_and_have_no_licence(centre: Caller) -> None:
    for month, gender in (("2023-05", "F"), ("2023-06", "M")):
        identified(centre.partner, decided_in=month, verified_gender=gender, verified_citizenship="NG")
    build.build(by=COMMAND, period="2023", depth=3, as_of=at(60))
    path = "/api/v1/statistics/persons?by=gender,citizenship.eu,exploitation.form&measure=share&format=xlsx"
    about, _, view = read(centre.get(path, Henvis_Purpose="annual-report"))
    assert any("not for publication" in str(text) for _, text in values(about))
    assert "Licence" not in {name for name, _ in values(about)}
    assert values(view)[3][0] == "Gender · Citizenship (Danish, other EU country or non-EU)"
    assert values(view)[4][0] == "Total · Total" and view["A5"].font.bold and not view["A6"].font.bold
