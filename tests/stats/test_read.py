"""Which releases answer, and the dense table that comes of their cells."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.dimensions import DATASETS
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent, Partner
from stats.counting import build as release
from stats.counting.cube import Options
from stats.errors import QueryRefused
from stats.reading import catalogue, exact_figures, query
from stats.reading import table as read
from stats.reading.exact_figures import Purpose
from stats.reading.measures import CellStatus, Measure
from stats.reading.table import Figures
from tests.stats.records import NOTES, at, case, partner, referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]
READER = Actor(client_id=1)


@pytest.fixture
def ngo() -> Partner:
    return partner()


def submit(by: Partner, month: str, count: int = 1, **codes: Any) -> None:
    for _ in range(count):
        referral(case(by), by, referred_in=month, **codes)


def build(period: str, **options: Any) -> str:
    return release.build(
        by=COMMAND, period=period, **{"depth": 2, "as_of": at(60), "change_notes": NOTES, **options}
    ).release.pk


def ask(dataset: str = "referrals", **asked: str) -> Figures:
    parsed = query.parse(DATASETS[dataset], asked)
    return exact_figures.open_query(by=READER, purpose=Purpose.QUALITY_CONTROL, query=parsed).figures()


def refusal(**asked: str) -> tuple[str, str, tuple[str, ...]]:
    with pytest.raises(QueryRefused) as refused:
        ask(**asked)
    (violation,) = refused.value.violations
    return violation.field, violation.code, violation.allowed


def cells(figures: Figures, measure: Measure = Measure.COUNT) -> dict[tuple[str, ...], Any]:
    """The values of one measure that are not zero, by period and codes."""
    (column,) = [column for column in figures.columns if column.measure == measure]
    periods = [each.release.period.id for each in figures.periods]
    keys = list(product(periods, *([code.code for code in side.codes] for side in figures.sides)))
    assert len(keys) == len(column.values) == len(column.statuses)
    return {key: value for key, value in zip(keys, column.values, strict=True) if value != 0}


def test_a_table_is_dense_and_begins_with_its_totals(ngo: Partner) -> None:
    submit(ngo, "2023-03", 2, gender="F", region="DK01")
    submit(ngo, "2023-03", 1, gender="M", region="DK01")
    build("2023")
    figures = ask(by="gender,region", year="2023")
    assert [side.axis.id for side in figures.sides] == ["region", "gender"]
    assert [code.code for code in figures.sides[1].codes] == ["TOTAL", "F", "M", "X", "_U"]
    assert len(figures.columns[0].values) == 8 * 5
    assert cells(figures) == {
        ("2023", "TOTAL", "TOTAL"): 3,
        ("2023", "TOTAL", "F"): 2,
        ("2023", "TOTAL", "M"): 1,
        ("2023", "DK01", "TOTAL"): 3,
        ("2023", "DK01", "F"): 2,
        ("2023", "DK01", "M"): 1,
    }
    assert None not in figures.columns[0].values


def test_totals_can_be_left_out(ngo: Partner) -> None:
    submit(ngo, "2023-03", 3, gender="F")
    build("2023")
    assert cells(ask(by="gender", year="2023", totals="exclude")) == {("2023", "F"): 3}
    shares = ask(by="gender", year="2023", totals="exclude", measure="share")
    assert cells(shares, Measure.SHARE) == {("2023", "F"): 100}


def test_a_filter_at_any_level_restricts_the_table_and_stands_in_it(ngo: Partner) -> None:
    submit(ngo, "2023-03", 2, gender="F", citizenship="NG")
    submit(ngo, "2023-03", 1, gender="M", citizenship="GH")
    submit(ngo, "2023-03", 4, gender="F", citizenship="RO")
    build("2023")
    africa = ask(by="gender", citizenship="AFRICA", year="2023")
    assert [side.axis.id for side in africa.sides] == ["gender", "citizenship.continent"]
    assert cells(africa) == {
        ("2023", "TOTAL", "AFRICA"): 3,
        ("2023", "F", "AFRICA"): 2,
        ("2023", "M", "AFRICA"): 1,
    }
    women = ask(by="gender,citizenship.eu", gender="F", year="2023", measure="count,share")
    assert cells(women)["2023", "F", "OTHER_EU"] == 4
    assert cells(women, Measure.SHARE)["2023", "F", "OTHER_EU"] == 67


def test_without_a_period_every_year_is_a_row_of_the_latest_vintage(ngo: Partner) -> None:
    submit(ngo, "2021-03", 2)
    submit(ngo, "2023-03", 3)
    for period in ("2023", "2021", "2021-2023", "2023-Q1"):
        build(period)
    submit(ngo, "2023-04", 1, recorded_at=at(70))
    build("2023", as_of=at(80))
    figures = ask(measure="count,change,change_percent")
    assert [each.release.id for each in figures.periods] == ["2021.v1", "2023.v2"]
    assert cells(figures) == {("2021",): 2, ("2023",): 4}
    assert set(figures.columns[1].statuses) == {CellStatus.NOT_COLLECTED}


def test_change_is_on_the_latest_release_of_the_year_before(ngo: Partner) -> None:
    submit(ngo, "2022-03", 4, gender="F")
    submit(ngo, "2023-03", 6, gender="F")
    submit(ngo, "2023-03", 1, gender="M")
    build("2022")
    build("2023")
    figures = ask(by="gender", measure="count,change,change_percent", release="2023.v1")
    assert cells(figures, Measure.CHANGE) == {("2023", "TOTAL"): 3, ("2023", "F"): 2, ("2023", "M"): 1}
    percents = cells(figures, Measure.CHANGE_PERCENT)
    assert (percents["2023", "TOTAL"], percents["2023", "F"], percents["2023", "M"]) == (75, 50, None)
    assert figures.periods[0].before is not None


def test_a_quarter_is_compared_with_the_same_quarter_and_a_pool_with_nothing(ngo: Partner) -> None:
    submit(ngo, "2022-03", 1)
    submit(ngo, "2023-03", 3)
    for period in ("2022-Q1", "2023-Q1", "2019-2020", "2021-2023"):
        build(period)
    assert cells(ask(period="2023-Q1", measure="change"), Measure.CHANGE) == {("2023-Q1",): 2}
    assert cells(ask(period="2021-2023", measure="change"), Measure.CHANGE) == {("2021-2023",): None}


def test_a_named_release_is_read_for_ever(ngo: Partner) -> None:
    submit(ngo, "2023-03")
    build("2023")
    submit(ngo, "2023-03", recorded_at=at(70))
    build("2023", as_of=at(80))
    assert cells(ask(release="2023.v1")) == {("2023",): 1}
    assert cells(ask(release="2023.v1", year="2023")) == {("2023",): 1}
    assert cells(ask(year="2023")) == {("2023",): 2}


def test_a_vintage_of_an_earlier_moment_that_is_built_later_is_not_the_latest(ngo: Partner) -> None:
    submit(ngo, "2023-03")
    build("2023")
    build("2023", as_of=at(-60))
    assert cells(ask(year="2023")) == {("2023",): 1}


@pytest.mark.parametrize(
    "named", ["2023.v9", "2023", "2023.v0", "2023.v01", "2023.v1 ", "LATEST", "", "x.v1", "2023.v1,2022.v1"]
)
def test_a_release_that_is_none(ngo: Partner, named: str) -> None:
    build("2023")
    assert refusal(release=named) == ("release", "release_unknown", ("latest", "2023.v1"))


def test_a_release_of_another_period(ngo: Partner) -> None:
    build("2023")
    assert refusal(release="2023.v1", year="2022") == ("release", "release_of_another_period", ("2023",))


def test_a_period_without_a_release() -> None:
    assert refusal() == ("period", "period_without_release", ())
    build("2023-Q1")
    assert refusal(period="2022") == ("period", "period_without_release", ("2023-Q1",))
    assert refusal(year="2022") == ("year", "period_without_release", ("2023-Q1",))


def test_a_release_without_the_dimension_or_the_depth() -> None:
    build("2023", depth=1, dimensions=["gender", "region", "decided_by"])
    assert refusal(by="citizenship", year="2023") == ("by", "dimension_not_in_release", ("region", "gender"))
    assert refusal(by="gender", citizenship="NG") == ("citizenship", "dimension_not_in_release", ("region", "gender"))
    assert refusal(by="gender", region="DK01", year="2023")[:2] == ("by", "too_many_dimensions")
    assert cells(ask(by="gender", gender="F", year="2023")) == {}


def test_years_whose_release_lacks_the_table_are_left_out(ngo: Partner) -> None:
    submit(ngo, "2022-03")
    submit(ngo, "2023-03")
    build("2022", dimensions=["gender", "decided_by"])
    build("2023")
    assert [each.release.id for each in ask(by="region").periods] == ["2023.v1"]
    change = ask(by="region", measure="change", year="2023")
    assert set(change.columns[0].statuses) == {CellStatus.NOT_COLLECTED}


@pytest.mark.parametrize(
    "smaller", [{"depth": 1}, {"dimensions": ["gender", "decided_by"]}], ids=["depth", "dimensions"]
)
def test_a_smaller_vintage_takes_no_figure_away(ngo: Partner, smaller: dict[str, Any]) -> None:
    submit(ngo, "2022-03")
    submit(ngo, "2023-03")
    for year in ("2022", "2023"):
        build(year)
        build(year, as_of=at(70), **smaller)
    asked = {"by": "region,gender", "measure": "count,change"}
    assert [each.release.id for each in ask(**asked).periods] == ["2022.v1", "2023.v1"]
    (shown,) = ask(**asked, year="2023").periods
    assert (shown.release.id, shown.before and shown.before.id) == ("2023.v1", "2022.v1")
    # What the smaller one has is its to answer, and a release that is named is the one that is read.
    assert [each.release.id for each in ask(by="gender").periods] == ["2022.v2", "2023.v2"]
    assert refusal(by="region,gender", release="2023.v2")[0] == "by"


def test_where_no_vintage_has_the_table_the_latest_says_what_it_lacks() -> None:
    build("2023", dimensions=["region", "decided_by"])
    build("2023", as_of=at(70), dimensions=["gender", "decided_by"])
    for asked in ({}, {"year": "2023"}):
        assert refusal(by="citizenship", **asked) == ("by", "dimension_not_in_release", ("gender",))


def test_an_answer_that_would_be_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    build("2023")
    monkeypatch.setattr(read, "MOST_VALUES", 4)
    assert refusal(by="gender", year="2023")[:2] == ("by", "answer_too_large")


def test_a_table_that_is_gone_is_an_error_not_a_zero(ngo: Partner) -> None:
    build("2023")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_releasetable DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM statistics_releasetable WHERE axes = 'gender'")
    with pytest.raises(LookupError):
        ask("persons", by="gender", year="2023")


def test_a_stored_code_that_no_list_has_is_an_error_not_a_loss(ngo: Partner) -> None:
    submit(ngo, "2023-03", gender="F")
    build("2023")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_releasetable DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE statistics_releasetable SET codes = '{Q}' WHERE axes = 'gender' AND dataset = 'referrals'"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_releasetable ENABLE TRIGGER USER")
    with pytest.raises(KeyError):
        ask(by="gender", year="2023")


def test_reading_is_two_statements_and_names_no_record(ngo: Partner) -> None:
    submit(ngo, "2022-03")
    submit(ngo, "2023-03")
    build("2022", depth=3)
    build("2023", depth=3)
    for asked in (
        {},
        {"by": "gender,citizenship.eu", "region": "DK01", "measure": "count,share,change,change_percent"},
    ):
        with CaptureQueriesContext(connection) as captured:
            ask("persons", **asked)
        assert len(captured) == 2, captured
        for one in captured:
            assert not any(name in one["sql"] for name in ("cases_referral", "cases_case", "cases_assessment"))
        assert ["FROM statistics_release " in captured[0]["sql"], "FROM henvis_exact(" in captured[1]["sql"]] == [
            True,
            True,
        ]


def test_every_query_is_logged_with_who_what_and_why(ngo: Partner) -> None:
    build("2022")
    build("2023")
    parsed = query.parse(DATASETS["persons"], {"by": "gender", "region": "DK01", "measure": "change", "year": "2023"})
    opened = exact_figures.open_query(by=READER, purpose=Purpose.PARLIAMENT_QUESTION, query=parsed)
    event = AuditEvent.objects.get(action="statistics.exact")
    assert event.subject == "persons"
    assert event.detail == {
        "purpose": "parliament-question",
        "query": "persons?by=gender&region=DK01&2023&latest&change&include",
        "releases": ["2023.v1"],
        "compared_with": ["2022.v1"],
        "tables": ["region", "region,gender"],
    }
    assert opened.key[0] == event.detail["query"]


def test_the_list_of_releases_has_no_figures(ngo: Partner) -> None:
    submit(ngo, "2023-03", 7)
    build("2023")
    with CaptureQueriesContext(connection) as captured:
        (listed,) = catalogue.every()
    assert (listed.id, listed.period.id, listed.terms.options) == ("2023.v1", "2023", Options.choose(2))
    assert not any(f"r.{name}" in captured[0]["sql"] for name in ("records", "cells", "snapshots", "digest"))
