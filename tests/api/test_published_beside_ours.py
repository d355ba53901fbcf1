"""The published history beside our own releases: which answers, what is refused, and nothing of it among exact figures."""

from __future__ import annotations

import pytest

from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC
from stats.reading import release_choice
from tests.api.asserts import body, findings, problem
from tests.api.history_series import TOTALS, marked, series, shown_by
from tests.api.open_figures import INDEX, PERSONS, RELEASES, TABLES, cells, get, table
from tests.callers import Caller
from tests.stats.published import publish, withdraw
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db

WHY = {"Henvis_Purpose": "research"}


def test_our_own_release_answers_for_its_year() -> None:
    publish(PUBLIC, "2019", TABLES)
    response = table("by=gender&measure=count,change")
    assert shown_by(response)[2:4] == ["2019.p1", "2020.x2"]
    found = marked(response)
    assert found["count", "2019", "F"] == (60, "B")
    assert found["count", "2019", "M"] == (None, "Q")
    assert found["count", "2019", "_U"] == (0, "B")
    # The years before and after are published elsewhere: nothing is computed from one producer's number to another's.
    assert {found["change", year, code] for year in ("2019", "2020") for code in ("F", "M", "X", "_U")} == {(None, "B")}
    legend = body(response)["extension"]["status"]["label"]
    assert {"Q", "O", "I", "P", "V", "B"} <= set(legend)
    share = marked(table("by=gender&measure=share&period=2018..2019"))
    assert share["share", "2019", "F"][1] == "B"
    # Alone it is no series, and follows nothing.
    assert marked(table("by=gender&year=2019"))["count", "2019", "F"] == (60, "A")
    assert list(cells(table("release=2019.x1")).values()) == [64]
    assert body(response)["source"].startswith("Henvis, release 2019.p1; other sources 2017.x1, 2018.x1, 2020.x2")


def test_a_table_that_our_release_does_not_offer_is_not_taken_from_elsewhere() -> None:
    """What was decided not to be offered is not answered silently by another; who wants that names it."""
    publish(PUBLIC, "2019", {**TABLES, "age_band.age18": {"Y_LT18": None}}, offered={"age_band.age18": False})
    asked = "by=age_band.age18"
    assert findings(table(f"{asked}&year=2019"), "invalid_parameter") == [("by", "table_not_offered")]
    assert "2019.x1" not in shown_by(table(asked))
    assert cells(table(f"{asked}&release=2019.x1"))["count", "2019", "Y_LT18"] == 6


def test_it_is_left_out_because_our_period_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(PUBLIC, "2019", TABLES)
    monkeypatch.setattr(release_choice, "answering_releases", lambda releases: releases)
    assert "2019.x1" in shown_by(table("by=age_band.age18"))


def test_a_withdrawn_release_still_has_its_successor_before_others() -> None:
    first, second = publish(PUBLIC, "2019", TABLES), publish(PUBLIC, "2019", {"": {"": 70}}, 2)
    withdraw(first, second)
    assert series(table("year=2019")) == {"2019": 70}


def test_an_authority_reads_it_for_years_without_a_release_for_it(police: Caller) -> None:
    publish(AUTHORITY, "2019", {"": {"": 66}})
    publish(PUBLIC, "2021", {"": {"": 81}})
    response = police.get(PERSONS)
    assert series(response) == {**TOTALS, "2019": 66, "2021": 81}
    assert shown_by(response)[12:15] == ["2019.a1", "2020.x2", "2021.p1"]
    sources = {one["id"]: one["totals_from"] for one in body(response)["extension"]["releases"]}
    assert (sources["2020.x2"], sources["2021.p1"]) == (["2020.x2"], ["2021.p1"])
    assert list(cells(police.get(f"{PERSONS}?release=2019.x1")).values()) == [64]


def test_margins_of_another_moment_are_not_its_margins(police: Caller) -> None:
    publish(AUTHORITY, "2009-2016", {"": {"": 700}})
    found = cells(police.get(f"{PERSONS}?by=exploitation&release=2009-2016.x1"))
    assert found["count", "2009-2016", "TOTAL"] is None


def test_no_exact_series_has_it(centre: Caller) -> None:
    identified(centre.partner, decided_in="2023-05")
    release.build(by=COMMAND, period="2023", depth=1, as_of=at(60))
    assert series(centre.get(PERSONS, **WHY)) == {"2023": 1}
    changed = body(centre.get(f"{PERSONS}?year=2023&measure=change", **WHY))
    assert (changed["value"], changed["status"]) == ([None], {"0": "L"})
    response = centre.get(f"{PERSONS}?year=2012", **WHY)
    assert body(response, 400)["errors"][0]["allowed"] == ["2023"]


def test_who_reads_exact_figures_may_name_it_and_is_not_logged(centre: Caller) -> None:
    before = AuditEvent.objects.filter(action="statistics.exact").count()
    for headers in (WHY, {}):
        response = centre.get(f"{PERSONS}?release=2020.x1", **headers)
        assert list(cells(response).values()) == [64]
        assert body(response)["extension"]["audience"] == "public"
        assert response.headers["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.filter(action="statistics.exact").count() == before
    problem(centre.get(f"{PERSONS}?release=2020.x1", Henvis_Purpose="fun"), "invalid_header")


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("release=2020.x3", ("release", "release_unknown")),
        ("release=2020.x1&year=2021", ("release", "release_of_another_period")),
        ("release=2012.x1&by=gender", ("by", "table_not_offered")),
        ("by=region", ("by", "table_not_offered")),
        ("by=region&year=2017", ("by", "table_not_offered")),
        ("period=2023-Q4", ("period", "period_without_release")),
    ],
)
def test_refusals(query: str, finding: tuple[str, str]) -> None:
    assert findings(table(query), "invalid_parameter") == [finding]


def test_referrals_are_not_published_elsewhere() -> None:
    assert findings(get(f"{INDEX}/referrals"), "invalid_parameter") == [("by", "table_not_offered")]


def test_an_unknown_name_is_told_with_those_that_there_are() -> None:
    allowed = body(table("release=2020.x3"), 400)["errors"][0]["allowed"]
    assert allowed[0] == "latest" and {"2007.x1", "2020.x1", "2020.x2"} <= set(allowed)


def test_at_a_moment_only_what_is_known_to_have_been_published_then() -> None:
    """A report of 2021 is known to be there from the end of that year; one without a date at no moment but now."""
    assert shown_by(table("asOf=2023-06-01")) == ["2007.x1", "2015.x1", "2016.x2", "2020.x1", "2021.x1"]
    assert list(marked(table("asOf=2022-01-01&year=2020")).values()) == [(64, "P")]
    assert findings(table("asOf=2021-12-31&year=2020"), "invalid_parameter") == [("year", "period_without_release")]
    assert [one["id"] for one in body(get(f"{RELEASES}?asOf=2016-07-06"))["items"]] == [
        "2007.x1", "2007-2015.x1", "2015.x1",
    ]  # fmt: skip
    assert body(get(f"{RELEASES}?asOf=2016-07-05"))["items"] == []
