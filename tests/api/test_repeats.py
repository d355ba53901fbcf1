"""A public answer that is asked for again is given as it was, and is never older than what is published."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.utils import DatabaseError

from api import urls
from api.statistics.answers import OPEN
from api.statistics.audiences import OpenView
from stats.models import AUTHORITY, PUBLIC, Erratum, Publication, Withdrawal
from stats.reading import catalogue, published_figures
from stats.reading.catalogue import PUBLIC_STATE
from tests.api.asserts import body, problem
from tests.api.open_figures import INDEX, PERSONS, RELEASES, TABLES, get, own
from tests.callers import Browser, Caller
from tests.stats.published import publish, say_erratum, withdraw

pytestmark = pytest.mark.django_db
QUERY = f"{PERSONS}?by=gender&year=2023"
# What stands in an answer's head of this one answer alone.
OF_ITSELF = {"X-Request-Id"}


@pytest.fixture(autouse=True)
def released() -> None:
    """The year 2023."""
    publish(PUBLIC, "2023", TABLES)


def erratum(release: Any) -> None:
    """Say that something is wrong with it."""
    say_erratum(release, "Forkert.", "Wrong.")


def whole(path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """An answer with its headers."""
    response = get(path, **headers)
    return (
        response.status_code,
        response.content,
        {name: text for name, text in response.headers.items() if name not in OF_ITSELF},
    )


@pytest.mark.parametrize("path", [INDEX, QUERY, f"{QUERY}&format=xlsx", RELEASES, f"{RELEASES}/2023.p1"])
def test_it_is_the_same_to_the_last_header_and_takes_one_statement(path: str, django_assert_num_queries: Any) -> None:
    first = whole(path)
    with django_assert_num_queries(1):
        assert whole(path) == first
    with django_assert_num_queries(1):
        status, content, headers = whole(path, If_None_Match=first[2]["ETag"])
    assert (status, content, headers["ETag"]) == (304, b"", first[2]["ETag"])
    assert headers.items() <= first[2].items() | {("Content-Length", "0")}


def test_whatever_is_published_withdrawn_or_said_is_seen_at_once() -> None:
    seen = [whole(QUERY)]
    second = publish(PUBLIC, "2023", {"": {"": 90}, "gender": {"F": 80, "M": None, "X": None}}, 2)
    seen.append(whole(QUERY))
    erratum(second)
    seen.append(whole(QUERY))
    withdraw(second, publish(PUBLIC, "2023", TABLES, 3))
    seen.append(whole(QUERY))
    assert len({content for _, content, _ in seen}) == len({headers["ETag"] for *_, headers in seen}) == 4


def test_a_caller_with_a_token_is_answered_anew(centre: Caller) -> None:
    publish(AUTHORITY, "2023", {"": {"": 73}, "gender": {"F": 61, "M": 12, "X": 0}})
    assert own(body(get(RELEASES))["items"]) == ["2023.p1"]
    assert "2023.a1" in own(body(centre.get(RELEASES))["items"])
    assert own(body(get(RELEASES))["items"]) == ["2023.p1"]
    assert get(QUERY, Authorization="Bearer none").status_code == 401


def test_a_wrong_purpose_is_refused_whoever_asked_before() -> None:
    assert get(QUERY).status_code == 200
    problem(get(QUERY, Henvis_Purpose="curiosity"), "invalid_header")


@pytest.mark.parametrize(
    "header",
    [{"Accept": "text/csv"}, {"Accept-Language": "da"}, {"Host": "testserver:81"}, {"X-Forwarded-Proto": "https"}],
)
def test_what_an_answer_depends_on_keeps_answers_apart(header: dict[str, str], settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    path = f"{QUERY}&format=json-stat" if {"Host", "X-Forwarded-Proto"} & header.keys() else QUERY
    plain = whole(path)
    other = whole(path, **header)
    assert other[1] != plain[1]
    assert (whole(path), whole(path, **header)) == (plain, other)


def test_of_a_long_request_nothing_is_kept(django_assert_num_queries: Any) -> None:
    answers = [whole(QUERY, Accept_Language=f"da{',en;q=0.5' * 200}") for _ in range(2)]
    assert answers[0] == answers[1]
    with django_assert_num_queries(1):  # the list of releases; the figures of a query are kept by themselves
        whole(QUERY, Accept_Language=f"da{',en;q=0.5' * 200}")


def test_a_refusal_is_no_answer_to_keep(django_assert_num_queries: Any) -> None:
    get(QUERY)
    is_kept, is_newest = 1, 1
    for _ in range(2):
        with django_assert_num_queries(is_kept + is_newest):
            problem(get(f"{PERSONS}?by=region&year=2023"), "invalid_parameter")


def away(*_: Any) -> Any:
    """The database, while nobody reaches it."""
    raise OperationalError("away")


@pytest.mark.parametrize(
    ("path", "code", "route"),
    [
        (QUERY, "unavailable", "api/v1/statistics/<str:dataset_id>"),
        (f"{RELEASES}/2023.p1", "unavailable", "api/v1/releases/<str:release_id>"),
        (f"{RELEASES}/2023.p1/none", "not_found", None),
        (f"{INDEX}-none", "not_found", None),
    ],
)
def test_without_the_database_the_line_has_the_route_and_an_address_that_is_none_stays_so(
    path: str, code: str, route: str | None, logged: io.StringIO
) -> None:
    with connection.execute_wrapper(away):
        problem(Browser(raise_request_exception=False).get(path), code)  # type: ignore[arg-type]
    line = json.loads(logged.getvalue().splitlines()[-1])
    assert line["route"] == route


def test_views_for_everybody_stand_where_answers_are_kept() -> None:
    for route in urls.V1:
        is_open = issubclass(getattr(route.callback, "cls", object), OpenView)
        assert f"/api/v1/{route.pattern}".startswith(OPEN) == is_open, route


@pytest.mark.parametrize("model", [Publication, Withdrawal, Erratum])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = now() + interval '1 day'"])
def test_what_tells_the_state_of_publishing_loses_and_changes_no_row(model: Any, act: str) -> None:
    first = Publication.objects.get().release
    withdraw(first, publish(PUBLIC, "2023", TABLES, 2))
    erratum(first)
    moment = next(field.column for field in model._meta.fields if field.column.endswith("_at"))
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(model._meta.db_table, moment))
    assert model._meta.db_table in PUBLIC_STATE


def test_what_the_list_is_read_from_is_told_by_the_state_or_never_changes() -> None:
    """A table of a release is written once, with its publication: `henvis_copy_draft`, and the seals that stand behind it."""
    is_sealed = {
        "statistics_release",
        "statistics_erratum",  # it is read once its decision is there, and never changes
        *(f"statistics_published{name}" for name in ("table", "told", "sumtable", "sumtold")),
    }
    names = re.findall(
        r"(?:FROM|JOIN)\s+(?:LATERAL\s+)?(\w+_\w+)",
        catalogue.EVERY + published_figures.TABLES + published_figures.CERTIFICATES,
    )
    watched = set(re.findall(r"FROM (\w+_\w+)", PUBLIC_STATE))
    assert watched and set(names) - watched == {*is_sealed, "statistics_certificate"}
