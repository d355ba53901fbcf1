"""Acts on a delivery: sending what waits, confirming alone, cancelling; and emptying a rehearsal. Each asks first."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from cases.errors import DomainError
from cases.intake import rehearsal
from cases.intake.batches import committing, timing
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.holding import BatchBusy
from cases.intake.models import Batch, Handling
from pages.desk.frame import Visit, ask, desk_page, go, go_back, refuse
from pages.desk.sending.checks import asked_checks, confirmations_in, fields_of
from pages.desk.sending.counting import count_words
from pages.desk.sending.own import batch_of, note
from pages.desk.sending.refusals import refusal_words
from pages.desk.sending.words import (
    BUSY,
    CANCEL_QUESTION,
    CANCELLED,
    CHOOSE_REASON,
    CONFIRMED,
    EMPTIED,
    EMPTY_QUESTION,
    LENIENT_QUESTION,
    NOT_ALL,
    SENT,
    STRICT_QUESTION,
)
from partners import audit
from partners.kinds import Mode
from partners.roles import Right

QUESTIONS = {Handling.STRICT: STRICT_QUESTION, Handling.LENIENT: LENIENT_QUESTION}


@require_POST
@desk_page(Right.SUBMIT)
def send(visit: Visit, batch_id: UUID) -> HttpResponse:
    """Store what waits, after asking: all of it, or the rows that are right. 404 for another act."""
    batch, form = batch_of(visit, batch_id), visit.request.POST
    if form.get("act") not in list(Handling):
        raise Http404
    handling = Handling(form["act"])
    if lacks_reasons(visit, batch, handling):
        return go_back(visit, "delivery", CHOOSE_REASON, batch_id=batch.pk)
    page = visit.address("delivery", batch_id=batch.pk)
    question = ask(visit, QUESTIONS[handling], *count_words(batch), back=page, keep=("act", *fields_of(form)))
    return question or store(visit, batch, handling)


def lacks_reasons(visit: Visit, batch: Batch, handling: Handling) -> bool:
    """Whether all rows are to be sent and something that is asked has no reason: then nothing would be stored."""
    if handling == Handling.LENIENT or not timing.is_waiting(batch):
        return False
    rules_answered = {each.rule for each in confirmations_in(visit.request.POST)}
    return any(each.rule not in rules_answered for each in asked_checks(batch, visit.language))


def store(visit: Visit, batch: Batch, handling: Handling) -> HttpResponse:
    """Store it. Whoever asks again, after a lost answer or twice at once, is led to what became of it."""
    if timing.is_waiting(batch):
        # Before it: a crash amid the storing leaves no rows that nobody sent.
        note(visit, batch, "delivery.send", handling=str(handling))
    try:
        batch = committing.commit(
            by=visit.by, batch_id=batch.pk, handling=handling, confirmations=confirmations_in(visit.request.POST)
        )
    except NothingWaits as error:
        batch.refresh_from_db()
        if not batch.stored:
            return refuse(visit, refusal_words(error).both)
    except BatchBusy:
        return go(visit, "delivery", BUSY, batch_id=batch.pk)
    except DomainError as error:
        return refuse(visit, refusal_words(error).both)
    if timing.is_at_work(batch):
        return go(visit, "delivery", batch_id=batch.pk)
    if not batch.stored:
        return go_back(visit, "delivery", NOT_ALL, batch_id=batch.pk)
    return go(visit, "delivery", SENT, batch_id=batch.pk)


@require_POST
@desk_page(Right.SUBMIT)
def confirm(visit: Visit, batch_id: UUID) -> HttpResponse:
    """Keep what is confirmed and send nothing."""
    batch = batch_of(visit, batch_id)
    confirmations = confirmations_in(visit.request.POST)
    if not confirmations:
        return go_back(visit, "delivery", CHOOSE_REASON, batch_id=batch.pk)
    try:
        committing.confirm_alone(by=visit.by, batch_id=batch.pk, confirmations=confirmations)
    except BatchBusy:
        return go(visit, "delivery", BUSY, batch_id=batch.pk)
    except DomainError as error:
        return refuse(visit, refusal_words(error).both)
    note(visit, batch, "delivery.confirm", rules=[each.rule for each in confirmations])
    return go(visit, "delivery", CONFIRMED, batch_id=batch.pk)


@require_POST
@desk_page(Right.SUBMIT)
def cancel(visit: Visit, batch_id: UUID) -> HttpResponse:
    """Forget what waits, after asking. Again, nothing changes."""
    batch = batch_of(visit, batch_id)
    page = visit.address("delivery", batch_id=batch.pk)
    question = ask(visit, CANCEL_QUESTION, *count_words(batch), back=page)
    if question is not None:
        return question
    try:
        committing.cancel(by=visit.by, batch_id=batch.pk)
    except NothingWaits:
        return go(visit, "delivery", batch_id=batch.pk)
    note(visit, batch, "delivery.cancel")
    return go(visit, "file", CANCELLED)


@require_POST
@desk_page(Right.SUBMIT)
def empty(visit: Visit) -> HttpResponse:
    """Delete all that was sent in test mode, after asking. 404 in live mode."""
    if visit.mode != Mode.TEST:
        raise Http404
    question = ask(visit, EMPTY_QUESTION, visit.partner.name, back=visit.address("file"))
    if question is not None:
        return question
    counts = rehearsal.empty(by=visit.by)
    audit.record(by=visit.actor, action="rehearsal.empty", subject=str(visit.partner.pk), **counts)
    return go(visit, "file", EMPTIED)
