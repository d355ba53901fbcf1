"""How deliveries end: what is kept, what is forgotten, and what nobody may take for lost or for stored."""

from __future__ import annotations

import os
import stat
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import committing, holding, reports, results, retention, staging, storing, work
from cases.intake.batches.committing import ConfirmationRequest, NothingWaits
from cases.intake.batches.jobs import GAVE_UP, work_batch
from cases.intake.models import Batch, BatchState, ErrorFile, Handling, RowResult, StagedRow
from cases.intake.readers import spool
from cases.models import Referral
from partners.jobs.registry import TASKS
from tests.callers import Caller, as_web_server
from tests.cases.intake.batches.sending import outcomes, row, send, told

pytestmark = pytest.mark.django_db
REASON = CONFIRMATION_REASON.names[0]
HELD = {"age_band": "Y0T11", "minor_when_exploited": "YES", "recruiter": "PARTNER"}
DAY = timedelta(days=1, minutes=1)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def later(batch: Batch, by: timedelta, *moments: str) -> None:
    """Let time go by since moments of a batch."""
    batch.refresh_from_db()
    Batch.objects.filter(pk=batch.pk).update(**{name: getattr(batch, name) - by for name in moments})


def confirm(caller: Caller, batch: Batch, *indexes: int) -> Batch:
    """Commit, and confirm what is asked about rows."""
    rules = {rule for each in results.page(batch, outcomes=["held"]) for rule in told(each)}
    asked = [ConfirmationRequest(rule, REASON, indexes or None) for rule in sorted(rules)]
    return committing.commit(by=caller.principal, batch_id=batch.pk, confirmations=asked)


def test_after_a_day_nothing_waits_any_more(ngo: Caller) -> None:
    batch = send(ngo, [row()], dry_run=True)
    later(batch, DAY, "created_at", "began_at", "finished_at")
    assert retention.forget()["staged rows"] == 1
    with pytest.raises(NothingWaits):
        committing.commit(by=ngo.principal, batch_id=batch.pk)


def test_a_delivery_that_was_committed_in_time_is_stored_after_its_day(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 0)
    batch = send(ngo, [row()], dry_run=True)
    committing.commit(by=ngo.principal, batch_id=batch.pk)
    later(batch, DAY, "created_at")
    retention.forget()
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.stored, Referral.objects.count()) == (BatchState.DONE, True, 1)


def test_what_is_given_up_while_a_job_works_on_it_is_not_taken_for_stored(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = send(ngo, [row()], respond_async=True)
    mark = storing.mark_repeats

    def give_up(working: Batch) -> None:
        mark(working)
        later(batch, DAY, "created_at", "began_at")
        retention.forget()

    monkeypatch.setattr(storing, "mark_repeats", give_up)
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.stored, batch.problem) == (BatchState.FAILED, False, GAVE_UP)
    assert not Referral.objects.exists() and not StagedRow.objects.exists()


def test_after_thirty_days_results_are_gone_also_of_what_was_cancelled(ngo: Caller) -> None:
    lenient = send(ngo, [row(), row(**HELD)], handling=Handling.LENIENT)
    committing.cancel(by=ngo.principal, batch_id=lenient.pk)
    assert outcomes(lenient) == ["created", "held"] and not StagedRow.objects.exists()
    later(lenient, timedelta(days=30, minutes=1), "finished_at")
    retention.forget()
    assert not RowResult.objects.exists() and not ErrorFile.objects.exists()
    assert Batch.objects.get().state == BatchState.CANCELLED


def test_a_job_of_what_was_cancelled_leaves_no_file(ngo: Caller) -> None:
    batch = send(ngo, [row()], respond_async=True)
    with holding.hold(batch.pk):
        committing.cancel(by=ngo.principal, batch_id=batch.pk)
    spool.place_of(batch.pk).touch()
    work_batch(str(batch.pk))
    assert [*spool.directory().iterdir()] == []


