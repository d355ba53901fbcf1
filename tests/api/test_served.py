"""Bodies as other stacks send them, against the server that serves: in chunks, after `Expect`, with an end that is not clear."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings

from cases.models import Referral
from tests.api.asserts import LIST
from tests.api.batches.sending import BATCHES, MULTIPART, as_csv, as_json, file_part, row
from tests.api.batches.sending import parts as form_of
from tests.api.served import CHUNKED, LAST, Reply, chunk, head, send, serving
from tests.callers import Caller, make_caller, referral
from tests.described import operation, shared

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[int]:
    """The server of this module."""
    home = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as patch, serving(home, patch, HENVIS_SPOOL=str(home / "spool")) as found:
        yield found
        assert [*(home / "spool").glob("*")] == []


@pytest.fixture
def caller(_with_database: None) -> Caller:
    """An NGO that is committed, so that the server sees it."""
    return make_caller("NGO")


def bearer(caller: Caller) -> str:
    return f"Authorization: Bearer {caller.token}"


def put(port: int, caller: Caller, *parts: bytes, path: str = "", lines: tuple[str, ...] = (CHUNKED,)) -> Reply:
    return send(port, [head("PUT", path or f"{LIST}/{uuid4()}", bearer(caller), JSON, *lines), *parts])


def test_a_token_is_had_with_a_chunked_form(port: int, caller: Caller) -> None:
    """As Java's and .NET's clients ask for one."""
    pair = b64encode(f"{caller.client.client_id}:{caller.secret}".encode()).decode()
    form = urlencode({"grant_type": "client_credentials"}).encode()
    request = head("POST", "/oauth/token", f"Authorization: Basic {pair}", FORM, CHUNKED)
    for parts in (
        [chunk(form), LAST],
        [chunk(form[:7]), chunk(form[7:]), LAST],
        [b"%x;a=b\r\n" % len(form) + form + b"\r\n0\r\nA: b\r\n\r\n"],
    ):
        answer = send(port, [request, *parts])
        assert answer.status == 200, answer
        assert json.loads(answer.body)["token_type"] == "Bearer"


def test_a_referral_in_chunks_is_the_same_as_in_one_piece(port: int, caller: Caller) -> None:
    path, whole = f"{LIST}/{uuid4()}", json.dumps(referral()).encode()
    pieces = [chunk(whole[place : place + 50]) for place in range(0, len(whole), 50)]
    assert put(port, caller, *pieces, LAST, path=path).status == 201
    again = put(port, caller, whole, path=path, lines=(f"Content-Length: {len(whole)}",))
    assert (again.status, again.headers["etag"]) == (200, '"1"')


def test_chunks_of_more_than_is_taken_are_413_like_any_body(port: int, caller: Caller) -> None:
    over = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    for size, sent in ((over, [chunk(b" " * over), LAST]), (64 * 1024 + 1, [chunk(b" " * (64 * 1024 + 1)), LAST])):
        answer = put(port, caller, *sent)
        assert (answer.status, json.loads(answer.body)["code"]) == (413, "payload_too_large"), size
    assert not Referral.objects.exists()


def test_a_body_that_ends_in_the_middle_stores_nothing(port: int, caller: Caller) -> None:
    whole = json.dumps(referral()).encode()
    answer = put(port, caller, chunk(whole[:100]), b"zz\r\n")
    assert answer.status == 400
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "lines",
    [
        ("Transfer-Encoding: gzip, chunked",),
        ("Transfer-Encoding: gzip",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: gzip"),
        ("Content-Length: 4", "Content-Length: 5"),
        ("Content-Length: -1",),
        ("Content-Length: +5",),
        ("Transfer_Encoding: chunked", "Content-Length: 5"),
    ],
)
def test_where_servers_may_not_agree_on_the_end_nothing_is_read(
    port: int, caller: Caller, lines: tuple[str, ...]
) -> None:
    whole = json.dumps(referral()).encode()
    answer = put(port, caller, chunk(whole), LAST, lines=lines)
    assert answer.status == 400
    assert not Referral.objects.exists()


@pytest.mark.parametrize("lines", [("Content-Length: 4", CHUNKED), (CHUNKED, "Content-Length: 4")])
def test_a_request_with_both_lengths_smuggles_no_other(port: int, caller: Caller, lines: tuple[str, ...]) -> None:
    """The chunks count (RFC 9112 §6.3), and the connection ends, so that what follows is no request."""
    whole, hidden = json.dumps(referral()).encode(), f"{LIST}/{uuid4()}"
    second = head("PUT", hidden, bearer(caller), JSON, f"Content-Length: {len(whole)}") + whole
    answer = put(port, caller, chunk(whole) + LAST + second, lines=lines)
    assert (answer.status, answer.closed) == (201, True)
    assert Referral.objects.count() == 1
    assert not Referral.objects.filter(reference=hidden.rpartition("/")[2]).exists()


@pytest.mark.parametrize("line", [CHUNKED, "Content-Length: {}"])
def test_a_client_that_waits_for_100_is_told_to_go_on(port: int, caller: Caller, line: str) -> None:
    whole = json.dumps(referral()).encode()
    sent = chunk(whole) + LAST if line == CHUNKED else whole
    request = head("PUT", f"{LIST}/{uuid4()}", bearer(caller), JSON, "Expect: 100-continue", line.format(len(whole)))
    answer = send(port, [request, sent], wait_for_continue=True)
    assert (answer.interim, answer.status) == ((100,), 201)


def deliver(port: int, caller: Caller, content_type: str, *parts: bytes) -> Reply:
    lines = (bearer(caller), f"Idempotency-Key: {uuid4()}", f"Content-Type: {content_type}", CHUNKED)
    return send(port, [head("POST", f"{BATCHES}?dry_run=false", *lines), *parts])


def test_a_file_in_chunks_is_taken_where_its_form_has_an_end(port: int, caller: Caller) -> None:
    form, rows = form_of(file_part(as_csv([row(), row()]))), as_json([row()])
    for content_type, whole in ((MULTIPART, form), ("application/json", rows)):
        pieces = [chunk(whole[place : place + 300]) for place in range(0, len(whole), 300)]
        answer = deliver(port, caller, content_type, *pieces, LAST)
        assert (answer.status, json.loads(answer.body)["state"]) == (200, "done"), answer
        # The server tells the program the same end where the connection broke.
        broken = deliver(port, caller, content_type, *pieces[:-1], b"zz\r\n")
        assert broken.status == 400, broken
    assert Referral.objects.count() == 3


def test_lines_in_chunks_are_not_taken_since_nothing_shows_their_end(port: int, caller: Caller) -> None:
    answer = deliver(port, caller, "text/csv", chunk(as_csv([row()])), LAST)
    assert (answer.status, json.loads(answer.body)["code"]) == (411, "length_required")
    assert not Referral.objects.exists()


@pytest.mark.parametrize("path", ["/oauth/token", LIST, "/account/login/"])
def test_a_body_without_a_length_and_without_chunks_is_none(port: int, path: str) -> None:
    answer = send(port, [head("POST", path, FORM)])
    assert answer.status in {400, 401, 403, 415}
    assert answer.headers["cache-control"].startswith("no-store") or "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(("path", "status"), [("/livez", 200), ("/livez", 400), ("/readyz", 200), ("/api/v1", 200)])
def test_what_the_server_answers_by_itself_is_described_too(port: int, path: str, status: int) -> None:
    """Django's client never meets it; a request that is no HTTP does not reach the program."""
    answer = send(port, [head("GET", path, *(["no header"] if status == 400 else []))])
    described = shared((operation("GET", path) or {})["responses"][str(status)])
    promised = {name.lower() for name, header in described["headers"].items() if shared(header).get("required")}
    assert (answer.status, promised - answer.headers.keys()) == (status, set())
    assert bool(answer.body) == ("content" in described)
