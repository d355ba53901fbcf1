"""How much may wait: so many deliveries of a partner and so many bytes. Live partners go before those that try things out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.intake import spool
from cases.intake.batches import jobs
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, BatchState
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


def test_a_live_partner_goes_before_one_in_test_mode() -> None:
    for mode in (Mode.TEST, Mode.LIVE, Mode.TEST):
        send(make_caller("NGO", mode=mode), [row()], respond_async=True)
    in_turn = Job.objects.filter(task_name=jobs.WORK_BATCH).order_by("-priority", "id")
    batches = [Batch.objects.select_related("partner").get(pk=each.args["batch_id"]) for each in in_turn]
    assert [batch.partner.mode for batch in batches] == [Mode.LIVE, Mode.TEST, Mode.TEST]
