"""Storing what waits, once its sender has seen it and confirmed what checks ask about; or letting it go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.errors import DomainError, RulesBroken
from cases.intake.batches import jobs, retention, soft_checks, storing
from cases.intake.batches.arrival import ENDS, get
from cases.intake.batches.holding import AT_WORK, BatchBusy, BatchCancelled, hold
from cases.intake.batches.jobs import NEEDS_FILE
from cases.intake.batches.storing import MOST_AT_ONCE
from cases.intake.batches.work import MOST_STRICT, clear, work
from cases.intake.checks.confirmations import Pair, confirm, objections
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, BatchStage, BatchState, Handling
from cases.intake.readers import spool
from cases.intake.submit import demand_agreement
from partners.credentials import Principal


class NothingWaits(DomainError):
    """The batch has no rows that wait: they are stored, or were forgotten after a day, or it was cancelled."""


class NothingAsked(DomainError):
    """Confirmations of what the batch never asked. `places`: of each its place, the member that fits nothing, what would fit."""

    def __init__(self, places: Sequence[tuple[int, str, tuple[str, ...]]]) -> None:
        super().__init__("nothing_asked")
        self.places = places


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
    """Store what waits of a batch.

    Where a job does so already, as it does for whoever lost the first answer, the batch as it stands. Raises `NotFound`,
    `AgreementMissing`, `NothingWaits`, `BatchBusy`, `RulesBroken` and `NothingAsked` for a wrong confirmation, and `FileRefused`
    where it is too large to be stored as a whole.
    """
    batch = get(by=by, batch_id=batch_id)
    demand_agreement(by)
    if is_being_stored(batch, handling, confirmations):
        return batch
    with hold(batch.pk):
        batch.refresh_from_db()
        is_large = (batch.total or 0) > MOST_AT_ONCE
        if is_large or not is_interrupted(batch):
            demand_waiting(batch)
            if (handling or batch.handling) == Handling.STRICT and (batch.total or 0) > MOST_STRICT:
                raise FileRefused("payload_too_large", [(Finding("too_many_rows_strict"), None)])
            with transaction.atomic():
                keep_confirmations(by, batch, confirmations)
                soft_checks.release_confirmed(batch)
                begin_again(
                    batch,
                    handling=str(handling or batch.handling),
                    dry_run=False,
                    committed_by_id=by.user_id,
                    confirmed_by_id=None,
                )
                if is_large:
                    jobs.hand_over(batch, is_large=True)
        if not is_large:
            store_now(batch)
    return batch


def confirm_alone(*, by: Principal, batch_id: UUID, confirmations: Sequence[ConfirmationRequest]) -> Batch:
    """Confirm what a batch asks about and store nothing; its rows are compared again, and wait for the person who confirmed.

    Raises as `commit` does, `NothingWaits` for a batch of which rows are stored already, and `ValueError` for a machine.
    """
    if by.user_id is None:
        raise ValueError("only a person confirms and stores nothing")
    batch = get(by=by, batch_id=batch_id)
    with hold(batch.pk):
        batch.refresh_from_db()
        demand_waiting(batch)
        if batch.stored:
            raise NothingWaits
        is_large = (batch.total or 0) > MOST_AT_ONCE
        with transaction.atomic():
            keep_confirmations(by, batch, confirmations)
            soft_checks.release_confirmed(batch)
            begin_again(batch, confirmed_by_id=by.user_id)
            if is_large:
                jobs.hand_over(batch, is_large=True)
        if not is_large:
            store_now(batch)
    return batch


def is_being_stored(batch: Batch, handling: Handling | None, confirmations: Sequence[ConfirmationRequest]) -> bool:
    """Whether a job stores a batch in this way, and all that is confirmed was confirmed before."""
    is_at_it = is_interrupted(batch) and jobs.is_with_job(batch)
    return is_at_it and handling in {None, batch.handling} and not any(named_pairs(batch, confirmations).values())


def is_interrupted(batch: Batch) -> bool:
    """Whether nobody goes on with a batch that was to be stored at once: the process that did was ended, and this one may."""
    return batch.state in AT_WORK and batch.stage not in NEEDS_FILE and batch.is_to_be_stored


def demand_waiting(batch: Batch) -> None:
    """Raises `NothingWaits` where no rows wait, or they are gone with a crash of the database."""
    if not retention.is_waiting(batch) or batch.state not in ENDS:
        raise NothingWaits
    if storing.is_lost(batch):
        Batch.objects.filter(pk=batch.pk).update(waits=False)
        raise NothingWaits


def store_now(batch: Batch) -> None:
    """Store what waits at once, or compare it again. Where it was cancelled meanwhile, the batch says so."""
    try:
        work(batch, spool.place_of(batch.pk))
    except BatchCancelled:
        batch.refresh_from_db()


def begin_again(batch: Batch, **different: object) -> None:
    """Bring a batch that waits back to where its rows are compared. `different`: the columns that make this time another one.

    Raises `NothingWaits` where it was cancelled at this moment.
    """
    changes = {
        **different,
        "state": str(BatchState.QUEUED),
        "stage": str(BatchStage.COMPARING),
        "waits": False,
        "applied": 0,
        "began_at": timezone.now(),
        "finished_at": None,
    }
    if not Batch.objects.filter(pk=batch.pk, waits=True).update(**changes):
        raise NothingWaits
    for name, value in changes.items():
        setattr(batch, name, value)


def keep_confirmations(by: Principal, batch: Batch, confirmations: Sequence[ConfirmationRequest]) -> None:
    """Keep what is confirmed. Raises `RulesBroken` and `NothingAsked`."""
    if confirmations:
        demand_asked(soft_checks.checks_of(batch), confirmations)
    for reason, pairs in named_pairs(batch, confirmations).items():
        confirm(by, pairs, reason)


def named_pairs(batch: Batch, confirmations: Sequence[ConfirmationRequest]) -> dict[str, set[Pair]]:
    """What is confirmed of all that waits for it, by the reason. Raises `RulesBroken`."""
    by_reason: dict[str, set[Pair]] = defaultdict(set)
    open_pairs = [(None, (each["rule"], each["digest"])) for each in soft_checks.open_findings(batch)]
    waiting = [*open_pairs, *soft_checks.held_pairs(batch)] if confirmations else []
    for each in confirmations:
        if violations := list(objections([(each.rule, "")], each.reason_code)):
            raise RulesBroken(violations)
        by_reason[each.reason_code] |= {pair for index, pair in waiting if pair[0] == each.rule and names(each, index)}
    return by_reason


def demand_asked(checks_asked: Set[tuple[str, int | None]], confirmations: Sequence[ConfirmationRequest]) -> None:
    """Raise `NothingAsked` where a confirmation fits nothing that was asked, confirmed or not: whoever repeats one is right."""
    rules = tuple(sorted({rule for rule, _ in checks_asked}))
    places: list[tuple[int, str, tuple[str, ...]]] = []
    for place, each in enumerate(confirmations):
        if each.rule not in rules:
            places.append((place, "rule", rules))
        elif not any(rule == each.rule and names(each, index) for rule, index in checks_asked):
            places.append((place, "indexes", ()))
    if places:
        raise NothingAsked(places)


def names(confirmation: ConfirmationRequest, index: int | None) -> bool:
    """Whether a confirmation is about this row; None stands for the whole delivery."""
    return confirmation.indexes is None or index in confirmation.indexes


def cancel(*, by: Principal, batch_id: UUID) -> Batch:
    """Cancel a batch and forget what waits of it. One that is being worked on stops at its next step.

    Raises `NotFound`, and `NothingWaits` where it has ended and nothing waits.
    """
    batch = get(by=by, batch_id=batch_id)
    of_batch = Batch.objects.filter(pk=batch.pk)
    running = of_batch.filter(state__in=AT_WORK).exclude(stage=BatchStage.REPORTING, stored=True)
    end = {"state": BatchState.CANCELLED, "waits": False, "finished_at": timezone.now()}
    if not (running.update(**end) or of_batch.filter(waits=True).update(**end)):
        raise NothingWaits
    try:
        with hold(batch.pk):
            clear(batch)
            spool.forget(spool.place_of(batch.pk))
    except BatchBusy:
        pass  # whoever works on it clears up
    batch.refresh_from_db()
    return batch
