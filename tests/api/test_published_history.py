"""The published history as it is read: series from 2007, gaps that are gaps, and what is computed of it."""

from __future__ import annotations

import pytest

from tests.api.asserts import body, findings
from tests.api.history_series import TOTALS, marked, series, shown_by
from tests.api.open_figures import table

pytestmark = pytest.mark.django_db


def test_a_series_starts_in_2007_and_has_every_year() -> None:
    response = table("")
    assert series(response) == TOTALS
    assert {cell[1]: status for cell, (_, status) in marked(response).items() if status != "A"} == {"2024": "I"}
    assert [*TOTALS] == [str(year) for year in range(2007, 2025)]


@pytest.mark.parametrize("year", [2006, 2025])
def test_a_year_of_which_nothing_is_published_is_not_there(year: int) -> None:
    response = table(f"year={year}")
    assert findings(response, "invalid_parameter") == [("year", "period_without_release")]
    allowed = body(response, 400)["errors"][0]["allowed"]
    assert allowed[:3] == ["2007", "2007-2013", "2007-2014"] and str(year) not in allowed
    assert findings(table(f"release={year}.x1"), "invalid_parameter") == [("release", "release_unknown")]


def test_what_is_not_published_is_neither_zero_nor_hidden() -> None:
    found = marked(table("by=gender&year=2022"))
    assert {cell[2]: pair for cell, pair in found.items()} == {
        "TOTAL": (73, "A"),
        "F": (48, "A"),
        "M": (24, "A"),
        "X": (1, "I"),
        "_U": (None, "O"),
    }
    words = body(table("by=gender&year=2022", Accept_Language="da"))["extension"]["status"]["label"]
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
    early, late = marked(table("release=2020.x1")), marked(table("release=2020.x2"))
    assert list(early.values()) == [(64, "P")]
    assert list(late.values()) == [(77, "A")]
    assert series(table("year=2020")) == {"2020": 77}
    other = marked(table("by=age_band.age18&release=2016.x1&totals=exclude"))
    assert {cell[2]: pair for cell, pair in other.items()} == {
        "Y_LT18": (9, "V"),
        "Y_GE18": (None, "O"),
        "_U": (None, "O"),
    }
    assert shown_by(table("by=age_band.age18&year=2016")) == ["2016.x2"]


def test_a_table_that_only_the_preliminary_figures_have_is_theirs_with_its_total() -> None:
    response = table("by=exploitation&year=2022")
    assert shown_by(response) == ["2022.x1"]
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
    assert totals["change", "2009"] == (19, "A") and totals["change", "2015"] == (22, "A")
    assert totals["change", "2007"] == (None, "L")
    zero = marked(table("citizenship=DK&measure=change,change_percent"))
    assert (zero["change", "2017", "DK"], zero["change_percent", "2017", "DK"]) == ((1, "A"), (None, "M"))
    labour = marked(table("by=exploitation&period=2009-2016&measure=share"))
    assert labour["share", "2009-2016", "LABOUR"] == (None, "O")


def test_the_change_of_a_preliminary_figure_is_preliminary() -> None:
    found = marked(table("release=2020.x1&measure=change"))
    assert list(found.values()) == [(0, "P")]
    assert body(table("release=2020.x1&measure=change"))["extension"]["releases"][0]["compared_with"] == "2019.x1"


def test_years_together() -> None:
    for period, count in (("2007-2015", 511), ("2007-2023", 1233), ("2007-2013", 347), ("2020-2024", 420)):
        assert series(table(f"period={period}")) == {period: count}
    assert list(marked(table("period=2007-2014")).values()) == [(418, "I")]
    assert list(marked(table("release=2007-2013.x1")).values()) == [(297, "V")]
