"""Several periods in one answer: each as it is answered by itself, and nothing besides."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from api.statistics import answers
from core.answers import Answers
from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC
from stats.reading import catalogue
from tests.api.asserts import body, findings
from tests.api.open_figures import PERSONS, cells, table
from tests.api.workbooks import read, values
from tests.callers import Caller
from tests.stats.published import Cells, publish
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db
TOTALS = {"2018": 95, "2019": 60, "2021": 81, "2022": 73, "2023": 112}
WHY = {"Henvis-Purpose": "quality-control"}
SPRING = datetime(2024, 3, 1, 12, tzinfo=UTC)


def tables(total: int) -> dict[str, Cells]:
    """A total, and a table in which a cell is hidden."""
    return {"": {"": total}, "gender": {"F": total - 20, "M": None, "X": None}}


@pytest.fixture(autouse=True)
def years() -> None:
    """Five years; the tables of others stand between and before them, with the total alone."""
    for year, total in TOTALS.items():
        publish(PUBLIC, year, tables(total), when=SPRING)


def periods(response: HttpResponse) -> list[str]:
    """The periods of an answer, in order."""
    found: dict[str, int] = body(response)["dimension"]["period"]["category"]["index"]
    return list(found)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2021..2023", ["2021", "2022", "2023"]),
        ("2022..", ["2022", "2023"]),
        ("..2019", ["2017", "2018", "2019"]),
        ("2018,2021,2023", ["2018", "2021", "2023"]),
        ("2023,2018..2019", ["2018", "2019", "2023"]),
        ("2023..2023", ["2023"]),
    ],
)
def test_a_list_is_what_it_names_and_a_range_what_there_is(asked: str, found: list[str]) -> None:
    assert periods(table(f"by=gender&period={asked}")) == found


@pytest.mark.parametrize("query", ["by=gender", "by=gender&measure=count,least,most,share,change", "gender=F", ""])
def test_each_period_says_what_it_says_alone(query: str) -> None:
    together = cells(table(f"{query}&period=2021..2023"))
    alone = [cells(table(f"{query}&period={year}")) for year in ("2021", "2022", "2023")]
    assert together == {cell: value for one in alone for cell, value in one.items()}


@pytest.mark.parametrize("form", ["csv", "csv-da", "list", "xlsx"])
def test_every_form_has_the_rows_of_each_period(form: str) -> None:
    def rows(period: str) -> list[Any]:
        content = table(f"by=gender&period={period}&format={form}").content
        match form:
            case "list":
                return [list(each.values()) for each in json.loads(content)]
            case "xlsx":
                return [*values(read(table(f"by=gender&period={period}&format=xlsx"))[1])][1:]
            case _:
                return [*csv.reader(io.StringIO(content.decode()))][1:]

    assert rows("2019,2022") == [*rows("2019"), *rows("2022")]


def test_the_view_of_a_workbook_has_a_column_for_each_year_and_its_cover_every_release() -> None:
    about, _, view = read(table("by=gender&period=2021..2023&format=xlsx&lang=da"))
    assert values(view)[2][:4] == ("Køn", "2021", "2022", "2023")
    found = [(name, text) for name, text in values(about)]
    assert ("Periode", "2021, 2022, 2023") in found
    assert [text.partition(",")[0] for name, text in found if name == "Udgivelse"] == ["2021.p1", "2022.p1", "2023.p1"]
    assert len([name for name, _ in found if name == "Citér"]) == 3
    assert any(name == "Adresse" and "period=2021..2023" in text for name, text in found)


def test_pools_that_are_named_are_answered_and_none_within_them() -> None:
    assert periods(table("period=2007-2019,2020-2024")) == ["2007-2019", "2020-2024"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("2023..2021", "period_range_expected"),
        ("..", "period_range_expected"),
        ("2023,", "period_expected"),
        ("2023,2022-Q1", "periods_of_one_kind"),
        ("2022..2023-Q4", "periods_of_one_kind"),
        ("2023,2007-2015", "periods_of_one_kind"),
        ("2007-2015,2007-2016", "periods_overlap"),
        ("2023,2021..2023", "periods_overlap"),
        ("2023,2024-Q1..", "periods_of_one_kind"),
        ("2023-Q1..2023-Q4", "period_without_release"),
        ("2030..", "period_without_release"),
    ],
)
def test_what_cannot_be_one_answer_is_refused(asked: str, code: str) -> None:
    assert findings(table(f"period={asked}"), "invalid_parameter") == [("period", code)]


def test_a_period_that_is_named_must_be_there_and_have_the_table() -> None:
    response = table("period=2006,2023")
    assert findings(response, "invalid_parameter") == [("period", "period_without_release")]
    allowed = body(response, 400)["errors"][0]["allowed"]
    assert {"2012", "2023"} <= set(allowed) and not {"2006", "2007-2015"} & set(allowed)
    # 2012 has a total alone. Of a range it is left out, as of all years.
    assert findings(table("by=gender&period=2012,2023"), "invalid_parameter") == [("by", "table_not_offered")]
    assert periods(table("by=gender&period=2012..2018")) == ["2017", "2018"]
    assert findings(table("by=gender&period=2007..2012"), "invalid_parameter") == [("by", "table_not_offered")]


def test_a_change_is_on_the_year_before_whether_it_was_asked_for_or_not() -> None:
    found = cells(table("period=2019,2022&measure=change"))
    assert found == {("change", "2019"): -35, ("change", "2022"): -8}


def test_a_release_is_of_its_one_period() -> None:
    assert periods(table("release=2023.p1&period=2023..2023")) == ["2023"]
    for asked in ("2022..2023", "2023..", "2022"):
        response = table(f"release=2023.p1&period={asked}")
        assert findings(response, "invalid_parameter") == [("release", "release_of_another_period")]


def test_at_a_moment_each_period_is_answered_by_what_was_current_then() -> None:
    publish(PUBLIC, "2022", tables(75), 2, when=datetime(2025, 3, 1, 12, tzinfo=UTC))
    assert cells(table("period=2022,2023")) == {("count", "2022"): 75, ("count", "2023"): 112}
    assert cells(table("period=2022,2023&asOf=2024-06-01")) == {("count", "2022"): 73, ("count", "2023"): 112}
    assert findings(table("period=2022,2023&asOf=2024-02-01"), "invalid_parameter") == [
        ("period", "period_without_release")
    ]


def test_one_way_to_write_it_is_as_good_as_another_and_a_new_vintage_is_another_answer() -> None:
    one, other = (table(f"by=gender&period={asked}") for asked in ("2023,2021..2022", "2021..2022,2023"))
    assert (one["ETag"], one.content) == (other["ETag"], other.content)
    assert table("by=gender&period=2021..2022,2023", If_None_Match=one["ETag"]).status_code == 304
    assert one["ETag"] != table("by=gender&period=2021..2023")["ETag"] != table("by=gender")["ETag"]
    publish(PUBLIC, "2021", tables(82), 2)
    assert table("by=gender&period=2023,2021..2022")["ETag"] != one["ETag"]


def test_files_of_other_periods_have_other_names() -> None:
    def name(asked: str) -> str:
        return table(f"by=gender&period={asked}&format=xlsx&lang=da")["Content-Disposition"].partition("filename=")[2]

    assert name("2021..2023") == '"persons_gender_2021-2023_2021.p1-2023.p1_da.xlsx"'
    assert name("2021,2023") == '"persons_gender_2021_2023_2021.p1-2023.p1_da.xlsx"'
    assert name("2018..2019,2023") == '"persons_gender_2018-2019_2023_2018.p1-2023.p1_da.xlsx"'


def test_authorities_read_quarters_together(police: Caller) -> None:
    for quarter in ("2023-Q1", "2023-Q2", "2023-Q4"):
        publish(AUTHORITY, quarter, {"": {"": 31}, "gender": {"F": 31}})
    found = periods(police.get(f"{PERSONS}?by=gender&period=2023-Q1..2023-Q4"))
    assert found == ["2023-Q1", "2023-Q2", "2023-Q4"]
    assert periods(police.get(f"{PERSONS}?period=2023-Q2,2023-Q4")) == ["2023-Q2", "2023-Q4"]
    refused = police.get(f"{PERSONS}?period=2023-Q2,2023-Q3")
    assert body(refused, 400)["errors"][0]["allowed"] == ["2023-Q1", "2023-Q2", "2023-Q4"]
    # Nobody else has them.
    assert findings(table("period=2023-Q1.."), "invalid_parameter") == [("period", "period_without_release")]


def test_exact_figures_of_several_periods_are_logged_as_they_were_asked_for(centre: Caller) -> None:
    for year in ("2022", "2023"):
        identified(centre.partner, decided_in=f"{year}-05")
        release.build(by=COMMAND, period=year, depth=1, as_of=at(60))
    response = centre.get(f"{PERSONS}?period=2023,2022", **WHY)
    assert periods(response) == ["2022", "2023"]
    logged = AuditEvent.objects.filter(action="statistics.exact").latest("id")
    assert "2022,2023" in json.dumps(logged.detail)


def test_several_years_take_no_more_statements_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ANSWERS", Answers(0))
    statements = []
    for asked in ("2022", "2019..2023", "2018,2021,2023"):
        catalogue.PUBLISHED.read()
        with CaptureQueriesContext(connection) as context:
            table(f"by=gender&period={asked}")
        statements.append(len(context))
    assert len({*statements}) == 1
