"""The grammar: what it means, and everything else it refuses with what would be allowed."""

from __future__ import annotations

import pytest

from cases import dictionary as d
from cases.dimensions import DATASETS, PERSONS, REFERRALS
from stats.errors import QueryRefused
from stats.reading import query
from stats.reading.measures import Measure
from stats.reading.query import Query


def parse(**asked: str) -> Query:
    return query.parse(PERSONS, asked)


def refusal(**asked: str) -> tuple[str, str, tuple[str, ...]]:
    """Parameter, code and allowed values of a refusal."""
    with pytest.raises(QueryRefused) as refused:
        parse(**asked)
    (violation,) = refused.value.violations
    assert violation.code in query.TEXTS
    return violation.field, violation.code, violation.allowed


def test_dimensions_are_those_of_the_dictionary() -> None:
    named = [field.name for field in d.coded_fields(d.REFERRAL) if field.dimension]
    assert list(REFERRALS.by_name) == [*named, "partner_kind"]
    assert list(PERSONS.by_name) == [*named, "partner_kind", "decided_by"]
    assert len(REFERRALS.axes) == 17
    assert {axis.id for axis in PERSONS.axes.values() if axis.dated} == {"citizenship.eu", "region.administrative"}


def test_no_parameter_collides_with_a_dimension() -> None:
    for dataset in DATASETS.values():
        assert len(set(query.names(dataset))) == len(query.names(dataset))


def test_nothing_asked_is_the_total_of_every_year() -> None:
    asked = parse()
    assert (asked.by, asked.filters, asked.periods, asked.release) == ((), (), None, "latest")
    assert (asked.measures, asked.totals) == ((Measure.COUNT,), True)


def test_axes_stand_in_the_order_of_the_dataset_whatever_the_order_asked() -> None:
    assert [axis.id for axis in parse(by="citizenship.eu,gender").by] == ["gender", "citizenship.eu"]
    assert parse(by="citizenship.eu,gender").canonical == parse(by="gender,citizenship.eu").canonical


def test_a_code_is_looked_for_at_the_submitted_level_first() -> None:
    assert [(axis.id, code) for axis, code in parse(age_band="Y_LT18").filters] == [("age_band.age18", "Y_LT18")]
    assert [(axis.id, code) for axis, code in parse(age_band="_U").filters] == [("age_band", "_U")]
    assert [(a.id, code) for a, code in parse(by="age_band.age25", age_band="_U").filters] == [("age_band.age25", "_U")]


def test_axes_of_a_query_are_those_of_the_table_and_of_the_filters_each_once() -> None:
    asked = parse(by="gender,exploitation", gender="F", region="DENMARK")
    assert [axis.id for axis in asked.axes] == ["region.country", "gender", "exploitation"]


def test_measures_stand_in_their_own_order() -> None:
    assert parse(measure="change,count").measures == (Measure.COUNT, Measure.CHANGE)


@pytest.mark.parametrize(
    "by",
    [
        "shoe_size",
        "",
        "gender,",
        "gender,gender",
        "Gender",
        "gender ",
        "citizenship.",
        "*",
        "setting",
        "period",
        "exploitation_also",
        "citizenship.eu.continent",
        "gender|region",
    ],
)
def test_axes_that_are_none(by: str) -> None:
    assert refusal(by=by)[0] == "by"
    assert refusal(by=by)[2] == tuple(PERSONS.axes)


def test_two_axes_of_one_dimension_are_refused() -> None:
    assert refusal(by="citizenship,citizenship.eu")[1] == "axis_repeated"


@pytest.mark.parametrize("code", ["", "F,M", "f", "F ", "*", "_", "!F", "F|M", "Ｆ", "TOTAL", "_N", "F..M", "null"])
def test_a_filter_is_one_published_code(code: str) -> None:
    assert refusal(gender=code) == ("gender", "code_unknown", d.GENDER.codelist.names)


def test_the_allowed_codes_are_those_of_every_level_each_once() -> None:
    allowed = refusal(citizenship="Nigeria")[2]
    assert {"NG", "AFRICA", "OTHER_EU", "_U"} <= set(allowed)
    assert len(allowed) == len(set(allowed))


def test_a_filter_on_an_axis_of_the_table_has_a_code_of_that_axis() -> None:
    assert refusal(by="age_band", age_band="Y_LT18")[:2] == ("age_band", "code_elsewhere")
    assert refusal(by="age_band.age18", age_band="Y0T11")[2] == ("Y_LT18", "Y_GE18", "_U")


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"period": "2023-13"}, "period", "period_expected"),
        ({"period": "2022,2023 "}, "period", "period_expected"),
        ({"year": "2023-Q1"}, "year", "year_expected"),
        ({"year": "last"}, "year", "year_expected"),
        ({"year": "2023", "period": "2023"}, "year", "period_or_year"),
        ({"measure": "mean"}, "measure", "measure_unknown"),
        ({"measure": "count,count"}, "measure", "measure_unknown"),
        ({"measure": ""}, "measure", "measure_unknown"),
        ({"totals": "yes"}, "totals", "totals_unknown"),
    ],
)
def test_other_parameters(asked: dict[str, str], field: str, code: str) -> None:
    assert refusal(**asked)[:2] == (field, code)


def test_year_and_period_mean_the_same() -> None:
    assert parse(year="2023").periods == parse(period="2023").periods
    assert parse(year="2023").canonical == parse(period="2023").canonical
