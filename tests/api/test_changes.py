"""`GET /releases/{id}/changes`: what changed between two vintages, for everybody, for authorities, and exactly for the centre."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse

from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC, Release
from stats.revisions import changes
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import RELEASES, TABLES, get
from tests.callers import Caller
from tests.stats.published import Cells, publish, withdraw
from tests.stats.records import NOTES, at, case, identified, referral

pytestmark = pytest.mark.django_db
LATER: dict[str, Cells] = {"": {"": 85}, "gender": {"F": 70, "M": None, "X": None}}
CHANGED: dict[str, Any] = {"": {"": (73, 85)}, "gender": {"F": (60, 70), "M": (None, None), "X": (None, None)}}
PURPOSE = {"Henvis_Purpose": "quality-control"}


@pytest.fixture
def first() -> Release:
    """The first public vintage of 2023."""
    return publish(PUBLIC, "2023", TABLES)


@pytest.fixture
def second(first: Release) -> Release:
    """The second."""
    return publish(PUBLIC, "2023", LATER, 2, changes=(first, CHANGED))


def changed(name: str = "2023.p2", query: str = "") -> HttpResponse:
    """What everybody is told."""
    return get(f"{RELEASES}/{name}/changes{query}")


def rows(document: Any) -> dict[tuple[str, ...], list[tuple[Any, ...]]]:
    """The rows of each table, by its axes."""
    return {
        tuple(table["axes"]): [
            (*row["codes"], row["before"], row["after"], row["change"], row["status"]) for row in table["rows"]
        ]
        for table in document["tables"]
    }


def test_everybody_reads_what_changed_since_the_vintage_before(second: Release) -> None:
    document = body(changed())
    assert rows(document) == {
        (): [(73, 85, 12, "A")],
        ("gender",): [("F", 60, 70, 10, "A"), ("M", None, None, None, "Q"), ("X", None, None, None, "Q")],
    }
    assert (document["release"], document["from"], document["audience"]) == ("2023.p2", "2023.p1", "public")
    assert document["change_notes"] == NOTES._asdict()
    assert document["unlisted"] == "A"
    assert set(document["status"]) == {"A", "Q"}
    assert "fewer than 5 persons" in document["status"]["Q"]["en"]
    assert document["tables"][1]["title"]["da"].endswith("efter køn")


def test_of_a_protected_release_it_is_the_vintage_before_and_no_other(first: Release, second: Release) -> None:
    third = publish(PUBLIC, "2023", LATER, 3, changes=(second, {"": {}}))
    assert body(changed(third.pk))["from"] == second.pk
    assert body(changed(third.pk, "?from=2023.p2"))["from"] == second.pk
    refused = changed(third.pk, "?from=2023.p1")
    assert findings(refused, "invalid_parameter") == [("from", "vintage_expected")]
    assert body(refused, 400)["errors"][0]["allowed"] == ["2023.p2"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?from=2022.p1", ("from", "vintage_expected")),
        ("?from=latest", ("from", "vintage_expected")),
        ("?dataset=people", ("dataset", "dataset_unknown")),
        ("?by=shoe_size", ("by", "axis_unknown")),
        ("?dataset=referrals&by=decided_by", ("by", "axis_unknown")),
        ("?by=gender&by=gender", ("by", "repeated_parameter")),
        ("?format=json", ("format", "unknown_parameter")),
    ],
)
def test_anything_else_is_refused(second: Release, query: str, found: tuple[str, str]) -> None:
    assert findings(changed(query=query), "invalid_parameter") == [found]


def test_tables_may_be_chosen(second: Release) -> None:
    assert set(rows(body(changed(query="?by=gender")))) == {("gender",)}
    assert set(rows(body(changed(query="?dataset=persons")))) == {(), ("gender",)}
    assert rows(body(changed(query="?dataset=referrals"))) == {}


@pytest.mark.parametrize("name", ["2023.p9", "2023.v1", "nothing"])
def test_of_no_release_there_is_nothing(first: Release, name: str) -> None:
    problem(changed(name), "not_found")


@pytest.mark.parametrize(("language", "words"), [("da", "ingen tidligere"), ("en", "no earlier one")])
def test_of_a_first_vintage_it_says_that_there_is_none_before(first: Release, language: str, words: str) -> None:
    response = get(f"{RELEASES}/2023.p1/changes", Accept_Language=language)
    assert words in problem(response, "first_vintage")["detail"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_vintage_that_was_published_without_its_changes_has_none(first: Release) -> None:
    publish(PUBLIC, "2023", LATER, 2)
    problem(changed(), "not_found")


def test_a_table_that_one_of_the_two_does_not_offer_is_left_out(first: Release) -> None:
    publish(PUBLIC, "2023", LATER, 2, changes=(first, CHANGED), offered={"gender": False})
    assert set(rows(body(changed()))) == {()}


def test_a_withdrawn_vintage_is_still_compared_with(first: Release, second: Release) -> None:
    before = changed().headers["ETag"]
    withdraw(first, second)
    response = changed()
    assert body(response)["from"] == "2023.p1"
    assert response.headers["ETag"] != before


def test_a_vintage_that_was_withdrawn_without_a_replacement_is_gone(first: Release, second: Release) -> None:
    withdraw(first, None)
    refused = problem(changed(query="?from=2023.p1"), "release_withdrawn")
    assert refused["status"] == 410 and "2023.p1" in json.dumps(refused)
    problem(changed(), "not_found")


def test_it_may_be_kept_and_is_told_to_stand(second: Release) -> None:
    response = changed()
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert get(f"{RELEASES}/2023.p2/changes", If_None_Match=response.headers["ETag"]).status_code == 304
    assert changed(query="?by=gender").headers["ETag"] != response.headers["ETag"]
    assert changed(query="?from=2023.p1").headers["ETag"] == response.headers["ETag"]


def quarters(first: Release | None = None) -> Release:
    """A quarter for authorities, or its second vintage."""
    tables: dict[str, Cells] = {"": {"": 31}, "gender": {"F": 24, "M": 9}}
    if first is None:
        return publish(AUTHORITY, "2023-Q4", tables)
    given = {"": {"": (31, 29)}, "gender": {"F": (24, 24), "M": (9, 7)}}
    return publish(AUTHORITY, "2023-Q4", tables, 2, changes=(first, given))


def test_an_authority_reads_differences_of_noisy_figures(police: Caller) -> None:
    quarters(quarters())
    response = police.get(f"{RELEASES}/2023-Q4.a2/changes")
    assert rows(body(response)) == {
        (): [(31, 29, -2, "A")],
        ("gender",): [("F", 24, 24, 0, "A"), ("M", 9, 7, -2, "A")],
    }
    assert body(response)["unlisted"] == "Q"
    assert response.headers["Cache-Control"] == "private, no-store"
    problem(changed("2023-Q4.a2"), "not_found")


def test_what_is_published_of_a_period_leaves_an_authority_s_table_out(police: Caller) -> None:
    first = publish(AUTHORITY, "2023", {"": {"": 31}, "gender": {"F": 24}})
    publish(
        AUTHORITY, "2023", {"": {"": 31}, "gender": {"F": 24}}, 2, changes=(first, {"": {"": (31, 29)}, "gender": {}})
    )
    before = police.get(f"{RELEASES}/2023.a2/changes")
    publish(PUBLIC, "2023", {"": {"": 30}})
    after = police.get(f"{RELEASES}/2023.a2/changes")
    assert (set(rows(body(before))), set(rows(body(after)))) == ({(), ("gender",)}, {("gender",)})
    assert before.headers["ETag"] != after.headers["ETag"]
    publish(PUBLIC, "2023", {"": {"": 30}, "gender": {"F": None}}, 2, offered={"gender": False})
    assert rows(body(police.get(f"{RELEASES}/2023.a2/changes"))) == {}


@pytest.fixture
def exact(centre: Caller) -> Caller:
    """Three exact vintages of 2023: a woman, then two men more, then one referral of the second withdrawn from the count."""
    person = identified(centre.partner, decided_in="2023-05", verified_gender="F", recorded_at=at(0))
    referral(person, centre.partner, referred_in="2023-05", gender="F")
    release.build(by=COMMAND, period="2023", depth=1, dimensions=["gender"], as_of=at(10))
    for minutes in (20, 40):
        identified(centre.partner, decided_in="2023-06", verified_gender="M", recorded_at=at(minutes))
        referral(case(centre.partner), centre.partner, referred_in="2023-06", gender="M", recorded_at=at(minutes))
        release.build(
            by=COMMAND, period="2023", depth=1, dimensions=["gender"], as_of=at(minutes + 5), change_notes=NOTES
        )
    return centre


def of(document: Any, dataset: str) -> dict[tuple[str, ...], list[tuple[Any, ...]]]:
    """The rows of the tables of one dataset."""
    return rows({"tables": [table for table in document["tables"] if table["dataset"] == dataset]})


def test_the_centre_reads_exact_differences_for_a_purpose(exact: Caller) -> None:
    document = body(exact.get(f"{RELEASES}/2023.v3/changes", **PURPOSE))
    assert document["from"] == "2023.v2"
    assert of(document, "persons") == {(): [(2, 3, 1, "A")], ("gender",): [("M", 1, 2, 1, "A")]}
    assert of(document, "referrals") == {(): [(2, 3, 1, "A")], ("gender",): [("M", 1, 2, 1, "A")]}
    assert (document["unlisted"], set(document["status"])) == ("A", {"A"})


def test_exact_releases_are_compared_with_any_earlier_vintage(exact: Caller) -> None:
    document = body(exact.get(f"{RELEASES}/2023.v3/changes?from=2023.v1&dataset=persons&by=gender", **PURPOSE))
    assert of(document, "persons") == {("gender",): [("M", 0, 2, 2, "A")]}
    assert of(document, "referrals") == {}
    later = exact.get(f"{RELEASES}/2023.v2/changes?from=2023.v3", **PURPOSE)
    assert findings(later, "invalid_parameter") == [("from", "vintage_expected")]
    problem(exact.get(f"{RELEASES}/2023.v1/changes", **PURPOSE), "first_vintage")


def test_a_table_without_a_change_is_there_without_rows(exact: Caller) -> None:
    made = release.build(
        by=COMMAND, period="2023", depth=1, dimensions=["gender", "region"], as_of=at(60), change_notes=NOTES
    ).release
    document = body(exact.get(f"{RELEASES}/{made.pk}/changes", **PURPOSE))
    assert of(document, "persons") == {(): [], ("gender",): []}


def test_each_reading_is_logged_also_one_that_is_known_already(exact: Caller) -> None:
    response = exact.get(f"{RELEASES}/2023.v3/changes?by=gender", **PURPOSE)
    again = exact.get(f"{RELEASES}/2023.v3/changes?by=gender", If_None_Match=response.headers["ETag"], **PURPOSE)
    assert (again.status_code, response.headers["Cache-Control"]) == (304, "private, no-store")
    first, second = AuditEvent.objects.filter(action="statistics.exact", subject="2023.v3")
    assert (
        first.detail
        == second.detail
        == {
            "purpose": "quality-control",
            "query": "changes?from=2023.v2&&gender",
            "releases": ["2023.v3"],
            "compared_with": ["2023.v2"],
        }
    )
    assert first.client_id == exact.client.pk


def test_without_a_purpose_nothing_is_read_and_nothing_logged(exact: Caller) -> None:
    assert findings(exact.get(f"{RELEASES}/2023.v3/changes"), "invalid_header") == [
        ("Henvis-Purpose", "purpose_expected")
    ]
    problem(changed("2023.v3"), "not_found")
    assert not AuditEvent.objects.filter(action="statistics.exact").exists()


def test_more_than_can_be_answered_is_refused(exact: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_ROWS", 1)
    response = exact.get(f"{RELEASES}/2023.v3/changes", **PURPOSE)
    assert findings(response, "invalid_parameter") == [("by", "answer_too_large")]
    body(exact.get(f"{RELEASES}/2023.v3/changes?dataset=persons&by=gender", **PURPOSE))
