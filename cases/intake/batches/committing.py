"""Storing what waits, once its sender has seen it: confirming what checks ask about, or leaving out what is wrong. Or letting it go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.errors import DomainError
from cases.intake import spool
from cases.intake.batches import softly
from cases.intake.batches.jobs import WORK_BATCH
from cases.intake.batches.receive import ENDS, MOST_AT_ONCE, get
from cases.intake.batches.work import BatchBusy, clear, hold, work
from cases.intake.checks.confirming import Pair, confirm
from cases.intake.models import Batch, BatchStage, BatchState, Handling
from partners import jobs
from partners.credentials import Principal


class NothingWaits(DomainError):
    """The batch has no rows that wait: they are stored, or were forgotten after a day, or it was cancelled."""


@dataclass(frozen=True, slots=True)
class ConfirmationRequest:
    """What a sender confirms: a rule, of these rows by their index or of all that it is about, with a reason."""

    rule: str
    reason_code: str
    indexes: tuple[int, ...] | None = None


def commit(
    *,
    by: Principal,
    batch_id: UUID,
    handling: Handling | None = None,
    confirmations: Sequence[ConfirmationRequest] = (),
) -> Batch:
    """Store what waits of a batch. Raises `NotFound`, `NothingWaits`, `BatchBusy`, and `RulesBroken` for a wrong confirmation."""
    batch = get(by=by, batch_id=batch_id)
    with hold(batch.pk):
        batch.refresh_from_db()
        if not batch.waits or batch.state not in ENDS:
            raise NothingWaits
        with transaction.atomic():
            keep_confirmations(by, batch, confirmations)
            softly.release_confirmed(batch)
            begin_again(batch, handling)
            if is_large := (batch.total or 0) > MOST_AT_ONCE:
                jobs.defer(WORK_BATCH, lock=str(batch.pk), queueing_lock=str(batch.pk), batch_id=str(batch.pk))
        if not is_large:
            work(batch, spool.place_of(batch.pk))
    return batch


def begin_again(batch: Batch, handling: Handling | None) -> None:
    """Bring a batch that waits back to where its rows are compared; this time they are to be stored."""
    changes = {
        "state": str(BatchState.QUEUED),
        "stage": str(BatchStage.COMPARING),
        "handling": str(handling or batch.handling),
        "dry_run": False,
        "waits": False,
        "applied": 0,
        "finished_at": None,
    }
    Batch.objects.filter(pk=batch.pk).update(**changes)
    for name, value in changes.items():
        setattr(batch, name, value)


def keep_confirmations(by: Principal, batch: Batch, confirmations: Sequence[ConfirmationRequest]) -> None:
    """Keep what is confirmed. Raises `RulesBroken`."""
    by_reason: dict[str, set[Pair]] = defaultdict(set)
    asked = [(None, (each["rule"], each["digest"])) for each in softly.open_findings(batch)]
    waiting = [*asked, *softly.held_pairs(batch)] if confirmations else []
    for each in confirmations:
        pairs = {pair for index, pair in waiting if pair[0] == each.rule and names(each, index)}
        by_reason[each.reason_code] |= pairs or {(each.rule, "")}
    for reason, pairs in by_reason.items():
        confirm(by, pairs, reason)


def names(confirmation: ConfirmationRequest, index: int | None) -> bool:
    """Whether a confirmation is about this row; None stands for the whole delivery."""
    return confirmation.indexes is None or index in confirmation.indexes


def cancel(*, by: Principal, batch_id: UUID) -> Batch:
    """Cancel a batch and forget what waits of it. One that is being worked on stops at its next step.

    Raises `NotFound`, and `NothingWaits` where it has ended and nothing waits.
    """
    batch = get(by=by, batch_id=batch_id)
    running = Batch.objects.filter(pk=batch.pk, state__in=[BatchState.QUEUED, BatchState.RUNNING])
    waiting = Batch.objects.filter(pk=batch.pk, waits=True)
    if not (running.update(state=BatchState.CANCELLED) or waiting.update(state=BatchState.CANCELLED)):
        raise NothingWaits
    try:
        with hold(batch.pk):
            clear(batch)
            spool.forget(spool.place_of(batch.pk))
    except BatchBusy:
        pass  # whoever works on it clears up
    batch.refresh_from_db()
    return batch
