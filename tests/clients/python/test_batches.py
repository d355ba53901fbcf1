"""Deliveries by the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import dictionary as d
from cases.codelists import CONFIRMATION_REASON
from henvis_client import Client, Document, Problem, UsageError
from henvis_client.calls import Confirmation
from tests.clients.python.files import csv_text, held, ndjson, rows, wrong
from tests.clients.python.register import Register
from tests.clients.python.transports import ADDRESS, Clock


def test_a_check_stores_nothing_and_says_everything(client: Client, service: Register, tmp_path: Path) -> None:
    content = rows(3)
    path = tmp_path / "rows.csv"
    path.write_text(csv_text([content[0], wrong(content[1]), content[2]]))
    batch = client.check(path)
    assert (batch.dry_run, batch.is_stored, batch.is_clean, batch.state) == (True, False, False, "needs_review")
    assert (batch.counts.created, batch.counts.rejected) == (2, 1)
    assert batch.results is not None
    (finding,) = batch.results[1].findings
    cell = f"{chr(ord('A') + list(content[0]).index(d.REGION.name))}3"
    assert (finding.kind, finding.cell, finding.column, batch.results[1].line) == ("error", cell, "Region", 3)
    assert "DK01" in finding.allowed
    assert not service.stored


def test_a_file_is_stored_and_sent_again_unchanged(client: Client, service: Register, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv_text(rows(4)))
    sizes: list[tuple[int, int]] = []
    batch = client.send(path, progress=lambda done, total: sizes.append((done, total)))
    assert batch.is_clean
    assert (batch.mode or "").lower() == "test"
    assert sizes[-1] == (path.stat().st_size, path.stat().st_size)
    assert client.send(path).counts.unchanged == 4
    assert set(service.writes.values()) == {1}


def test_strict_stores_nothing_and_lenient_what_is_right(client: Client, service: Register, tmp_path: Path) -> None:
    content = rows(3)
    path = ndjson(tmp_path / "rows.ndjson", [*content[:2], wrong(content[2])])
    assert not client.send(path).is_stored
    assert not service.stored
    batch = client.send(path, lenient=True)
    assert (batch.is_stored, batch.is_clean, len(service.stored)) == (True, False, 2)


def test_a_large_file_is_waited_for(client: Client, service: Register, clock: Clock, tmp_path: Path) -> None:
    service.is_busy = True
    content = rows(6)
    batch = client.send(ndjson(tmp_path / "rows.ndjson", [*map(wrong, content[:5]), content[5]]))
    assert (batch.state, batch.results) == ("queued", None)
    assert batch.retry_after is not None
    stages: list[str] = []
    done = client.wait(batch, on_progress=lambda each: stages.append(each.state))
    assert stages == ["queued", "needs_review"]
    assert clock.naps == [batch.retry_after]
    assert [row.index for row in client.results(done, outcome="rejected", limit=2)] == [0, 1, 2, 3, 4]
    assert len(list(client.results(done.id))) == 6
    assert client.wait(done.id).state == "needs_review"
    assert [each.id for each in client.batches()] == [done.id]


def test_what_is_held_is_confirmed_and_stored(client: Client, service: Register, tmp_path: Path) -> None:
    content = rows(2)
    batch = client.send(ndjson(tmp_path / "rows.ndjson", [content[0], held(content[1])]))
    assert (batch.counts.held, batch.is_stored) == (1, False)
    assert batch.results is not None
    rules = {each.rule for each in batch.results[1].findings}
    done = client.commit(batch, confirmations=[Confirmation(rule, CONFIRMATION_REASON.names[0]) for rule in rules])
    assert done.is_clean
    assert len(service.stored) == 2


def test_a_batch_is_cancelled(client: Client, tmp_path: Path) -> None:
    batch = client.check(ndjson(tmp_path / "rows.ndjson", rows(1)))
    assert client.cancel(batch).state == "cancelled"
    with pytest.raises(Problem):
        client.batch("0b9f4c52-6d1e-4a7b-9c3f-52e8d7a1b604")


def test_files_come_as_they_are(client: Client, tmp_path: Path) -> None:
    batch = client.check(ndjson(tmp_path / "rows.ndjson", [wrong(rows(1)[0])]))
    assert b"Reference" in client.errors_file(batch, form="csv")
    assert client.errors_file(batch.id).startswith(b"PK")
    assert "Region" in client.template(form="csv", language="da").decode("utf-8-sig")
    assert client.template().startswith(b"PK")
    assert client.rehearsal(form="csv")


def test_without_an_account(clock: Clock, service: Register, tmp_path: Path) -> None:
    client = Client(ADDRESS, "", "", timing=clock.timing, transport=service)
    batch = client.check_openly(ndjson(tmp_path / "rows.ndjson", [wrong(rows(1)[0])]))
    assert (batch.id, batch.counts.rejected, batch.is_clean) == ("", 1, False)


def test_a_key_is_of_one_content(client: Client) -> None:
    key = "0f8c2b1e-7d54-4a39-9c61-5be0d7f3a284"
    content = csv_text(rows(1)).encode()
    first = client.send(Document.of_bytes(content, "text/csv"), key=key)
    assert client.send(Document.of_bytes(content, "text/csv"), key=key).id == first.id
    with pytest.raises(Problem) as caught:
        client.send(Document.of_bytes(content + b"\n", "text/csv"), key=key)
    assert caught.value.code == "idempotency_key_reused"


def test_a_file_of_another_kind_or_of_none(client: Client, tmp_path: Path) -> None:
    (tmp_path / "rows.docx").write_bytes(b"x")
    for name, code in (("rows.docx", "file_kind"), ("missing.csv", "file_missing")):
        with pytest.raises(UsageError) as caught:
            client.send(tmp_path / name)
        assert caught.value.code == code
