"""The default sandbox reproduces every published figure, counted here a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from cases.dimensions import PERSONS
from cases.linking.records import records_sql
from cases.linking.resolution import PARTNERS
from cases.services.forms import FORMS
from cases.services.shapes import MeasureKind
from sandbox import margins
from stats import published
from stats.models import PUBLIC
from stats.periods import Period
from stats.published import FIGURES, GLOTIP_FIGURES, Figure, FigureKind, FigureUnit, ServiceFigure
from stats.sums.datasets import SUM_DATASETS
from stats.sums.planning import make_plan, take_source
from stats.sums.public import totals_hidden
from stats.umbrellas import NONE
from tests.cases.sandbox_world import Row, World, current, falls_in, load_world

FINAL = [f for f in (*FIGURES, *GLOTIP_FIGURES) if f.measure == FigureUnit.IDENTIFIED and f.kind != FigureKind.EARLY]
# The age groups of the margins in bands. An adult of unknown age is completed among those of 25 and over.
GROUPS = {"Y_LT18": {"Y12T14", "Y15T17"}, "Y_GE25": {"Y25T34", "Y35T44", "Y45T54", "Y_GE55", "_U_ADULT"}}


@pytest.fixture(scope="module", params=[2023, 7])
def world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The default sandbox, with the default seed and another one."""
    with django_db_blocker.unblock(), load_world(seed=request.param) as world:
        yield world


def test_every_figure_comes_out(world: World) -> None:
    people = world.identified()
    counted: dict[Figure, int] = {figure: sum(falls_in(person, figure) for person in people) for figure in FINAL}
    assert {f: n for f, n in counted.items() if not f.count <= n <= f.greatest} == {}
    assert len(people) == world.summary.persons == 815


def test_completed_margins_come_out_and_are_reported(world: World) -> None:
    people = world.identified()
    assert sorted(world.summary.completions, key=str) == sorted(margins.COMPLETIONS, key=str)
    for completion in margins.COMPLETIONS:
        codes = GROUPS.get(completion.code, {completion.code})
        found = [p for p in people if p["year"] == completion.year and p[completion.dimension] in codes]
        assert len(found) == completion.count, completion


def test_completed_margins_add_up() -> None:
    for year in published.YEARS:
        for dimension in margins.MARGINS:
            assert margins.margin(year, dimension).total() == margins.total(year)
    with pytest.raises(LookupError):
        margins.total(2014)


def test_the_statistics_count_the_same_persons(world: World) -> None:
    names = ("gender", "age_band", "citizenship", "exploitation")
    span = {"as_of": timezone.now(), "first": date(2015, 1, 1), "last": date(2023, 12, 1)}
    with connection.cursor() as cursor:
        cursor.execute(PARTNERS)
        cursor.execute(f"SELECT month, {', '.join(names)} FROM ({records_sql(PERSONS)}) AS r", span)
        theirs = Counter(cursor.fetchall())
        cursor.execute("DROP TABLE counted_partner")
    assert theirs == Counter((p["month"], *(p[name] for name in names)) for p in world.identified())


def test_persons_assessed(world: World) -> None:
    first: dict[object, int] = {}
    for row in current(world.assessments, None):
        if row["case_id"] in world.live_cases() and row["outcome"] != "PENDING":
            year = row["decided_in"].year
            first[row["case_id"]] = min(year, first.get(row["case_id"], year))
    years = Counter(first.values())
    for year in (2020, 2021):
        assert years[year] == published.total(year, measure=FigureUnit.ASSESSED)


def test_prepared_returns(world: World) -> None:
    years = {case: row["decided_in"].year for case, row in identifying(world).items()}
    for figure in published.PREPARED_RETURN:
        codes = dict(figure.cell)["prepared_return"]
        rows = [row for case, row in identifying(world).items() if years[case] == figure.first]
        assert sum(row["prepared_return"] in codes for row in rows) == figure.count


