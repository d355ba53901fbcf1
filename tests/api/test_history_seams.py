"""Where the published history meets our own releases: a moment, a change on the year before, and a citation of all that answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from stats.models import PUBLIC, Release
from tests.api.asserts import body, problem
from tests.api.open_figures import RELEASES, TABLES, cells, get, table
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
FIRST, SECOND = datetime(2024, 3, 1, 9, tzinfo=UTC), datetime(2024, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def vintages() -> tuple[Release, Release]:
    """Two vintages of ours of 2020: 73 persons, then 75. Others published 64 in 2021, and 77 on a day that is not known."""
    first = publish(PUBLIC, "2020", TABLES, when=FIRST)
    return first, publish(PUBLIC, "2020", {**TABLES, "": {"": 75}}, 2, when=SECOND)


def answer(query: str) -> dict[str, dict[str, Any]]:
    """Of each year the release, what it is compared with, and its cells by measure."""
    response = table(query)
    found: dict[str, dict[str, Any]] = {}
    for one in body(response)["extension"]["releases"]:
        found[one["period"]] = {"id": one["id"], "compared": one.get("compared_with")}
    for (measure, period, *_), value in cells(response).items():
        found[period][measure] = value
    return found


@pytest.mark.usefixtures("vintages")
@pytest.mark.parametrize(
    ("moment", "release", "count", "change_of_2021", "before"),
    [
        ("2023-06-01", "2020.x1", 64, 68 - 64, "2020.x1"),
        ("2024-03-02", "2020.p1", 73, None, "2020.p1"),
        ("2024-06-02", "2020.p2", 75, None, "2020.p2"),
    ],
)
def test_a_series_at_a_moment_is_compared_with_what_answered_then(
    moment: str, release: str, count: int, change_of_2021: int, before: str
) -> None:
    found = answer(f"measure=count,change&asOf={moment}")
    assert (found["2020"]["id"], found["2020"]["count"]) == (release, count)
    assert (found["2021"]["id"], found["2021"]["compared"]) == ("2021.x1", before)
    assert found["2021"]["change"] == change_of_2021


@pytest.mark.usefixtures("vintages")
def test_between_ours_and_the_figures_of_others_no_change_is_computed() -> None:
    found = answer("measure=count,change")
    assert (found["2020"]["id"], found["2020"]["compared"], found["2020"]["change"]) == ("2020.p2", "2019.x1", None)
    assert (found["2021"]["id"], found["2021"]["compared"], found["2021"]["change"]) == ("2021.x2", "2020.p2", None)
    assert found["2022"]["change"] == 73 - 80
    early = answer("release=2021.x1&measure=change")["2021"]
    assert (early["compared"], early["change"]) == ("2020.p2", None)


def test_a_moment_after_a_withdrawal_has_the_replacement_and_not_others(vintages: tuple[Release, Release]) -> None:
    first, second = vintages
    withdraw(first, second, when=datetime(2024, 7, 1, 9, tzinfo=UTC))
    for moment, release in (("2024-03-02", "2020.p1"), ("2024-07-02", "2020.p2")):
        assert answer(f"asOf={moment}")["2020"]["id"] == release


@pytest.mark.usefixtures("vintages")
def test_whatever_answers_can_be_looked_up_and_cited() -> None:
    found = answer("measure=count,change")
    named = {one[of] for one in found.values() for of in ("id", "compared") if one[of]}
    assert {"2007.x1", "2020.p2", "2024.x1"} <= named
    for name in named:
        assert body(get(f"{RELEASES}/{name}"))["id"] == name
        assert f"({name})" in body(get(f"{RELEASES}/{name}/citation"))["text"]["en"]


@pytest.mark.usefixtures("vintages")
def test_the_first_of_ours_has_no_changes_since_others() -> None:
    problem(get(f"{RELEASES}/2020.p1/changes"), "first_vintage")
    for name in ("2020.x1", "2020.x2"):
        problem(get(f"{RELEASES}/{name}/changes"), "not_found")
