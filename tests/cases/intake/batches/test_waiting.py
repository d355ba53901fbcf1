"""How much may wait: so many deliveries of a partner and so many bytes. And what waits for what: nothing that is
delivered for what is tried out, and nothing small for what is large.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.intake.batches import arrival, committing, jobs
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, BatchState
from cases.intake.readers import spool
from partners.jobs import INTAKE, LARGE, REHEARSAL
from partners.jobs.models import Job
from partners.kinds import Mode
from tests.callers import Caller, make_caller
from tests.cases.intake.batches.sending import row, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def refused(caller: Caller, rows: list[dict[str, Any]], key: str) -> bool:
    """Whether a delivery that would have to wait is refused since too much does."""
    try:
        send(caller, rows, key=key, respond_async=True)
    except FileRefused as refusal:
        assert (refusal.code, refusal.findings) == ("deliveries_waiting", ())
        return True
    return False


def test_so_many_deliveries_of_a_partner_wait_and_others_are_not_kept_out(
    ngo: Caller, other_ngo: Caller, settings: Any
) -> None:
    settings.HENVIS_WAITING = 2
    rows = [row()]
    first = send(ngo, rows, key="first", respond_async=True)
    assert not refused(ngo, [row()], "second")
    third = [row()]
    assert refused(ngo, third, "third")
    assert not refused(ngo, rows, "first")  # it waits already
    assert not refused(other_ngo, [row()], "theirs")
    assert send(ngo, [row()]).state == BatchState.DONE  # a small one does not wait
    jobs.work_batch(str(first.pk))
    assert not refused(ngo, third, "third")
    assert len([*spool.directory().iterdir()]) == 3
    assert Batch.objects.filter(problem="deliveries_waiting").count() == 1


@pytest.mark.parametrize("limit", ["HENVIS_WAITING_BYTES", "HENVIS_SPOOL_BYTES"])
def test_so_many_bytes_wait(ngo: Caller, settings: Any, limit: str) -> None:
    send(ngo, [row()], respond_async=True)
    setattr(settings, limit, int(spool.size() * 1.5))
    assert refused(ngo, [row()], "second")
    assert len([*spool.directory().iterdir()]) == 1
    setattr(settings, limit, int(spool.size() * 2.5))
    assert not refused(ngo, [row()], "second")


@pytest.mark.parametrize(
    ("mode", "most", "queue"),
    [
        (Mode.LIVE, 5_000, INTAKE),
        (Mode.LIVE, -arrival.MARGIN, LARGE),
        (Mode.TEST, 5_000, REHEARSAL),
        (Mode.TEST, -arrival.MARGIN, REHEARSAL),
    ],
)
def test_each_delivery_waits_among_its_like_and_of_a_partner_one_is_worked_on_at_a_time(
    mode: Mode, most: int, queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "MOST_AT_ONCE", most)
    caller = make_caller("NGO", mode=mode)
    batches = [send(caller, [row()], respond_async=True) for _ in range(2)]
    waiting = list(Job.objects.order_by("id").values_list("queue_name", "lock", "args__batch_id"))
    assert waiting == [(queue, f"{jobs.WORK_BATCH}:{caller.partner.pk}", str(each.pk)) for each in batches]


def test_what_is_large_is_committed_among_what_is_large(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = send(ngo, [row()], dry_run=True)
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 0)
    committing.commit(by=ngo.principal, batch_id=batch.pk)
    assert Job.objects.get().queue_name == LARGE
