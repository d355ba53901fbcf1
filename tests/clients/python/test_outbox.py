"""The outbox: nothing lost, nothing twice, whatever the network and the process do."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from henvis_client import Client, NetworkError, Patience, UsageError
from henvis_client.documents import Document
from henvis_client.outbox import Outbox
from henvis_client.vault import Vault
from tests.clients.python.files import identifying, rows, wrong
from tests.clients.python.register import Register
from tests.clients.python.transports import ADDRESS, Away, Clock, Losing, problem, scripted

KEY = bytes(range(32))


def box_of(folder: Path, clock: Clock) -> Outbox:
    return Outbox(folder, Vault(KEY), wall=clock.timing.wall)


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Outbox:
    """An outbox."""
    return box_of(tmp_path / "outbox", clock)


def document(content: list[dict[str, object]]) -> Document:
    return Document.of_bytes(json.dumps(content).encode(), "application/json")


def test_a_network_that_loses_answers_delivers_each_row_once(
    outbox: Outbox, service: Register, clock: Clock, connect: Callable[[httpx.BaseTransport], Client]
) -> None:
    """A benchmark does it with ten thousand rows at the program as it is served."""
    network = Losing(service, share=40)
    client = Client(
        ADDRESS, service.id, service.secret, timing=clock.timing, transport=network, patience=Patience(attempts=2)
    )
    content = rows(60)
    for begin in range(0, 60, 3):
        outbox.put(document(content[begin : begin + 3]), name="rows.json")
    rounds = 0
    while outbox.paths():
        rounds += 1
        list(outbox.send(client))
    assert rounds > 3
    assert network.answers_lost >= 8
    assert network.requests_lost >= 3
    assert set(service.writes) == {row["reference"] for row in content}
    assert set(service.writes.values()) == {1}
    assert service.batch_count == 20
    assert len(service.bodies) > 22


def test_what_the_network_refuses_waits_in_its_order(
    outbox: Outbox, service: Register, clock: Clock, connect: Callable[[httpx.BaseTransport], Client]
) -> None:
    network = Away(service)
    client = connect(network)
    first = outbox.put(document(rows(2)), name="first.json")
    clock.seconds += 86_400
    second = outbox.put(document(rows(3)), name="second.json", lenient=True)
    (delivery,) = outbox.send(client)
    assert isinstance(delivery.error, NetworkError)
    assert delivery.is_kept
    assert [entry.id for entry in outbox.entries()] == [first.id, second.id]
    assert [entry.day for entry in outbox.entries()] == ["2026-01-02", "2026-01-03"]
    network.is_away = False
    deliveries = list(outbox.send(client))
    assert [each.entry.parcel.name for each in deliveries] == ["first.json", "second.json"]
    assert [each.batch.counts.created for each in deliveries if each.batch] == [2, 3]
    assert outbox.paths() == []
    assert [each.name for each in outbox.receipts()] == ["second.json", "first.json"]


def test_the_order_is_that_of_putting_also_where_a_clock_is_set_back(outbox: Outbox, clock: Clock) -> None:
    for n in range(12):
        outbox.put(document(rows(1)), name=str(n))
        clock.seconds -= 86_400
    assert [entry.parcel.name for entry in outbox.entries()] == [str(n) for n in range(12)]


def test_a_process_that_dies_after_the_answer_sends_again_and_stores_nothing_twice(
    outbox: Outbox, service: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put(document(rows(3)), name="rows.json")

    class Killed(BaseException):
        pass

    def die(*arguments: object, **options: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Outbox, "finish", die)
        list(outbox.send(client))
    assert len(outbox.paths()) == 1
    (delivery,) = outbox.send(client)
    assert delivery.batch is not None
    assert delivery.batch.counts.created == 3
    assert service.batch_count == 1
    assert set(service.writes.values()) == {1}


def test_a_refusal_is_an_answer_and_the_next_file_goes_on(outbox: Outbox, service: Register, client: Client) -> None:
    outbox.put(document([identifying(rows(1)[0])]), name="bad.json")
    outbox.put(document([wrong(rows(1)[0])]), name="wrong.json")
    outbox.put(document(rows(1)), name="good.json")
    refusal, review, good = outbox.send(client)
    assert refusal.error is not None
    assert (refusal.error.code, refusal.is_kept) == ("identifier_in_file", False)
    assert review.batch is not None
    assert (review.batch.state, review.batch.is_stored) == ("needs_review", False)
    assert good.batch is not None
    assert good.batch.is_clean
    assert outbox.paths() == []
    assert [each.problem for each in outbox.receipts()] == [None, None, "identifier_in_file"]


def test_an_error_of_the_service_holds_nothing_else_up(outbox: Outbox, clock: Clock) -> None:
    transport, requests = scripted(
        problem(500, "internal_error"), httpx.Response(200, json={"id": "b", "state": "done"})
    )
    client = Client(ADDRESS, "id", "secret", timing=clock.timing, transport=transport)
    for name in ("first", "second"):
        outbox.put(document(rows(1)), name=name)
    first, second = outbox.send(client)
    assert first.is_kept
    assert second.batch is not None
    assert [entry.parcel.name for entry in outbox.entries()] == ["first"]
    assert len({each.headers.get("Idempotency-Key") for each in requests}) == 3  # and one request for a token


def test_wrong_credentials_lose_nothing(outbox: Outbox, clock: Clock) -> None:
    transport, _ = scripted(*[problem(401, "not_authenticated") for _ in range(2)])
    client = Client(ADDRESS, "id", "secret", timing=clock.timing, transport=transport)
    for _ in range(2):
        outbox.put(document(rows(1)), name="rows.json")
    (delivery,) = outbox.send(client)
    assert delivery.is_kept
    assert len(outbox.paths()) == 2


def test_the_same_file_waits_once(outbox: Outbox, service: Register, client: Client) -> None:
    file = document(rows(2))
    first = outbox.put(file, name="rows.json")
    assert outbox.put(file, name="renamed.json").id == first.id
    assert outbox.put(file, name="rows.json", lenient=True).id != first.id
    list(outbox.send(client))
    assert outbox.put(file, name="rows.json").parcel.key != first.parcel.key


def test_nothing_of_a_file_can_be_read_on_the_disk(outbox: Outbox, client: Client) -> None:
    content = rows(1)
    outbox.put(document(content), name="Anna Andersen.json")
    list(outbox.send(client))
    outbox.put(document(content), name="Anna Andersen.json")
    for path in outbox.folder.rglob("*"):
        assert "Anna" not in path.name
        if path.is_file():
            text = path.read_bytes()
            assert content[0]["reference"].encode() not in text
            assert b"Anna" not in text


def test_another_key_opens_nothing_and_what_is_lost_can_be_cleared(outbox: Outbox, clock: Clock) -> None:
    outbox.put(document(rows(1)), name="rows.json")
    outbox.put(document(rows(1)), name="rows.json")
    other = Outbox(outbox.folder, Vault(bytes(32)), wall=clock.timing.wall)
    with pytest.raises(UsageError, match="cannot be opened"):
        other.entries()
    assert other.clear(outbox.entries()[0].id) == 1
    assert other.clear() == 1
    assert outbox.entries() == []


def test_what_a_dead_process_left_half_written_is_swept(outbox: Outbox, client: Client, clock: Clock) -> None:
    part = outbox.folder / ".left.part"
    part.write_bytes(b"half")
    clock.seconds = 10 * 365 * 86_400.0
    list(outbox.send(client))
    assert not part.exists()


def test_few_receipts_are_kept(outbox: Outbox, client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("henvis_client.outbox.RECEIPTS_KEPT", 2)
    for _ in range(3):
        clock.seconds += 1
        outbox.put(document(rows(1)), name="rows.json")
    list(outbox.send(client))
    assert len(outbox.receipts()) == 2


def answering(request: httpx.Request) -> httpx.Response:
    """A service that says yes to everything."""
    request.read()
    body = {"access_token": "t", "expires_in": 600, "id": "b", "state": "done"}
    return httpx.Response(200, json=body)


def test_several_at_once_send_each_file_once(outbox: Outbox) -> None:
    """The lock is of the open file, so that threads keep each other out as processes do."""
    ids = {outbox.put(document(rows(1)), name="rows.json").id for _ in range(6)}
    gate = threading.Barrier(3)

    def send_all() -> list[str]:
        clock = Clock()
        client = Client(ADDRESS, "id", "secret", timing=clock.timing, transport=httpx.MockTransport(answering))
        gate.wait()
        return [each.entry.id for each in box_of(outbox.folder, clock).send(client)]

    with ThreadPoolExecutor(3) as pool:
        lists = [each.result() for each in [pool.submit(send_all) for _ in range(3)]]
    assert sorted(each for one in lists for each in one) == sorted(ids)
    assert outbox.paths() == []


def test_a_file_is_on_the_disk_before_the_first_attempt(
    outbox: Outbox, service: Register, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    sync, move = os.fsync, Path.replace

    def note(name: str, work: Callable[..., object]) -> Callable[..., object]:
        def tell(*arguments: object) -> object:
            events.append(name)
            return work(*arguments)

        return tell

    monkeypatch.setattr(os, "fsync", note("sync", sync))
    monkeypatch.setattr(Path, "replace", note("move", move))

    def handle(request: httpx.Request) -> httpx.Response:
        events.append(request.url.path)
        return service.handle_request(request)

    client = Client(ADDRESS, service.id, service.secret, timing=clock.timing, transport=httpx.MockTransport(handle))
    outbox.put(document(rows(1)), name="rows.json")
    list(outbox.send(client))
    sent = events.index("/api/v1/batches")
    assert events[: sent - 1] == ["sync", "move", "sync"]  # the bytes, the name, the folder; then a token
    assert events[sent + 1 :] == ["sync", "move", "sync", "sync"]  # the receipt; then the entry is gone
