"""Own referrals as a file: whole or visibly not, in constant memory, and as the pages have them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.models import QuerySet

from api.http.bodies import Body
from api.records import examples
from api.records import rows as own_rows
from cases import dictionary as d
from cases.fields import CodeSetField
from cases.models import Referral
from partners.kinds import Mode
from tests.api.asserts import LIST, body, findings, problem
from tests.callers import Caller, make_caller, referral

MEDIA = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
each_form = pytest.mark.parametrize("form", MEDIA)


def content(answer: Any) -> bytes:
    """The whole body of a stream."""
    assert answer.status_code == 200, answer.content
    assert answer.streaming
    return b"".join(answer.streaming_content)


def table(text: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def objects(text: bytes) -> list[dict[str, Any]]:
    """The lines of an NDJSON file."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def three(ngo: Caller, other_ngo: Caller) -> list[dict[str, Any]]:
    """Three of a partner's referrals as its page has them: one corrected, one withdrawn. Another partner has one too."""
    path, _ = ngo.referral(services_needed=[], means_of_control=...)
    ngo.referral(services_needed=["HEALTH", "LEGAL"])
    ngo.put(path, referral(services_needed=[], means_of_control=..., gender="M"), If_Match='"1"')
    gone, _ = ngo.referral()
    ngo.post(f"{gone}/withdrawal", {"reason_code": "DUPLICATE"})
    other_ngo.referral()
    items: list[dict[str, Any]] = body(ngo.get(LIST))["items"]
    assert len(items) == 3
    return items


@each_form
@pytest.mark.parametrize("by_header", [True, False])
def test_a_file_is_asked_for_by_accept_or_by_format(
    ngo: Caller, three: list[dict[str, Any]], form: str, by_header: bool
) -> None:
    answer = ngo.get(LIST, Accept=MEDIA[form]) if by_header else ngo.get(f"{LIST}?format={form}")
    assert answer.headers["Content-Type"].startswith(MEDIA[form])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="referrals.{form}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Henvis-Rows"] == "3"
    assert answer.headers["X-Request-Id"]
    assert "Accept" in answer.headers["Vary"]
    assert "Content-Length" not in answer.headers
    assert content(answer)


def test_ndjson_has_the_items_of_the_pages_and_a_line_that_ends_it(ngo: Caller, three: list[dict[str, Any]]) -> None:
    answer = ngo.get(f"{LIST}?format=ndjson")
    *rows, end = objects(content(answer))
    assert rows == three
    assert end == {"end": {"rows": 3, "changed_since": answer.headers["Henvis-Changed-Since"]}}


def test_csv_has_every_field_and_keeps_none_apart_from_unknown(ngo: Caller, three: list[dict[str, Any]]) -> None:
    text = content(ngo.get(f"{LIST}?format=csv"))
    rows = table(text)
    assert list(rows[0]) == list(own_rows.COLUMNS) == list(three[0])
    sets = {field.name for field in d.REFERRAL if isinstance(field, CodeSetField)}
    for row, item in zip(rows, three, strict=True):
        for name, value in item.items():
            assert row[name] == ("|".join(value) if name in sets else str(value))
    corrected = next(row for row in rows if row["status"] == "corrected")
    assert (corrected["services_needed"], corrected["means_of_control"]) == ("", "_N")
    assert {row["services_needed"] for row in rows} >= {"", "HEALTH|LEGAL"}
    assert text.count(b"\r\n") == 4


@each_form
def test_filters_narrow_a_file_too(ngo: Caller, three: list[dict[str, Any]], form: str) -> None:
    answer = ngo.get(f"{LIST}?format={form}&status=withdrawn")
    assert answer.headers["Henvis-Rows"] == "1"
    assert b"withdrawn" in content(answer)
    assert findings(ngo.get(f"{LIST}?format={form}&gender=MARKER"), "invalid_parameter") == [
        ("gender", "value_not_allowed")
    ]


@each_form
def test_nothing_is_a_whole_file_too(ngo: Caller, form: str) -> None:
    answer = ngo.get(f"{LIST}?format={form}")
    assert answer.headers["Henvis-Rows"] == "0"
    assert "Henvis-Changed-Since" not in answer.headers
    text = content(answer)
    if form == "csv":
        assert text == own_rows.CSV.head
    else:
        assert objects(text) == [{"end": {"rows": 0, "changed_since": None}}]


@each_form
@pytest.mark.parametrize("name", ["limit=1", "cursor=x"])
def test_a_file_has_no_pages(ngo: Caller, form: str, name: str) -> None:
    expected = [(name.partition("=")[0], "unknown_parameter")]
    assert findings(ngo.get(f"{LIST}?format={form}&{name}"), "invalid_parameter") == expected
    assert findings(ngo.get(f"{LIST}?{name}", Accept=MEDIA[form]), "invalid_parameter") == expected


