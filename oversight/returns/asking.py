"""Returning a referral to its partner, taking that back, and settling its answer. The database looks who may and what stands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cases.codelists.types import NOT_APPLICABLE
from cases.models import Referral
from cases.months import COPENHAGEN
from cases.statuses import Status
from cases.windows.opening import open_record, shorten_opening
from core.refusals import raised_as
from oversight.returns.choices import TAKEN_BACK, USUAL, Review
from oversight.returns.errors import ReturnRefused
from oversight.returns.models import Return, ReturnEnd, ReturnReview
from oversight.returns.words import CLOSED, NO_OTHER
from partners import audit, locks
from partners.audit import Actor
from partners.models import Partner

# How long after its day an answer is taken by a correction.
LATE_ANSWER = timedelta(days=60)
# Reasons that speak of another referral: the partner must have one. Otherwise the other one would be another organisation's.
OF_TWO = frozenset({"SENT_TWICE", "CONTRADICTS_OWN"})


def ask(*, by: User, shown: Referral, reason_code: str, due: date, field: str = NOT_APPLICABLE) -> Return:
    """Return a referral. `shown`: the version that the member of staff was shown.

    Raises `ReturnRefused` where that is not the current version any more, where the partner was asked this about it already, where
    the partner is closed, and where the reason speaks of another referral of a partner that has none.
    """
    with transaction.atomic():
        locks.serialise(shown.partner_id)
        # Nobody could answer for it. A successor corrects what it took over without being asked.
        if not Partner.objects.filter(pk=shown.partner_id, active=True).exists():
            raise ReturnRefused(CLOSED)
        if reason_code in OF_TWO and not has_other(shown):
            raise ReturnRefused(NO_OTHER)
        with raised_as(ReturnRefused):
            inquiry = Return.objects.create(
                partner_id=shown.partner_id,
                reference=shown.reference,
                version=shown.version,
                reason_code=reason_code,
                field=field,
                due=due,
                asked_by_id=by.pk,
            )
        # The correction that is asked for must be possible, also where the year is closed or signed.
        open_record(by=by, partner_id=shown.partner_id, reference=shown.reference, until=answered_until(inquiry))
        audit.record(
            by=Actor.of(by), action="return.ask", subject=str(inquiry.pk), reason_code=reason_code, field=field
        )
    return inquiry


def answered_until(inquiry: Return) -> datetime:
    """Until when the referral may be corrected: as long as anything that is asked about it waits, and a late answer is welcome."""
    waiting = Return.objects.of(inquiry.partner_id).open().filter(reference=inquiry.reference)
    last = max(waiting.values_list("due", flat=True), default=inquiry.due)
    return datetime.combine(last + LATE_ANSWER, time(), COPENHAGEN)


def has_other(referral: Referral) -> bool:
    """Whether the partner has another referral that stands."""
    others = Referral.objects.of(referral.partner_id).current().exclude(reference=referral.reference)
    return bool(others.exclude(status=Status.WITHDRAWN).exists())


def take_back(*, by: User, inquiry: Return) -> None:
    """Take a return back. Raises `ReturnRefused` where it is answered already.

    Where nothing else is asked about the referral, it is closed again as its year is.
    """
    with transaction.atomic():
        at = locks.serialise(inquiry.partner_id)
        with raised_as(ReturnRefused):
            ReturnEnd.objects.create(of_id=inquiry.pk, code=TAKEN_BACK, user_id=by.pk)
        shorten_opening(user_id=by.pk, partner_id=inquiry.partner_id, reference=inquiry.reference, at=at)
        audit.record(by=Actor.of(by), action="return.take_back", subject=str(inquiry.pk))


def settle(*, by: User, inquiry: Return) -> None:
    """Say that an answer settles the matter. Raises `ReturnRefused` where there is none, and where that was said already.

    Where that was the last answer, the referral is closed again as its year is.
    """
    with transaction.atomic():
        at = locks.serialise(inquiry.partner_id)
        review(by, inquiry, Review.SETTLED)
        shorten_opening(user_id=by.pk, partner_id=inquiry.partner_id, reference=inquiry.reference, at=at)
        audit.record(by=Actor.of(by), action="return.settle", subject=str(inquiry.pk))


def ask_again(*, by: User, inquiry: Return, version: int) -> Return:
    """Ask the same again of a referral whose answer does not settle the matter. `version`: the one that was shown.

    Raises `ReturnRefused` as `ask` and `settle` do.
    """
    with transaction.atomic():
        locks.serialise(inquiry.partner_id)
        review(by, inquiry, Review.ASKED_AGAIN)
        audit.record(by=Actor.of(by), action="return.ask_again", subject=str(inquiry.pk))
        shown = Referral(partner_id=inquiry.partner_id, reference=inquiry.reference, version=version)
        due = timezone.localdate() + timedelta(days=USUAL)
        return ask(by=by, shown=shown, reason_code=inquiry.reason_code, due=due, field=inquiry.field)


def review(by: User, inquiry: Return, code: Review) -> None:
    """Store what a member of staff made of an answer. Raises `ReturnRefused`."""
    with raised_as(ReturnRefused):
        ReturnReview.objects.create(of_id=inquiry.pk, code=str(code), user_id=by.pk)
