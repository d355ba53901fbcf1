"""Commands when the network goes, a batch fails, or another process is at work: nothing lost, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from henvis_client.outbox import Entry, Outbox
from tests.clients.python.files import identifying, rows
from tests.clients.python.machine import Machine, away
from tests.clients.python.register import Register
from tests.clients.python.transports import Changing


def test_another_process_may_send_it(tester: Machine, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between putting a file into the outbox and the lock, somebody else's `outbox send` has come."""
    put = Outbox.put

    def put_and_lose(self: Outbox, *arguments: Any, **options: Any) -> Entry:
        entry = put(self, *arguments, **options)
        assert tester.henvis("outbox", "send").code == 0
        return entry

    monkeypatch.setattr(Outbox, "put", put_and_lose)
    body = tester.henvis("send", good, "--json").json
    assert body["batch"]["counts"]["created"] == 3


def test_a_network_that_goes_while_henvis_works_loses_nothing(
    tester: Machine, good: Path, service: Register, tmp_path: Path
) -> None:
    service.is_busy = True

    def handle(request: httpx.Request) -> httpx.Response:
        return away(request) if request.method == "GET" else service.handle_request(request)

    network = tester.around.transport
    tester.change(transport=httpx.MockTransport(handle))
    ending = tester.henvis("send", good)
    assert ending.code == 4
    assert "Taken as" in ending.err
    assert tester.henvis("outbox", "list", "--json").json["waiting"] == []
    tester.change(transport=network)
    assert tester.henvis("jobs", "watch").code == 0


def test_an_old_receipt_of_the_same_file_is_no_receipt_of_this_one(tester: Machine, good: Path) -> None:
    assert tester.henvis("send", good).code == 0
    tester.lose_network()
    assert tester.henvis("send", good).code == 4
    assert len(tester.henvis("outbox", "list", "--json").json["waiting"]) == 1


def failed_for(problem: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A file that was refused when a job worked on it."""
    return lambda body: {**body, "state": "failed", "stored": False, "problem": problem}


def test_a_batch_that_failed_says_why(tester: Machine, good: Path, service: Register) -> None:
    tester.change(transport=Changing(service, failed_for("columns_wrong")))
    ending = tester.henvis("send", good)
    assert ending.code == 3
    assert "could not be handled" in ending.err
    assert "Use the template (`henvis template`)" in ending.err
    tester.change(transport=Changing(service, failed_for("another")))
    assert "http://localhost/problems/another" in tester.henvis("send", good).err


def test_a_refused_file_of_earlier_is_told_of(tester: Machine, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([identifying(rows(1)[0])]))
    network = tester.around.transport
    tester.lose_network()
    tester.henvis("send", path)
    tester.change(transport=network)
    ending = tester.henvis("send", good)
    assert ending.code == 0
    assert "From the outbox: rows.json was refused. The file may identify a person" in ending.err


def test_a_refusal_is_what_sending_the_outbox_ends_with(tester: Machine, tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([identifying(rows(1)[0])]))
    network = tester.around.transport
    tester.lose_network()
    tester.henvis("send", path)
    tester.change(transport=network)
    assert tester.henvis("outbox", "send", "--json").json["sent"][0]["error"]["code"] == "identifier_in_file"
    assert tester.henvis("outbox", "send").code == 0


def test_a_network_that_is_away_keeps_the_file(tester: Machine, good: Path, service: Register) -> None:
    network = tester.around.transport
    tester.lose_network()
    ending = tester.henvis("send", good)
    assert ending.code == 4
    assert "Kept encrypted in the outbox (1)" in ending.err
    assert "in the outbox already" in tester.henvis("send", good).err
    body = tester.henvis("outbox", "list", "--json").json
    assert [each["name"] for each in body["waiting"]] == ["good.ndjson"]
    assert "good.ndjson" in tester.henvis("outbox", "list").out
    assert tester.henvis("outbox", "send", "--json").json["waiting"] == 1
    assert tester.henvis("check", good).code == 4
    tester.change(transport=network)
    done = tester.henvis("outbox", "send", "--json").json
    assert (done["waiting"], done["sent"][0]["kept"], done["sent"][0]["batch"]["stored"]) == (0, False, True)
    assert set(service.writes.values()) == {1}
    assert "empty" in tester.henvis("outbox", "send").err
    assert tester.henvis("jobs", "watch", "--json").json["batch"]["id"] == done["sent"][0]["batch"]["id"]


def test_what_waits_goes_first(tester: Machine, good: Path, bad: Path, service: Register) -> None:
    network = tester.around.transport
    tester.lose_network()
    tester.henvis("send", good)
    tester.change(transport=network)
    ending = tester.henvis("send", bad)
    assert ending.code == 1
    assert "From the outbox: good.ndjson was sent" in ending.err
    assert len(service.stored) == 3


def test_what_waits_can_be_deleted(tester: Machine, good: Path) -> None:
    tester.lose_network()
    tester.henvis("send", good)
    assert tester.henvis("outbox", "clear", typed="n\n").code == 2
    assert tester.henvis("outbox", "clear", "--json").json["error"]["code"] == "confirmation_needed"
    assert tester.henvis("outbox", "clear", typed="y\n").code == 0
    assert tester.henvis("outbox", "list", "--json").json["waiting"] == []
