"""Deliveries whose job will not be done, and what may not be committed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.intake.batches import committing, jobs, storing
from cases.intake.batches.arrival import receive
from cases.intake.batches.committing import NothingWaits, commit
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, BatchState, Handling
from cases.intake.understanding import mappings
from cases.intake.understanding.mapping import MappingContent
from cases.models import Referral
from partners.jobs import INTAKE, worker
from partners.jobs.models import Job
from partners.jobs.registry import let_go
from tests.callers import Caller
from tests.cases.intake.batches.sending import delivery, ndjson, row, send
from tests.jobs.test_screen import act
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db


def queue(caller: Caller, rows: int = 2) -> Batch:
    """A delivery that waits for its job."""
    content = ndjson(row() for _ in range(rows))
    wish = delivery(content, respond_async=True)
    return receive(by=caller.principal, key=str(uuid4()), delivery=wish).batch


def test_a_delivery_whose_job_is_cancelled_says_so_and_is_done_once_staff_ask_again(ngo: Caller) -> None:
    batch = queue(ngo)
    let_go(jobs.WORK_BATCH, {"batch_id": str(batch.pk)})
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (BatchState.FAILED, jobs.GAVE_UP)
    jobs.work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.problem, batch.created) == (BatchState.DONE, "", 2)


@pytest.mark.django_db(transaction=True)
def test_staff_cancel_a_delivery_s_job_and_have_it_done_again_on_the_page_of_jobs(ngo: Caller) -> None:
    batch = queue(ngo)
    manager = signed_in(staff("manager", "partner_manager"))
    number = Job.objects.get().pk
    assert "Read and store a delivery" in act(manager, "cancel", number)
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (BatchState.FAILED, jobs.GAVE_UP)
    act(manager, "retry", number)
    assert asyncio.run(worker.work([INTAKE], once=True))
    batch.refresh_from_db()
    assert (batch.state, batch.created, Job.objects.get().status) == (BatchState.DONE, 2, "succeeded")


def test_a_worker_at_a_delivery_that_is_given_up_stops(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = queue(ngo)

    def mark_then_give_up(each: Batch) -> None:
        jobs.give_up(str(each.pk))

    monkeypatch.setattr(storing, "mark_repeats", mark_then_give_up)
    jobs.work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.waits) == (BatchState.FAILED, False)
    assert not Referral.objects.exists()


def test_what_is_too_large_for_all_or_none_is_not_committed_so(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = send(ngo, [row(), row()], dry_run=True, handling=Handling.LENIENT)
    monkeypatch.setattr(committing, "MOST_STRICT", 1)
    with pytest.raises(FileRefused) as refusal:
        commit(by=ngo.principal, batch_id=batch.pk, handling=Handling.STRICT)
    assert refusal.value.code == "payload_too_large"
    assert commit(by=ngo.principal, batch_id=batch.pk).created == 2


def test_after_a_day_nothing_waits_whenever_it_is_tidied(ngo: Caller) -> None:
    batch = send(ngo, [row()], dry_run=True)
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    with pytest.raises(NothingWaits):
        commit(by=ngo.principal, batch_id=batch.pk)


def test_what_is_told_of_columns_later_does_not_change_a_delivery_that_was_taken(ngo: Caller) -> None:
    batch = queue(ngo)
    mappings.write(ngo.partner.pk, MappingContent(columns={"Landsdel": "region"}), 0)
    batch.refresh_from_db()
    assert batch.mapping == MappingContent().as_json()
    jobs.work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.mapping) == (BatchState.DONE, {})


def test_all_or_none_after_a_part_was_stored_leaves_that_part_stored(ngo: Caller) -> None:
    batch = send(
        ngo, [row(), row(age_band="Y0T11", minor_when_exploited="YES"), row(gender="Q")], handling=Handling.LENIENT
    )
    if batch.waits:
        batch = commit(by=ngo.principal, batch_id=batch.pk, handling=Handling.STRICT)
    assert batch.stored
