"""Requests: attempts under one key, waiting, tokens, addresses, and what is never told."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from henvis_client import Client, CredentialProblem, NetworkError, Patience, Problem, ServiceProblem, UsageError
from henvis_client.documents import Document
from henvis_client.errors import HenvisError
from henvis_client.session import origin_of
from henvis_client.timing import retry_after
from tests.clients.python.transports import ADDRESS, START, Clock, problem, scripted

BATCH = {"id": "b", "state": "done", "counts": {"created": 1}}
ROWS = Document.of_bytes(b'[{"gender": "F", "note": "payload-in-the-file"}]', "application/json")
SECRET = "hv_test_secret-of-the-client"


def asking(clock: Clock, *answers: Any, patience: Patience | None = None) -> tuple[Client, list[httpx.Request]]:
    """A client of a service that gives these answers, and the requests that it gets."""
    transport, requests = scripted(*answers)
    client = Client(ADDRESS, "id", SECRET, timing=clock.timing, transport=transport, patience=patience)
    return client, requests


def of_batches(requests: list[httpx.Request]) -> list[httpx.Request]:
    return [each for each in requests if each.url.path != "/oauth/token"]


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ReadTimeout("x"),
        httpx.ConnectError("x"),
        httpx.RemoteProtocolError("x"),
        httpx.Response(502, text="<html>"),
        httpx.Response(504, text="<html>"),
        problem(503, "unavailable", Retry_After="5"),
        problem(429, "rate_limited", Retry_After="5"),
        problem(409, "idempotency_in_flight", Retry_After="1"),
    ],
    ids=str,
)
def test_it_is_sent_again_under_the_same_key(clock: Clock, failure: Any) -> None:
    client, requests = asking(clock, failure, failure, httpx.Response(200, json=BATCH))
    assert client.send(ROWS).is_clean
    attempts = of_batches(requests)
    assert len(attempts) == 3
    assert len({each.headers["Idempotency-Key"] for each in attempts}) == 1
    assert {each.content for each in attempts} == {b"".join(ROWS.pieces())}
    assert {each.headers["Content-Length"] for each in attempts} == {str(ROWS.size)}


def test_pauses_grow_and_are_cut_short_by_chance(clock: Clock) -> None:
    client, _ = asking(clock, *[httpx.ReadTimeout("x")] * 4, httpx.Response(200, json=BATCH))
    client.send(ROWS)
    assert clock.naps == [0.25, 0.5, 1.0, 2.0]


def test_it_waits_as_long_as_it_is_asked_to(clock: Clock) -> None:
    date = "Fri, 02 Jan 2026 03:05:05 GMT"
    client, _ = asking(
        clock, problem(503, "x", Retry_After="7"), problem(503, "x", Retry_After=date), httpx.Response(200, json=BATCH)
    )
    client.send(ROWS)
    assert [int(each) for each in clock.naps] == [7, 53]


def test_who_is_asked_to_wait_for_long_is_told_instead(clock: Clock) -> None:
    client, requests = asking(clock, problem(429, "rate_limited", Retry_After="3600"))
    with pytest.raises(ServiceProblem, match="Title"):
        client.send(ROWS)
    assert len(of_batches(requests)) == 1
    assert clock.naps == []


def test_in_the_end_it_gives_up_and_says_the_key(clock: Clock) -> None:
    client, requests = asking(clock, *[httpx.ReadTimeout("x")] * 3, patience=Patience(attempts=3))
    with pytest.raises(NetworkError) as caught:
        client.send(ROWS, key="0123456789abcdefghijklmn")
    assert caught.value.idempotency_key == "0123456789abcdefghijklmn"
    assert len(of_batches(requests)) == 3


def test_what_is_refused_is_not_sent_again(clock: Clock) -> None:
    client, requests = asking(clock, problem(422, "identifier_in_file"))
    with pytest.raises(Problem) as caught:
        client.send(ROWS)
    assert (caught.value.code, caught.value.status, caught.value.detail) == ("identifier_in_file", 422, "Detail.")
    assert caught.value.is_final
    assert len(of_batches(requests)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<p>Log in to the hotel</p>"),
        httpx.Response(200, json=["no batch"]),
        httpx.Response(200, json={"hello": "world"}),
        httpx.Response(200, json={"id": None, "state": None}),
        httpx.Response(200, content=b"{", headers={"Content-Type": "application/json"}),
        httpx.Response(302, headers={"Location": "https://login.example"}),
        httpx.Response(403, html="<p>Blocked by the proxy</p>"),
        httpx.Response(413, html="<p>nginx</p>"),
    ],
    ids=lambda each: f"{each.status_code}-{each.headers.get('content-type')}",
)
def test_an_answer_of_something_in_between_is_no_answer(clock: Clock, answer: httpx.Response) -> None:
    client, _ = asking(clock, answer)
    with pytest.raises(NetworkError) as caught:
        client.send(ROWS)
    assert caught.value.status == answer.status_code
    assert caught.value.idempotency_key


def test_a_token_is_fetched_once_and_renewed_before_it_ends(clock: Clock) -> None:
    client, requests = asking(clock, *(httpx.Response(200, json=BATCH) for _ in range(4)))
    client.batch("b")
    client.batch("b")
    clock.seconds += 569
    client.batch("b")
    assert [each.url.path for each in requests].count("/oauth/token") == 1
    clock.seconds += 2
    client.batch("b")
    assert [each.url.path for each in requests].count("/oauth/token") == 2
    bearers = [each.headers["Authorization"] for each in of_batches(requests)]
    assert bearers[0] == bearers[2] != bearers[3]


def test_a_token_that_was_revoked_is_renewed_once(clock: Clock) -> None:
    client, requests = asking(clock, problem(401, "not_authenticated"), httpx.Response(200, json=BATCH))
    client.send(ROWS)
    first, second = of_batches(requests)
    assert first.headers["Authorization"] != second.headers["Authorization"]
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    client, _ = asking(clock, *[problem(401, "not_authenticated") for _ in range(2)])
    with pytest.raises(CredentialProblem) as caught:
        client.send(ROWS)
    assert not caught.value.is_final


@pytest.mark.parametrize(
    "address",
    [
        "http://henvis.example",
        "ftp://henvis.example",
        "henvis.example",
        "https://",
        "http://127.0.0.1.example",
        "https://user:secret@henvis.example",
        "http://10.0.0.1",
    ],
)
def test_secrets_go_nowhere_without_tls(address: str) -> None:
    with pytest.raises(UsageError, match="https") as caught:
        Client(address, "id", SECRET)
    assert "https://" in caught.value.sentence("da")


@pytest.mark.parametrize(
    "address", ["https://henvis.example/", "http://localhost:8000", "http://127.0.0.1", "http://[::1]:8"]
)
def test_this_machine_needs_none(address: str) -> None:
    assert origin_of(address) == address.rstrip("/")


def test_it_trusts_whom_the_system_trusts() -> None:
    with Client("https://henvis.example", "id", SECRET) as client:
        assert repr(client) == "<Client of https://henvis.example>"


def test_a_page_elsewhere_gets_no_token(clock: Clock) -> None:
    page = {"items": [{"index": 0, "outcome": "created"}], "next": "https://thief.example/api/v1/x?cursor=1"}
    last: dict[str, Any] = {"items": [], "next": None}
    client, requests = asking(clock, httpx.Response(200, json=page), httpx.Response(200, json=last))
    assert len(list(client.results("b"))) == 1
    assert {each.url.host for each in requests} == {"localhost"}
    assert of_batches(requests)[1].url.query == b"cursor=1"


def test_nothing_that_was_sent_is_logged_or_told(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    failures = [problem(400, "validation_failed"), httpx.Response(500, html="x"), *[httpx.ReadTimeout("x")] * 6]
    client, requests = asking(clock, *failures)
    texts = [repr(client), repr(vars(client))]
    for _ in range(3):
        with pytest.raises(HenvisError) as caught:
            client.send(ROWS)
        texts += [repr(caught.value), str(caught.value), repr(vars(caught.value)), caught.value.sentence("da")]
    token = requests[1].headers["Authorization"].partition(" ")[2]
    for word in (SECRET, token, "payload-in-the-file"):
        assert word not in caplog.text
        assert not any(word in text for text in texts)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("3", 3.0),
        ("Fri, 02 Jan 2026 03:04:15 GMT", 10.0),
        ("Thu, 01 Jan 2026 00:00:00 GMT", 0.0),
        ("soon", None),
    ],
)
def test_when_to_come_again(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, START) == seconds
