"""Byte ranges of public answers: parts fit together, and nobody gets a part of what is packed, changed, private or wrong."""

from __future__ import annotations

import pytest

from stats.models import PUBLIC
from tests.api.asserts import LIST, problem
from tests.api.open_figures import PERSONS, RELEASES, TABLES, get
from tests.callers import Browser, Caller
from tests.stats.published import publish

TABLE = f"{PERSONS}?by=gender&format=csv"
WORKBOOK = f"{PERSONS}?by=gender&format=xlsx"
FILES = (
    TABLE,
    WORKBOOK,
    PERSONS,
    f"{RELEASES}/2023.p1/certificate",
    f"{RELEASES}/2023.p1/citation",
    "/api/v1/templates/referrals.csv",
    "/api/v1/templates/counts/OUTREACH/2025-03.csv",
)
NO_FILES = (RELEASES, "/api/v1/codelists/gender", "/openapi.json", "/da/statistik/persons/", "/livez")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    """The year 2023."""
    publish(PUBLIC, "2023", TABLES)


@pytest.mark.parametrize("path", FILES)
def test_parts_of_a_file_are_the_file(path: str) -> None:
    whole = get(path)
    size, tag = len(whole.content), whole.headers["ETag"]
    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    middle, parts = size // 2, []
    for wanted, first, last in ((f"0-{middle - 1}", 0, middle - 1), (f"{middle}-", middle, size - 1)):
        part = get(path, Range=f"bytes={wanted}", If_Range=tag)
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert part.headers["Content-Length"] == str(len(part.content)) == str(last - first + 1)
        kept = ("ETag", "Cache-Control", "Content-Type", "Vary", "Content-Disposition")
        assert [part.headers.get(name) for name in kept] == [whole.headers.get(name) for name in kept]
        parts.append(part.content)
    assert b"".join(parts) == whole.content


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=-7", -7, -1), ("BYTES= 2-99999999 ", 2, -1), ("bytes=-99999999", 0, -1)],
)
def test_a_range_is_cut_to_what_there_is(wanted: str, first: int, last: int) -> None:
    content = get(TABLE).content
    size = len(content)
    start, end = first % size, last % size
    part = get(TABLE, Range=wanted)
    assert part.status_code == 206
    assert (part.content, part.headers["Content-Range"]) == (
        content[start : end + 1],
        f"bytes {start}-{end}/{size}",
    )


@pytest.mark.parametrize("begin", ["size", "999999999999999999"])
def test_behind_the_end_there_is_nothing(begin: str) -> None:
    size = len(get(TABLE).content)
    answer = get(TABLE, Range=f"bytes={size if begin == 'size' else begin}-", Origin="https://newspaper.example")
    problem(answer, "range_not_satisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{size}"
    assert (answer.headers["Cache-Control"], answer.headers["Access-Control-Allow-Origin"]) == ("no-store", "*")
    problem(get(TABLE, Range="bytes=-0"), "range_not_satisfiable")


@pytest.mark.parametrize(
    "wanted", ["bytes=0-1,4-5", "lines=0-1", "bytes=5-3", "bytes=-", "bytes=x-2", "bytes=0-1-2", "bytes=٣-", "bytes"]
)
def test_what_is_no_single_range_is_answered_whole(wanted: str) -> None:
    assert (get(TABLE, Range=wanted).status_code, get(TABLE, Range=wanted).content) == (200, get(TABLE).content)


@pytest.mark.parametrize("held", ['"another"', "weak", "Wed, 02 Dec 2026 00:00:00 GMT", '"another", "second"', "*"])
def test_who_has_parts_of_something_else_gets_the_whole(held: str) -> None:
    tag = get(TABLE).headers["ETag"]
    answer = get(TABLE, Range="bytes=0-1", If_Range=f"W/{tag}" if held == "weak" else held)
    assert (answer.status_code, answer.content) == (200, get(TABLE).content)
    assert "Content-Range" not in answer.headers


def test_a_correction_meanwhile_is_noticed() -> None:
    tag = get(TABLE).headers["ETag"]
    publish(PUBLIC, "2022", TABLES)
    assert get(TABLE, Range="bytes=0-1", If_Range=tag).status_code == 200


def test_who_has_the_whole_is_told_so_first() -> None:
    tag = get(TABLE).headers["ETag"]
    assert get(TABLE, Range="bytes=0-1", If_None_Match=tag).status_code == 304


@pytest.mark.parametrize("path", NO_FILES)
def test_what_is_no_file_has_no_parts(path: str) -> None:
    answer = get(path, Range="bytes=0-9")
    assert answer.status_code == 200 and len(answer.content) > 10
    assert not {"Accept-Ranges", "Content-Range"} & set(answer.headers)


def test_what_is_private_or_wrong_has_no_parts(ngo: Caller) -> None:
    path, _ = ngo.referral()
    for answer in (
        ngo.get(path, Range="bytes=0-1"),
        ngo.get(f"{LIST}?format=csv", Range="bytes=0-1"),
        get("/api/v1/me", Range="bytes=0-1"),
        get(f"{PERSONS}?by=nothing", Range="bytes=0-1"),
    ):
        assert answer.status_code in {200, 400, 401} and b"".join(answer)
        assert not {"Accept-Ranges", "Content-Range"} & set(answer.headers)


def test_head_says_how_long_it_is_and_that_there_are_parts() -> None:
    answer = Browser().head(TABLE, headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.headers["Accept-Ranges"]) == (200, "bytes")
    assert answer.headers["Content-Length"] == str(len(get(TABLE).content))


def test_pages_of_other_sites_may_ask_for_parts_and_read_where_they_are() -> None:
    part = get(TABLE, Range="bytes=0-1", Origin="https://newspaper.example")
    assert part.status_code == 206 and part.headers["Access-Control-Allow-Origin"] == "*"
    told = part.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"Accept-Ranges", "Content-Range", "Content-Length", "ETag"} <= set(told)
    asked = Browser().options(TABLE, headers={"Origin": "https://newspaper.example"})
    assert {"Range", "If-Range"} <= set(asked.headers["Access-Control-Allow-Headers"].split(", "))