def test_what_is_stored_to_the_end_cannot_be_cancelled(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its files are made yet: who would be told that it is cancelled would send it again."""
    refused: list[bool] = []
    make = reports.make

    def ask(batch: Batch, *rest: Any) -> None:
        with pytest.raises(NothingWaits):
            committing.cancel(by=ngo.principal, batch_id=batch.pk)
        refused.append(True)
        make(batch, *rest)

    monkeypatch.setattr(reports, "make", ask)
    batch = send(ngo, [row()])
    assert (refused, batch.state, outcomes(batch)) == ([True], BatchState.DONE, ["created"])


def test_rows_that_are_confirmed_one_by_one_are_stored_one_by_one(ngo: Caller) -> None:
    rows = [row(**HELD), row(), row(**HELD)]
    batch = send(ngo, rows, handling=Handling.LENIENT)
    assert outcomes(batch) == ["held", "created", "held"]
    assert outcomes(confirm(ngo, batch, 0)) == ["created", "created", "held"]
    assert confirm(ngo, batch).state == BatchState.DONE
    assert outcomes(batch) == ["created"] * 3
    assert not ErrorFile.objects.exists() and not StagedRow.objects.exists()
    with pytest.raises(NothingWaits):
        confirm(ngo, batch)


def test_a_confirmation_is_of_this_content_and_no_other(ngo: Caller) -> None:
    asked = row(**HELD)
    batch = send(ngo, [asked, row(gender="Q")])
    confirm(ngo, batch)
    again = send(ngo, [asked])
    assert (again.stored, outcomes(again)) == (True, ["created"])
    changed = send(ngo, [{**asked, "version": 1, "region": "DK02" if asked["region"] != "DK02" else "DK01"}])
    assert outcomes(changed) == ["held"]


def test_a_row_never_repeats_one_that_is_not_stored(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of two alike is held, and what it is asked is confirmed by another delivery before the second one is looked at."""
    monkeypatch.setattr(staging, "CHUNK", 1)
    asked = row(**HELD)
    stage, calls = staging.stage, []

    def confirm_between(batch: Batch, chunk: staging.Chunk) -> None:
        stage(batch, chunk)
        calls.append(batch)
        if len(calls) == 1:
            monkeypatch.setattr(staging, "stage", stage)
            confirm(ngo, send(ngo, [asked, row(gender="Q")]))
            monkeypatch.setattr(staging, "stage", confirm_between)

    monkeypatch.setattr(staging, "stage", confirm_between)
    batch = send(ngo, [asked, asked], handling=Handling.LENIENT)
    assert outcomes(batch) == ["held", "held"]
    monkeypatch.setattr(staging, "stage", stage)
    assert outcomes(committing.commit(by=ngo.principal, batch_id=batch.pk)) == ["created", "unchanged"]
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("chunk", [1, 10])
def test_rows_with_one_reference(ngo: Caller, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """Alike they are one; otherwise all are rejected, also the one that says what is stored already."""
    monkeypatch.setattr(staging, "CHUNK", chunk)
    monkeypatch.setattr(work, "RANGE", chunk)
    stored, new, other = row(gender="F"), row(), row(gender="F")
    send(ngo, [stored])
    rows = [stored, new, other, {**stored, "gender": "M", "version": 1}, new, {**other, "gender": "M"}]
    batch = send(ngo, rows, handling=Handling.LENIENT)
    assert outcomes(batch) == ["rejected", "created", "rejected", "rejected", "unchanged", "rejected"]
    assert Referral.objects.count() == 2


def test_the_spool_is_private_whatever_the_mask(settings: Any, tmp_path: Path) -> None:
    settings.HENVIS_SPOOL = tmp_path / "another"
    before = os.umask(0)
    try:
        path = spool.spool([b"x"], 10)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_sweeping_leaves_what_is_new_and_is_not_stopped_by_what_goes_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    new, old, gone = (spool.spool([b"x"], 10) for _ in range(3))
    long_ago = spool.written_at(new) - DAY.total_seconds()
    os.utime(old, (long_ago, long_ago))
    listed = [*spool.directory().iterdir()]
    gone.unlink()
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    assert spool.sweep(spool.written_at(new)) == 1
    assert (new.exists(), old.exists()) == (True, False)


def test_what_a_killed_process_left_behind_is_removed_at_the_next_upload() -> None:
    old = spool.spool([b"x"], 10)
    long_ago = spool.written_at(old) - DAY.total_seconds()
    os.utime(old, (long_ago, long_ago))
    new = spool.spool([b"x"], 10)
    assert (new.exists(), old.exists()) == (True, False)


def test_files_are_dated_by_the_clock_of_whoever_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program whose clock is a month ahead takes no file of this minute for an old one."""
    other, month_ahead = spool.spool([b"x"], 10), time.time() + 30 * DAY.total_seconds()
    monkeypatch.setattr(time, "time", lambda: month_ahead)
    new = spool.spool([b"x"], 10)
    assert new.exists() and other.exists()


def test_what_waits_is_forgotten_several_times_an_hour() -> None:
    """Once a night it would wait for nearly two days."""
    task = TASKS["deliveries.forget"]
    assert (task.queue, task.every, task.function()) == ("upkeep", "*/15 * * * *", retention.forget)


def test_nothing_that_is_sent_stands_in_what_stays_of_an_attempt(ngo: Caller) -> None:
    """Nor in the arguments of a job."""
    sent = row(case_token="7KQ2M8XW4A4", gender="MARKER")
    send(ngo, [sent], respond_async=True)
    with as_web_server():
        work_batch(str(Batch.objects.get().pk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT b::text FROM intake_batch b UNION ALL SELECT j::text FROM procrastinate_jobs j")
        text = str(cursor.fetchall())
    assert not any(each in text for each in (sent["reference"], "7KQ2M8XW4A4", "MARKER"))