def identifying(world: World) -> dict[object, Row]:
    """By live case the earliest decision that identifies the person."""
    found: dict[object, Row] = {}
    for row in sorted(current(world.assessments, None), key=lambda row: row["decided_in"] or date.max, reverse=True):
        if row["case_id"] in world.live_cases() and row["outcome"] == "IDENTIFIED":
            found[row["case_id"]] = row
    return found


def test_what_services_published_comes_out_of_their_reports(world: World) -> None:
    for figure in published.SERVICE_FIGURES:
        counted = reported(world, figure, figure.year)
        assert figure.count <= counted <= figure.greatest, figure
    police = next(each for each in published.SERVICE_FIGURES if each.most is not None)
    assert 2 * reported(world, police, 2019) < 316
    (returns,) = (each for each in published.SERVICE_FIGURES if each.form == "ASSISTANCE")
    assert max(reported(world, returns, year) for year in range(2015, 2021)) < returns.count
    (peak,) = {each for each in published.SERVICE_FIGURES if each.count == 7}
    assert reported(world, peak, 2019, month=5) == 7 + 2


def reported(world: World, figure: ServiceFigure, year: int, month: int | None = None) -> int:
    """What the current reports of a year say of a cell; of how it stood at the end those of one month, the last one."""
    rows = [row for row in current(world.reports, None) if (row["form"], row["period"].year) == (figure.form, year)]
    table = FORMS[figure.form].by_name[figure.table]
    is_stock = next(each for each in table.measures if each.name == figure.measure).kind == MeasureKind.STOCK
    last = month or (12 if is_stock else None)
    return sum(
        line[figure.measure]
        for row in rows
        if last in {None, row["period"].month}
        for line in row["content"][figure.table]
        if all(line[name] in codes for name, codes in figure.cell)
    )


def test_the_total_of_calls_is_told_of_each_year(world: World) -> None:
    """Since 2023 the form asks for more of each call. That is no reason to hide how many there were."""
    of = SUM_DATASETS["hotline.calls"]
    for year in range(2019, 2024):
        period = Period(str(year), date(year, 1, 1), date(year, 12, 1))
        source, _ = take_source(of, f"{year}.p1", PUBLIC, period, timezone.now(), ())
        assert totals_hidden(make_plan(of, source, (), NONE)) == frozenset(), year


def test_distinct_citizenships(world: World) -> None:
    people = world.identified()
    for year in (2021, 2022):
        different = {person["citizenship"] for person in people if person["year"] == year}
        assert len(different) == published.total(year, measure=FigureUnit.CITIZENSHIPS)


def test_the_early_counts_come_out_as_of_the_next_summer(world: World) -> None:
    for year in (2020, 2021, 2022):
        then = world.identified(as_of=datetime(year + 1, 6, 30, tzinfo=UTC))
        assert sum(person["year"] == year for person in then) == published.total(year, kind=FigureKind.EARLY)


def test_authorities_and_ranking_are_both_needed(world: World) -> None:
    verified = [
        row["verified_gender"] != "_N" for row in current(world.assessments, None) if row["outcome"] == "IDENTIFIED"
    ]
    assert 0.6 < sum(verified) / len(verified) < 0.8
    found = Counter(row["case_id"] for row in current(world.assessments, None) if row["outcome"] == "IDENTIFIED")
    assert sum(times == 2 for times in found.values()) > 40


def test_test_mode_identifies_persons_who_are_not_counted(world: World) -> None:
    tests = {case["id"]: case["token"] for case in world.cases if case["test"]}
    identified = {row["case_id"] for row in current(world.assessments, None) if row["outcome"] == "IDENTIFIED"}
    assert len(identified & set(tests)) == 10
    assert set(tests.values()) <= {case["token"] for case in world.cases if not case["test"]}
    for row in (*world.referrals, *world.assessments):
        assert (world.partners[row["partner_id"]].mode == "TEST") == (row["case_id"] in tests)
