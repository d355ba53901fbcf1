"""What may be chosen, and what is refused before anything is computed."""

from __future__ import annotations

from typing import Any

import pytest

from cases.dimensions import table_id
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, Release
from stats.periods import Period
from stats.publishing.choice import PROTECTED, Choice, most_dimensions
from tests.stats.publishing.town import Town, build
from tests.stats.records import at

pytestmark = pytest.mark.usefixtures("zero_is_known")


def period(text: str) -> Period:
    """A period."""
    found = Period.parse(text)
    assert found is not None
    return found


def test_a_choice_has_every_margin_of_its_tables() -> None:
    choice = Choice.of(["exploitation.form,gender", "region"])
    assert [table_id(table) for table in choice.tables] == [
        "", "region", "gender", "exploitation.form", "gender,exploitation.form",
    ]  # fmt: skip
    stored = choice.as_json()
    assert stored["most_dimensions"] == 2
    assert Choice.of_settings(stored) == choice
    assert (choice.threshold, choice.deviation, choice.variance) == (5, 5, 4)
    assert Choice.parse({"tables": ["gender"], "threshold": 3}) == Choice.of(["gender"], threshold=3)


def test_a_choice_without_a_table_loses_it_alone() -> None:
    choice = Choice.of(["gender,exploitation.form"])
    assert [table_id(table) for table in choice.without([choice.tables[-1]]).tables] == [
        "",
        "gender",
        "exploitation.form",
    ]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "A choice is an object"),
        ({"tables": []}, "A choice is an object"),
        ({"tables": ["gender"], "audience": "public"}, "A choice is an object"),
        ({"tables": "gender"}, "tables is a list of texts"),
        ({"tables": [1]}, "tables is a list of texts"),
        ({"tables": ["gender"], "threshold": "5"}, "whole numbers"),
        ({"tables": ["gender"], "threshold": True}, "whole numbers"),
        ({"tables": ["gender"], "threshold": 2}, "The threshold is from 3 to 100"),
        ({"tables": ["gender"], "threshold": 10**4000}, "The threshold is from 3 to 100"),
        ({"tables": ["gender"], "deviation": 10**8, "variance": 1}, "The deviation is at most 100"),
        ({"tables": ["gender"], "deviation": 0}, r"at most D\(D\+1\)/3"),
        ({"tables": ["gender"], "deviation": 5, "variance": 11}, r"at most D\(D\+1\)/3"),
        ({"tables": ["colour"]}, "colour: no axis of persons"),
        ({"tables": ["gender,"]}, "no axis of persons"),
        ({"tables": ["indicators"]}, "indicators: no axis of persons"),
        ({"tables": ["citizenship,citizenship.continent"]}, "at most one axis of each dimension"),
    ],
)
def test_what_is_no_choice(given: Any, why: str) -> None:
    with pytest.raises(ReleaseRefused, match=why):
        Choice.parse(given)


@pytest.mark.parametrize(
    ("audience", "text", "persons", "most"),
    [
        (PUBLIC, "2023", 112, 1),
        (PUBLIC, "2019-2023", 406, 2),
        (PUBLIC, "2019-2023", 1000, 3),
        (PUBLIC, "2023", 1000, 3),
        (AUTHORITY, "2023-Q4", 20, 3),
    ],
)
def test_dimensions_by_audience_and_period(audience: str, text: str, persons: int, most: int) -> None:
    assert most_dimensions(audience, period(text), persons) == most
    axes = ["region", "gender", "age_band.age18", "exploitation.form"]
    Choice.of([",".join(axes[:most])]).check(audience, period(text), persons)
    with pytest.raises(ReleaseRefused, match=f"at most {most} dimension"):
        Choice.of([",".join(axes[: most + 1])]).check(audience, period(text), persons)


REFUSED: list[tuple[str, str, list[str], str]] = [
    ("2012-Q4", PUBLIC, ["gender"], "The public reads years and pools"),
    ("2012", PUBLIC, ["gender,region"], r"at most 1 dimension\(s\)"),
    ("2012-2013", PUBLIC, ["gender,region,exploitation.form"], r"at most 2 dimension\(s\)"),
    ("2012-Q4", AUTHORITY, ["gender,region,exploitation.form,age_band"], r"at most 3 dimension\(s\)"),
    ("2012", "exact", ["gender"], "Protected releases are for: public, authority"),
    ("2012-Q5", AUTHORITY, ["gender"], "A period is written like"),
    ("2025", PUBLIC, ["gender"], "begins after the as-of moment"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "audience", "tables", "why"), REFUSED)
def test_what_is_no_release(keys: Any, text: str, audience: str, tables: list[str], why: str) -> None:
    with pytest.raises(ReleaseRefused, match=why):
        build(text, audience, tables)
    assert not Release.objects.exists()


def test_a_moment_that_has_not_been(town: Town) -> None:
    with pytest.raises(ReleaseRefused, match="lies in the future"):
        build("2012", PUBLIC, ["gender"], as_of=at(60 * 24 * 365 * 100))


LINKED = ["gender,age_band.age18", "age_band.age18,region", "region,exploitation.form", "exploitation.form,detected_by"]
LINKED += ["detected_by,citizenship.continent", "citizenship.continent,partner_kind"]
MANY = {"citizenship": 27, "gender": 3, "age_band": 8, "exploitation": 8}
LARGE = ["citizenship,gender", "citizenship,age_band", "citizenship,exploitation"]


def test_seven_linked_dimensions_are_refused(town: Town) -> None:
    town.enter(40, "2012-05")
    for text, audience in (("2012-2013", PUBLIC), ("2012", AUTHORITY)):
        with pytest.raises(ReleaseRefused, match=r"link 7 dimensions .*Leave out the tables that join them"):
            build(text, audience, LINKED)


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
def test_more_atomic_cells_than_can_be_proved_are_refused(town: Town, audience: str) -> None:
    """Four dimensions of many codes. The public is shown which codes nobody has, and these do not count."""
    codes = {name: [code.code for code in PROTECTED.by_name[name].codelist.codes] for name in MANY}
    for number in range(54):
        person: dict[str, Any] = {name: codes[name][number % count] for name, count in MANY.items()}
        town.enter(1, "2012-05", **person)
    with pytest.raises(ReleaseRefused, match="atomic cells, and at most 20,000 can be proved: roll a dimension up"):
        build("2011-2014" if audience == PUBLIC else "2012", audience, LARGE)


def test_the_same_tables_rolled_up_are_not(town: Town) -> None:
    town.enter(40, "2012-05")
    assert build("2012", AUTHORITY, ["citizenship.continent,gender"]).passed
