"""`asOf`: the vintages that were current at a moment, for everybody as they were published, for the centre as they were built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC, Release
from tests.api.asserts import body, findings
from tests.api.open_figures import PERSONS, RELEASES, TABLES, get, own, releases, table
from tests.callers import Caller
from tests.stats.published import Cells, Told, publish, withdraw
from tests.stats.records import NOTES, at, identified

pytestmark = pytest.mark.django_db
LATER: dict[str, Cells] = {"": {"": 85}, "gender": {"F": 70, "M": None, "X": None}}
MARCH, MAY, JULY = (datetime(2024, month, 1, 12, tzinfo=UTC) for month in (3, 5, 7))
PURPOSE = {"Henvis_Purpose": "quality-control"}


@pytest.fixture
def vintages() -> None:
    """2023 was published in March and again in May, when the first was withdrawn; 2022 in July."""
    first = publish(PUBLIC, "2023", TABLES, when=MARCH)
    second = publish(PUBLIC, "2023", LATER, 2, when=MAY)
    withdraw(first, second, when=MAY)
    publish(PUBLIC, "2022", TABLES, when=JULY)


def answered(query: str) -> list[str]:
    """Our releases that answer."""
    return own(body(table(query))["extension"]["releases"])


@pytest.mark.usefixtures("vintages")
@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2024-03-01T12:00:00Z", ["2023.p1"]),
        ("2024-03-01T13:00:00%2B01:00", ["2023.p1"]),
        ("2024-03-01", ["2023.p1"]),
        ("2024-05-01T11:59:59.999999Z", ["2023.p1"]),
        ("2024-05-01T12:00:00Z", ["2023.p2"]),
        ("2024-05-01", ["2023.p2"]),
        ("2024-04-30", ["2023.p1"]),
        ("2024-07-01T12:00:00Z", ["2022.p1", "2023.p2"]),
        ("2999-12-31", ["2022.p1", "2023.p2"]),
        ("9999-12-31", ["2022.p1", "2023.p2"]),
    ],
)
def test_what_was_current_then_answers(moment: str, found: list[str]) -> None:
    assert answered(f"by=gender&asOf={moment}") == found
    assert answered(f"by=gender&release=latest&asOf={moment}") == found


@pytest.mark.usefixtures("vintages")
def test_before_the_first_there_is_none() -> None:
    """Of ours at first, and of anybody's long before."""
    for query in ("by=gender&asOf=2024-02-29", "year=2022&asOf=2024-06-30"):
        assert answered(query) == []
    for query in ("by=gender&asOf=0001-01-01", "by=gender&asOf=0001-01-01T00:00:00%2B14:00"):
        (found,) = findings(table(query), "invalid_parameter")
        assert found[1] == "period_without_release"


def test_a_release_that_was_withdrawn_later_answers_for_the_time_before() -> None:
    first = publish(PUBLIC, "2023", TABLES, when=MARCH)
    second = publish(PUBLIC, "2023", LATER, 2, when=MARCH)
    withdraw(second, first, when=JULY)
    assert answered("by=gender") == ["2023.p1"]
    assert answered("by=gender&asOf=2024-06-30") == ["2023.p2"]
    assert answered("by=gender&asOf=2024-07-01T11:59:59.999999Z") == ["2023.p2"]
    assert answered("by=gender&asOf=2024-07-01T12:00:00Z") == ["2023.p1"]  # as of the moment of the withdrawal
    told = body(table("by=gender&asOf=2024-06-30"))
    assert any("has been withdrawn" in note for note in told["note"])


@pytest.mark.usefixtures("vintages")
def test_changes_on_the_year_before_look_at_the_same_moment() -> None:
    early, late = (body(table(f"year=2023&measure=change&asOf={day}")) for day in ("2024-06-30", "2024-07-01"))
    assert [one["extension"]["releases"][0]["compared_with"] for one in (early, late)] == ["2022.x1", "2022.p1"]


