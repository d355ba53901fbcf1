"""What is answered at once is small: in bytes, and in what the guard looks at. Of a partner it is one delivery at a time."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cases.intake.batches import arrival, jobs, public_checks, work
from cases.intake.findings import FileRefused
from cases.intake.guard.check import HARMLESS_BEFORE
from cases.intake.models import Batch, BatchState
from cases.intake.readers import spool
from cases.intake.readers.files import open_file
from cases.intake.readers.refusals import MOST_BYTES_AT_ONCE
from cases.intake.readers.sheets import header_of
from partners.jobs import INTAKE, LARGE
from partners.jobs.models import Job
from tests.callers import Caller, as_web_server
from tests.cases.intake.batches.sending import delivery, ndjson, row, send
from tests.cases.intake.files import HEADER, ROW, refused_finding, write, xlsx
from tests.threads import at_once as in_threads

pytestmark = pytest.mark.django_db(transaction=True)
SMALL, XLSX = 50, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def queues() -> list[str]:
    """Where deliveries wait, in the order in which they came."""
    return list(Job.objects.order_by("id").values_list("queue_name", flat=True))


def test_few_rows_of_many_bytes_are_left_to_a_job(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    content = ndjson([row()])
    monkeypatch.setitem(MOST_BYTES_AT_ONCE, "ndjson", len(content) - 1)
    assert (send(ngo, [row()]).state, queues()) == (BatchState.QUEUED, [LARGE])
    monkeypatch.setitem(MOST_BYTES_AT_ONCE, "ndjson", len(content))
    assert send(ngo, [row()]).state == BatchState.DONE


def test_a_workbook_counts_as_it_is_unpacked(ngo: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = xlsx(tmp_path / "a.xlsx", [HEADER, *[ROW] * 200]).read_bytes()
    monkeypatch.setitem(MOST_BYTES_AT_ONCE, "xlsx", len(content))
    sent = delivery(content, media_type=XLSX)
    assert arrival.receive(by=ngo.principal, key=str(uuid4()), delivery=sent).batch.state == BatchState.QUEUED
    with pytest.raises(FileRefused) as refusal:
        public_checks.check(delivery(content, media_type=XLSX))
    assert [finding.rule for finding, _ in refusal.value.findings] == ["file_unpacks_too_large"]


def test_every_body_for_the_public_check_is_small_enough_for_it(settings: Any) -> None:
    assert min(MOST_BYTES_AT_ONCE.values()) / public_checks.SHARE >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_what_the_guard_looks_at_for_too_long_is_left_to_a_job(
    ngo: Caller, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST_TEXT_AT_ONCE", SMALL)
    rows = [row(region="wurst" + "o" * number) for number in range(9)]
    HARMLESS_BEFORE.clear()
    batch = send(ngo, rows)
    assert (batch.state, queues()) == (BatchState.QUEUED, [LARGE])
    jobs.work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.rejected) == (BatchState.NEEDS_REVIEW, 9)
    assert send(ngo, [row()]).state == BatchState.DONE
    HARMLESS_BEFORE.clear()
    settings.HENVIS_WAITING = 0
    with pytest.raises(FileRefused) as refusal:
        send(ngo, rows, key="full")
    assert refusal.value.code == "deliveries_waiting"
    assert [*spool.directory().iterdir()] == []
    settings.HENVIS_WAITING = 1
    assert send(ngo, rows, key="full").state == BatchState.QUEUED


def state_of(caller: Caller) -> str:
    """Send a row; how its delivery stands then."""
    with as_web_server():
        return send(caller, [row()]).state


@pytest.mark.parametrize(("tiny", "second"), [(0, BatchState.QUEUED), (arrival.TINY, BatchState.DONE)])
def test_of_a_partner_one_delivery_is_worked_on_at_once_and_what_is_tiny_beside_it(
    ngo: Caller, other_ngo: Caller, tiny: float, second: BatchState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "TINY", tiny)
    beside: list[str] = []

    def work_beside(batch: Batch, path: Path, *, at_once: bool) -> None:
        monkeypatch.setattr(arrival, "work", work.work)
        beside.extend(in_threads([partial(state_of, each) for each in (ngo, other_ngo)]))
        work.work(batch, path, at_once=at_once)

    monkeypatch.setattr(arrival, "work", work_beside)
    assert send(ngo, [row()]).state == BatchState.DONE
    assert beside == [second, BatchState.DONE]
    assert queues() == [INTAKE] * (second == BatchState.QUEUED)
    assert send(ngo, [row()]).state == BatchState.DONE


def test_the_public_check_looks_at_no_more_rows_than_it_answers() -> None:
    rows = [*[row()] * 3, row(region="010190-1234")]
    for most, rule in ((3, "identifier_cpr"), (2, "too_many_rows_public")):
        with pytest.raises(FileRefused) as refusal:
            public_checks.check(delivery(ndjson(rows)), most)
        assert [finding.rule for finding, _ in refusal.value.findings] == [rule]


def test_no_row_is_wider_than_a_table(tmp_path: Path) -> None:
    """Beyond the most columns there may be blank cells, as some programs write them."""
    head = ";".join(HEADER) + "\n"
    for wide in (";" * 200 + "1", '"' + ";" * 200 + "1", '"a"' + ";" * 200 + '"1"', ";" * 200 + "\0"):
        assert refused_finding(write(tmp_path / "a.csv", f"{head}1\n{wide}\n1\n")) == ("too_many_columns", 3, None)
    assert refused_finding(write(tmp_path / "a.csv", f"{';' * 200}1\n{head}1\n")) == ("too_many_columns", 1, None)
    blank = f"{head.strip()}{';' * 300}\n{';'.join(ROW)}{'; ' * 300}\n"
    [sent] = open_file(write(tmp_path / "a.csv", blank), media_type=None, name=None).table().rows
    assert (sent.cells, sent.findings, len(sent.unread)) == (ROW, (), 200 - len(ROW))
    assert header_of([(1, ["x"]), (2, ["x"] * 200 + list(HEADER))]) == (1, ["x"])


def test_no_object_has_more_members_than_a_table_has_columns(ngo: Caller) -> None:
    members = {f"a{number}": 1 for number in range(200 - len(row()))}
    assert send(ngo, [row(**members)]).rejected == 1
    with pytest.raises(FileRefused) as refusal:
        send(ngo, [row(), row(**members, one_more=1)])
    assert [(finding.rule, line) for finding, line in refusal.value.findings] == [("too_many_members", 2)]
