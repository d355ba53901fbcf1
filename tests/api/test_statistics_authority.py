"""What authorities read: what is published goes first; beyond it figures that are changed at random, and small ones are hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC
from stats.reading import release_choice
from tests.api import json_stat
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import own, releases
from tests.callers import Browser, Caller, make_caller
from tests.stats.published import Cells, draft, publish, withdraw
from tests.stats.records import at, identified

pytestmark = pytest.mark.django_db
INDEX, PERSONS, RELEASES = "/api/v1/statistics", "/api/v1/statistics/persons", "/api/v1/releases"
# What a release for authorities has not stored is hidden, and so nothing is listed as hidden.
TABLES: dict[str, Cells] = {
    "": {"": 31},
    "gender": {"F": 24, "M": 9},
    "region": {"DK01": 20},
    "region,gender": {"DK01|F": 14},
}
QUARTER = "period=2023-Q4"


def table(caller: Caller, query: str = f"by=gender&{QUARTER}", **headers: str) -> HttpResponse:
    """A table of persons."""
    return caller.get(f"{PERSONS}?{query}", **headers)


def cells(response: HttpResponse) -> dict[tuple[str, ...], Any]:
    """The value of every cell, with the measure and without the period."""
    document = body(response)
    json_stat.check(document)
    return {(cell[0], *cell[2:]): value for cell, value in json_stat.cells(document)}


def sources(response: HttpResponse) -> list[tuple[str, list[str]]]:
    """The release of each period of an answer, and where its totals are from."""
    return [(one["id"], one["totals_from"]) for one in body(response)["extension"]["releases"]]


def test_a_scope_opens_what_is_made_for_authorities(police: Caller) -> None:
    publish(AUTHORITY, "2023-Q4", TABLES)
    response = table(police)
    assert cells(response) == {
        ("count", "TOTAL"): 31,
        ("count", "F"): 24,
        ("count", "M"): 9,
        ("count", "X"): None,
        ("count", "_U"): None,
    }
    document = body(response)
    assert document["extension"]["audience"] == "authority"
    assert document["status"] == {"3": "Q", "4": "Q"}
    assert "fewer than 5 persons" in document["extension"]["status"]["label"]["Q"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert AuditEvent.objects.filter(action="statistics.exact").count() == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "changed at random by up to 7, totals on their own"), ("da", "ændret tilfældigt med op til 7, totalerne")],
)
def test_it_says_that_figures_may_not_add_up(police: Caller, language: str, words: str) -> None:
    publish(AUTHORITY, "2023-Q4", TABLES, settings={"deviation": 7, "variance": 6})
    assert any(words in note for note in body(table(police, Accept_Language=language))["note"])


def test_what_is_not_stored_is_hidden_in_every_part_of_a_table(police: Caller) -> None:
    publish(AUTHORITY, "2023-Q4", TABLES)
    found = cells(table(police, f"by=region,gender&{QUARTER}"))
    shown = {cell[1:]: value for cell, value in found.items() if value is not None}
    assert shown == {
        ("TOTAL", "TOTAL"): 31,
        ("TOTAL", "F"): 24,
        ("TOTAL", "M"): 9,
        ("DK01", "TOTAL"): 20,
        ("DK01", "F"): 14,
    }
    assert 0 not in found.values()


def test_shares_are_of_shown_figures_in_whole_per_cent_and_never_more_than_all(police: Caller) -> None:
    publish(AUTHORITY, "2023-Q4", {"": {"": 20}, "gender": {"F": 22, "M": 6}})
    found = cells(table(police, f"by=gender&{QUARTER}&measure=share"))
    assert {cell[1]: value for cell, value in found.items()} == {"TOTAL": 100, "F": 100, "M": 30, "X": None, "_U": None}


def test_a_change_needs_both_figures(police: Caller) -> None:
    publish(AUTHORITY, "2022-Q4", {"": {"": 20}, "gender": {"F": 22, "X": 6}})
    publish(AUTHORITY, "2023-Q4", TABLES)
    found = cells(table(police, f"by=gender&{QUARTER}&measure=change"))
    assert {cell[1]: value for cell, value in found.items()} == {"TOTAL": 11, "F": 2, "M": None, "X": None, "_U": None}


def test_what_is_published_goes_first_table_by_table(police: Caller) -> None:
    publish(AUTHORITY, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 28}, "gender": {"F": 26, "M": None}})
    # The table itself is published: its hidden cell stays hidden, and its zero is one.
    response = table(police, "by=gender&year=2023")
    assert sources(response) == [("2023.p1", ["2023.p1", "2023.a1"])]
    assert {cell[1]: value for cell, value in cells(response).items()} == {
        "TOTAL": 28,
        "F": 26,
        "M": None,
        "X": 0,
        "_U": 0,
    }
    # Only its margins are: they are the published ones, and the rest is that for authorities.
    response = table(police, "by=region,gender&year=2023")
    assert sources(response) == [("2023.a1", ["2023.p1", "2023.a1"])]
    found = cells(response)
    assert (found["count", "TOTAL", "TOTAL"], found["count", "TOTAL", "F"]) == (28, 26)
    assert (found["count", "TOTAL", "M"], found["count", "TOTAL", "X"]) == (None, 0)
    assert (found["count", "DK01", "TOTAL"], found["count", "DK01", "F"]) == (20, 14)
    assert (found["count", "DK02", "TOTAL"], found["count", "DK01", "X"]) == (None, None)


def test_what_is_published_is_what_an_authority_reads_of_it_by_either_name(police: Caller) -> None:
    publish(AUTHORITY, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 28}, "gender": {"F": 26, "M": None}})
    values = {
        str(body(table(police, f"by=gender&{named}"))["value"])
        for named in ("release=2023.a1", "release=2023.p1", "year=2023")
    }
    assert len(values) == 1


def test_what_is_published_of_a_margin_goes_first_whether_it_is_offered_by_itself_or_not(police: Caller) -> None:
    publish(AUTHORITY, "2023", TABLES)
    given: dict[str, Cells] = {
        "": {"": 28},
        "gender": {"F": 26, "M": None},
        "region": {"DK01": 21},
        "region,gender": {"DK01|F": 13},
    }
    publish(PUBLIC, "2023", given, offered={"gender": False})
    found = cells(table(police, "by=region,gender&year=2023"))
    assert (found["count", "TOTAL", "TOTAL"], found["count", "DK01", "F"], found["count", "DK02", "F"]) == (28, 13, 0)
    assert [found["count", "TOTAL", code] for code in ("F", "M", "X")] == [26, None, 0]


def test_what_is_published_of_a_table_is_an_authoritys_answer_whether_it_is_offered_or_not(police: Caller) -> None:
    """Hidden for everybody, a cell is hidden for authorities: beside the published margins noise would be an answer of its own."""
    publish(AUTHORITY, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 28}, "gender": {"F": None}}, offered={"gender": False})
    response = table(police, "by=gender&year=2023")
    assert sources(response) == [("2023.a1", ["2023.p1", "2023.a1"])]
    assert [cells(response)["count", code] for code in ("TOTAL", "F", "M")] == [28, None, 0]


def test_a_published_year_is_there_for_authorities_without_a_release_of_their_own(police: Caller) -> None:
    publish(PUBLIC, "2022", {"": {"": 40}})
    publish(AUTHORITY, "2023", {"": {"": 50}})
    publish(PUBLIC, "2024", {"": {"": 60}})
    response = table(police, "measure=count,change")
    assert [one for one, _ in sources(response)][-3:] == ["2022.p1", "2023.a1", "2024.p1"]
    values = body(response)["value"]
    assert (values[len(values) // 2 - 3 : len(values) // 2], values[-2:]) == ([40, 50, 60], [10, 10])


def test_a_withdrawn_publication_no_longer_goes_first(police: Caller) -> None:
    publish(AUTHORITY, "2023", TABLES)
    first = publish(PUBLIC, "2023", {"": {"": 27}, "gender": {"F": 25}})
    second = publish(PUBLIC, "2023", {"": {"": 28}, "gender": {"F": 26}}, 2)
    withdraw(second, first)
    assert sources(table(police, "by=gender&year=2023")) == [("2023.p1", ["2023.p1", "2023.a1"])]
    assert cells(table(police, "by=gender&year=2023"))["count", "F"] == 25


def test_a_margin_that_any_publication_has_is_the_published_one(police: Caller) -> None:
    """A vintage of the publication that gives the table need not be the one that gives the margin."""
    publish(AUTHORITY, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 27}, "region": {"DK01": 20}, "region,gender": {"DK01|F": 13}})
    publish(PUBLIC, "2023", {"": {"": 28}, "gender": {"F": 26}}, 2)
    response = table(police, "by=region,gender&year=2023")
    assert sources(response) == [("2023.p1", ["2023.p1", "2023.p2", "2023.a1"])]
    assert cells(response)["count", "TOTAL", "F"] == 26
    assert cells(table(police, "by=region,gender&year=2023&audience=public"))["count", "TOTAL", "F"] is None


def test_a_withdrawn_release_for_authorities(police: Caller) -> None:
    first, second = publish(AUTHORITY, "2023-Q4", TABLES), publish(AUTHORITY, "2023-Q4", {"": {"": 35}}, 2)
    withdraw(first, second)
    assert findings(table(police), "invalid_parameter") == [("by", "table_not_offered")]
    named = body(table(police, "by=gender&release=2023-Q4.a1"))
    assert "Release 2023-Q4.a1 has been withdrawn and was replaced by 2023-Q4.a2." in named["note"]
    assert body(table(police, QUARTER))["value"] == [35]


def test_the_public_answer_is_the_same_for_an_authority_that_asks_for_it(police: Caller) -> None:
    publish(AUTHORITY, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 28}})
    public = Browser().get(f"{PERSONS}?year=2023")
    said = table(police, "year=2023&audience=public")
    assert (said.content, said.headers["ETag"]) == (public.content, public.headers["ETag"])
    assert table(police, "year=2023").headers["ETag"] != public.headers["ETag"]
    assert findings(table(police, "by=gender&year=2023&audience=public"), "invalid_parameter") == [
        ("by", "table_not_offered")
    ]


def test_exact_figures_are_not_an_authoritys(police: Caller) -> None:
    response = table(police, "audience=exact", Henvis_Purpose="research")
    problem(response, "insufficient_scope")
    assert 'scope="statistics:exact"' in response.headers["WWW-Authenticate"]
    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_reads_exact_figures_may_ask_for_those_of_authorities(centre: Caller) -> None:
    publish(AUTHORITY, "2023-Q4", TABLES)
    only = make_caller("CENTRE", scopes=["statistics:exact"])
    for caller in (centre, only):
        assert cells(table(caller, f"by=gender&{QUARTER}&audience=authority"))["count", "F"] == 24
    assert AuditEvent.objects.filter(action="statistics.exact").count() == 0


def test_a_draft_is_not_there(police: Caller) -> None:
    draft(AUTHORITY, "2023-Q4", TABLES)
    assert releases(police) == []
    problem(police.get(f"{RELEASES}/2023-Q4.a1"), "not_found")
    assert findings(table(police, "period=2023-Q4"), "invalid_parameter") == [("period", "period_without_release")]
    assert findings(table(police, "release=2023-Q4.a1"), "invalid_parameter") == [("release", "release_unknown")]


def test_each_caller_sees_the_releases_that_it_may_read(ngo: Caller, police: Caller, centre: Caller) -> None:
    identified(centre.partner, decided_in="2023-05")
    release.build(by=COMMAND, period="2023", depth=1, as_of=at(60))
    publish(PUBLIC, "2023", {"": {"": 28}})
    publish(AUTHORITY, "2023-Q4", TABLES)
    for caller, seen in (
        (ngo, {"2023.p1"}),
        (police, {"2023.p1", "2023-Q4.a1"}),
        (centre, {"2023.p1", "2023-Q4.a1", "2023.v1"}),
    ):
        assert set(releases(caller)) == set(own(body(caller.get(INDEX))["releases"])) == seen
        for named in ("2023.p1", "2023-Q4.a1", "2023.v1"):
            assert caller.get(f"{RELEASES}/{named}").status_code == (200 if named in seen else 404)
    assert body(police.get(f"{RELEASES}/2023-Q4.a1"))["deviation"] == 5
    assert police.get(RELEASES).headers["Cache-Control"] == "private, no-store"
    problem(police.get(f"{RELEASES}/2023-Q4.a1/certificate"), "not_found")


def test_a_protection_of_the_order_of_releases(police: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it an authority would read a changed figure of a cell that is published, and could tell the change."""
    publish(AUTHORITY, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 28}})
    monkeypatch.setattr(release_choice, "rank", lambda _: 0)
    assert body(table(police, "year=2023"))["value"] == [31]