def test_an_unknown_form_is_400_and_what_is_written_is_answered_as_json(ngo: Caller) -> None:
    assert findings(ngo.get(f"{LIST}?format=xml"), "invalid_parameter") == [("format", "value_not_allowed")]
    assert body(ngo.get(f"{LIST}?format=json"))["items"] == []
    problem(
        ngo.post(LIST, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324", Accept="text/csv"),
        "not_acceptable",
    )
    assert Referral.objects.count() == 0


def test_a_stranger_s_file_is_its_own_and_test_mode_has_its_own(three: list[dict[str, Any]]) -> None:
    stranger = make_caller("NGO", mode=Mode.TEST)
    own = stranger.referral()[1]["reference"]
    rows = table(content(stranger.get(f"{LIST}?format=csv")))
    assert [row["reference"] for row in rows] == [own]


def test_a_file_needs_the_scope_of_reading() -> None:
    caller = make_caller("NGO", scopes=["referrals:write"])
    problem(caller.get(f"{LIST}?format=csv"), "insufficient_scope")


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row a chunk, so that three rows are several."""
    monkeypatch.setattr(own_rows, "CHUNK", 1)


class Broken:
    """Makes the body of one referral and fails at the second."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, row: Referral) -> Body:
        self.seen += 1
        if self.seen > 1:
            raise ValueError(f"MARKER {row.reference}")
        return examples.referral()


@each_form
def test_a_failure_midway_does_not_look_like_the_end(
    ngo: Caller, three: list[dict[str, Any]], form: str, small_chunks: None, logged: io.StringIO
) -> None:
    rows = Referral.objects.of(ngo.partner.pk).current().select_related("case")
    answer, told = own_rows.answer(rows, own_rows.FORMS[form], None, Broken())
    assert told == 3
    assert answer.headers["Henvis-Rows"] == "3"
    lines = content(answer).splitlines()
    if form == "csv":
        assert (len(lines), lines[-1]) == (3, b"INCOMPLETE")
    else:
        assert (len(lines), json.loads(lines[-1])) == (2, {"incomplete": True})
    [line] = [json.loads(text) for text in logged.getvalue().splitlines()]
    assert (line["error"], line["level"]) == ("ValueError", "error")
    assert "MARKER" not in logged.getvalue()


def test_what_fails_before_the_first_row_is_a_problem_and_no_file(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> Iterator[Referral]:
        raise OperationalError("MARKER")
        yield

    monkeypatch.setattr(QuerySet, "iterator", away)
    problem(ngo.get(f"{LIST}?format=csv"), "unavailable")


def test_a_request_for_a_file_leaves_one_line_in_the_log(
    ngo: Caller, three: list[dict[str, Any]], logged: io.StringIO
) -> None:
    assert content(ngo.get(f"{LIST}?format=csv&gender=M"))
    [line] = [json.loads(text) for text in logged.getvalue().splitlines()]
    assert (line["route"], line["status"], line["event"]) == ("api/v1/referrals", 200, "request")
    assert "gender" not in logged.getvalue()


def open_cursors() -> list[str]:
    """The cursors of this connection, and whether each outlives its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_cursors WHERE is_holdable AND name LIKE '\\_django%%'")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def served(transactional_db: None) -> Iterator[Caller]:
    """A partner whose requests run outside of any transaction, as they do in service."""
    yield make_caller("NGO")
    connections.close_all()


def test_a_file_holds_no_transaction_and_gives_its_cursor_back(served: Caller, small_chunks: None) -> None:
    """A release waits for open transactions: a slow reader must not be one. An abandoned file leaves nothing behind."""
    for _ in range(3):
        served.referral()
    answer: Any = served.get(f"{LIST}?format=ndjson")
    pieces = answer.streaming_content
    next(pieces), next(pieces)
    assert not connection.in_atomic_block
    assert connection.connection.info.transaction_status.name == "IDLE"
    assert len(open_cursors()) == 1
    answer.close()
    assert open_cursors() == []
    assert content(served.get(f"{LIST}?format=ndjson"))
    assert open_cursors() == []


def test_a_file_is_of_one_moment(served: Caller, small_chunks: None) -> None:
    """What is written while a file is read is not in it, and what it says of itself stays true."""
    paths = [served.referral()[0] for _ in range(3)]
    answer: Any = served.get(f"{LIST}?format=ndjson")
    pieces = answer.streaming_content
    read = [next(pieces), next(pieces)]
    served.put(paths[2], referral(gender="M"), If_Match='"1"')
    served.referral()
    *rows, end = objects(b"".join([*read, *pieces]))
    answer.close()
    assert [row["version"] for row in rows] == [1, 1, 1]
    assert end["end"]["rows"] == 3
    later = body(served.get(f"{LIST}?changed_since={end['end']['changed_since']}"))["items"]
    assert [row["version"] for row in later] == [2, 1]


def test_memory_does_not_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows there are, no more than two chunks of them are in memory: one that is sent, one that is read."""
    monkeypatch.setattr(own_rows, "CHUNK", 10)
    alive = most = 0

    class Counted:
        def __init__(self, row: Any) -> None:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def rows() -> Iterator[Any]:
        for n in range(1000):
            yield Counted(n)

    pieces = own_rows.write(rows(), own_rows.NDJSON, b"", lambda row: Body())
    for _ in pieces:
        pass
    assert most <= 20