@pytest.mark.parametrize(
    "moment",
    [
        "", "2024", "2024-03", "2024-02-30", "2024-13-01", "yesterday", "20240301", "2024-W10-5", "2024-03-01T12:00:00",
        "2024-03-01T12:00Z", "2024-03-01 12:00:00Z", "2024-03-01T12:00:00+01:00", "2024-03-01T25:00:00Z",
        "2024-03-01T12:00:00.1234567Z", "0000-01-01", "2024-03-01T12:00:60Z", "٢٠٢٤-03-01", "1709294400",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [f"{PERSONS}?asOf=", f"{RELEASES}?asOf="])
def test_what_is_no_moment_is_refused(path: str, moment: str) -> None:
    """A + that is not written %2B is a blank."""
    response = get(f"{path}{moment}")
    assert findings(response, "invalid_parameter") == [("asOf", "moment_expected")]
    assert not moment or moment.encode() not in response.content


@pytest.mark.usefixtures("vintages")
def test_a_release_by_its_id_is_of_no_moment() -> None:
    assert findings(table("asOf=2024-03-01&release=2023.p1"), "invalid_parameter") == [("asOf", "moment_or_release")]
    assert findings(table("asOf=2024-03-01&asOf=2024-03-02"), "invalid_parameter") == [("asOf", "repeated_parameter")]


@pytest.mark.usefixtures("vintages")
def test_the_list_has_the_vintages_that_were_current() -> None:
    assert releases() == ["2022.p1", "2023.p2", "2023.p1"]
    assert releases(query="?asOf=2024-03-01") == ["2023.p1"]
    assert releases(query="?asOf=2024-05-02") == ["2023.p2"]
    assert releases(query="?asOf=2024-08-01") == ["2022.p1", "2023.p2"]
    assert releases(query="?asOf=2020-01-01") == []


def test_an_authority_is_answered_by_what_was_published_then(police: Caller) -> None:
    publish(AUTHORITY, "2023", {"": {"": 70}, "gender": {"F": 61}}, when=MARCH)
    publish(PUBLIC, "2023", TABLES, when=MAY)
    for day, found in (("2024-04-01", "2023.a1"), ("2024-05-01", "2023.p1")):
        document = body(police.get(f"{PERSONS}?by=gender&asOf={day}"))
        assert own(document["extension"]["releases"]) == [found]
        assert document["extension"]["releases"][-1]["totals_from"][0] == found
    assert set(releases(police, "?asOf=2024-06-01")) == {"2023.a1", "2023.p1"}


@pytest.fixture
def built_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock by which releases are built."""
    save, now = Release.save, [MARCH]

    def saved(self: Release, **given: Any) -> None:
        self.built_at = now[0]
        save(self, **given)

    monkeypatch.setattr(Release, "save", saved)

    def turn(moment: datetime) -> None:
        now[0] = moment

    return turn


def test_exact_releases_are_current_from_the_moment_they_were_built(
    centre: Caller, built_at: Callable[[datetime], None]
) -> None:
    for moment, minutes in ((MARCH, 0), (MAY, 20)):
        built_at(moment)
        identified(centre.partner, decided_in="2023-05", recorded_at=at(minutes))
        release.build(by=COMMAND, period="2023", depth=1, as_of=at(minutes + 5), change_notes=NOTES)
    for day, found in (("2024-04-30", "2023.v1"), ("2024-05-01", "2023.v2")):
        document = body(centre.get(f"{PERSONS}?year=2023&asOf={day}", **PURPOSE))
        assert [one["id"] for one in document["extension"]["releases"]] == [found]
    events = AuditEvent.objects.filter(action="statistics.exact").order_by("at")
    queries = [event.detail["query"] for event in events]
    assert ["2024-04-30T23:59:59" in queries[0], "2024-05-01T23:59:59" in queries[1]] == [True, True]


@pytest.mark.usefixtures("vintages")
def test_the_tag_is_of_the_releases_that_answer() -> None:
    early, late, now = (
        table(f"by=gender{more}").headers["ETag"] for more in ("&asOf=2024-03-01", "&asOf=2024-05-01", "")
    )
    assert len({early, late, now}) == 3
    assert table("by=gender&asOf=2024-03-01").headers["ETag"] == early
    same = table("by=gender&asOf=2024-03-01T22:59:59.999999Z")
    assert same.headers["Cache-Control"] == "public, max-age=300"
    publish(PUBLIC, "2023", LATER, 3, when=MARCH)
    assert table("by=gender&asOf=2024-03-01").headers["ETag"] != early


@pytest.mark.usefixtures("vintages")
@pytest.mark.parametrize(
    "query", ["by=gender&year=2023", "by=gender&period=2022..2023", "year=2023&measure=change", "by=gender"]
)
def test_the_address_in_an_answer_gives_it_again_after_a_later_vintage_and_in_its_language(query: str) -> None:
    """Where others published something on a day that nobody knows, as in all years together, in its language alone."""
    document = body(table(query, Accept_Language="da"))
    again = urlsplit(document["href"]).query
    assert "lang=da" in again and body(table(again, Accept_Language="en")) == document
    publish(PUBLIC, "2023", TABLES, 3, when=datetime(2099, 1, 1, 12, tzinfo=UTC))
    assert body(table(query))["extension"]["releases"] != document["extension"]["releases"]
    assert (body(table(again, Accept_Language="en")) == document) == (query != "by=gender")


@pytest.mark.usefixtures("vintages")
@pytest.mark.parametrize("query", ["year=2023&measure=count,change", "by=gender&year=2023&measure=change_percent"])
def test_it_gives_what_one_period_was_compared_with_after_a_later_vintage_of_the_year_before(query: str) -> None:
    document = body(table(query))
    again = urlsplit(document["href"]).query
    assert "asOf=2024-07-01" in again and "release=" not in again
    publish(PUBLIC, "2022", LATER, 2, when=datetime(2099, 1, 1, 12, tzinfo=UTC))
    (now,) = body(table(query))["extension"]["releases"]
    assert now["compared_with"] == "2022.p2"
    assert body(table(again)) == document


def test_it_gives_what_was_told_of_hidden_cells_of_one_period_after_later_tellings() -> None:
    told: dict[str, Told] = {"gender": {"M": (5, 12), "X": (1, 8)}}
    publish(PUBLIC, "2023", TABLES, told=told, when=MARCH)
    document = body(table("by=gender&year=2023"))
    again = urlsplit(document["href"]).query
    narrowed: dict[tuple[str, str], Told] = {("2023.p1", "gender"): {"M": (6, 11), "X": (2, 7)}}
    publish(PUBLIC, "2019-2023", {"": {"": 300}}, narrowed=narrowed, when=MAY)
    assert body(table("by=gender&year=2023"))["extension"]["told"] != document["extension"]["told"]
    assert body(table(again)) == document


def test_it_names_the_release_of_one_period_only_where_no_day_is_known_and_nothing_is_compared() -> None:
    """Of 2017 and 2018 nobody knows on which day others published it."""
    alone, compared = (urlsplit(body(table(f"year=2018{more}"))["href"]).query for more in ("", "&measure=change"))
    assert "release=2018.x1" in alone and "asOf=" not in alone
    assert "period=2018" in compared and "asOf=" not in compared and "release=" not in compared
