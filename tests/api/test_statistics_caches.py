"""What is public is kept by caches and read by pages of any site: headers, entity tags, and nothing of what is hidden in them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import transaction

from api.statistics import answers
from core.answers import Answers
from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.counting import build as release
from stats.models import PUBLIC
from stats.reading import published_figures as protected
from tests.api.asserts import problem
from tests.api.open_figures import INDEX, PERSONS, RELEASES, TABLES, get, table
from tests.callers import Browser, Caller
from tests.stats.published import Cells, publish
from tests.stats.records import at, identified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]


OF_RELEASE = (f"{RELEASES}/2023.p1/certificate", f"{RELEASES}/2023.p1/citation")
PROBLEMS_OF = [
    "asOf=yesterday",
    "shoe_size=1",
    "by=shoe_size",
    "by=region",
    "year=1999",
    "release=2023.v1",
    "audience=all",
]


@pytest.fixture
def published() -> None:
    """The year 2023."""
    publish(PUBLIC, "2023", TABLES)


def told(path: str) -> tuple[bytes, dict[str, str]]:
    """All that is answered, but for the id of the answer itself."""
    response = get(path)
    return response.content, {name: value for name, value in response.headers.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("form", ["json-stat", "csv", "list"])
def test_what_stands_behind_a_hidden_cell_changes_no_byte(
    centre: Caller, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(answers, "ANSWERS", Answers(0))
    paths = (
        f"{PERSONS}?by=gender&measure=count,share,change&format={form}",
        RELEASES,
        f"{RELEASES}/2023.p1",
        f"{RELEASES}/2023.p1/citation",
    )
    seen = set()
    for truth in range(5):
        with transaction.atomic():
            for _ in range(truth):
                identified(centre.partner, decided_in="2023-05", verified_gender="M")
            release.build(by=COMMAND, period="2023", depth=1, as_of=at(60))
            publish(PUBLIC, "2023", TABLES, when=at(9), records={"persons": truth}, digest=str(truth) * 64)
            seen.add(repr([told(path) for path in paths]))
            transaction.set_rollback(True)
    assert len(seen) == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "path", [INDEX, PERSONS, f"{PERSONS}?format=csv", RELEASES, f"{RELEASES}?asOf=2999-01-01", *OF_RELEASE]
)
def test_what_is_public_may_be_kept_and_read_by_any_page(path: str) -> None:
    response = get(path, Origin="https://newspaper.example")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert set(response.headers["Vary"].replace(" ", "").split(",")) >= {"Accept", "Accept-Language", "Authorization"}


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("query", PROBLEMS_OF)
def test_a_refusal_may_be_read_by_any_page_and_is_not_kept(query: str) -> None:
    response = table(query)
    problem(response, "invalid_parameter")
    assert (response.headers["Cache-Control"], response.headers["Access-Control-Allow-Origin"]) == ("no-store", "*")


@pytest.mark.usefixtures("published")
def test_no_other_refusal_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache is asked by address: it must not answer others with what one's header or an hour of ours was to blame for."""

    def fail(*_: object) -> None:
        raise RuntimeError

    refusals = [
        table(Henvis_Purpose="curiosity"),
        table(Accept="text/html"),
        Browser().post(PERSONS),
    ]
    monkeypatch.setattr(protected, "open_query", fail)
    refusals.append(table())
    assert [response.status_code for response in refusals] == [400, 406, 405, 500]
    for response in refusals:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", [INDEX, PERSONS, RELEASES, f"{RELEASES}/2023.p1", f"{RELEASES}/2023.p2/changes", *OF_RELEASE]
)
def test_a_browser_may_ask_first(path: str, django_assert_num_queries: Any) -> None:
    asked = {"Origin": "https://newspaper.example", "Access-Control-Request-Method": "GET"}
    with django_assert_num_queries(0):
        response = Browser().options(path, headers=asked)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    allowed = response.headers["Access-Control-Allow-Headers"]
    assert "If-None-Match" in allowed
    assert "Authorization" not in allowed


def test_the_etag_is_of_releases_query_audience_form_and_language_only() -> None:
    publish(PUBLIC, "2022", TABLES)
    publish(PUBLIC, "2023", TABLES)
    tag = table("by=gender&year=2023").headers["ETag"]
    for same in ("period=2023&by=gender", "by=gender&year=2023&audience=public&totals=include&measure=count"):
        assert table(same, User_Agent="other", Accept="application/json").headers["ETag"] == tag
    others = {
        table("by=gender&year=2022").headers["ETag"],
        table("year=2023").headers["ETag"],
        table("by=gender&year=2023&totals=exclude").headers["ETag"],
        table("by=gender&year=2023&measure=share").headers["ETag"],
        table("by=gender&year=2023&format=csv").headers["ETag"],
        table("by=gender&year=2023&format=list").headers["ETag"],
        table("by=gender&year=2023", Accept_Language="da").headers["ETag"],
        table("by=gender&release=2023.p1").headers["ETag"],
    }
    assert len(others | {tag}) == 9


def test_the_etag_says_nothing_of_the_figures() -> None:
    tags = set()
    figures: list[Cells] = [{"F": 60, "M": None}, {"F": 9}, dict.fromkeys(("F", "M", "X"))]
    for given in figures:
        with transaction.atomic():
            publish(PUBLIC, "2023", {"": {"": 73}, "gender": given}, when=at(9))
            tags.add(table("by=gender").headers["ETag"])
            transaction.set_rollback(True)
    assert len(tags) == 1


@pytest.mark.usefixtures("published")
def test_who_has_the_answer_is_told_that_it_stands() -> None:
    for path in (f"{PERSONS}?by=gender", f"{PERSONS}?by=gender&asOf=2999-01-01", *OF_RELEASE):
        tag = get(path).headers["ETag"]
        response = get(path, If_None_Match=tag)
        assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag)
        assert response.headers["Cache-Control"] == "public, max-age=300"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert get(path, If_None_Match='"other"').status_code == 200


@pytest.mark.usefixtures("published")
def test_head_is_read_like_get() -> None:
    response = Browser().head(f"{PERSONS}?by=gender")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"] == table().headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.usefixtures("published")
def test_nobody_is_logged_for_reading_what_is_public(logged: io.StringIO) -> None:
    before = AuditEvent.objects.count()
    table("by=gender&gender=F", User_Agent="Zz-browser", X_Forwarded_For="203.0.113.9", Referer="https://zz.example/")
    assert AuditEvent.objects.count() == before
    said = logged.getvalue()
    for word in ("Zz", "203.0", "zz.example", "gender", "persons"):
        assert word not in said
