"""Returning a referral to its partner, and how that ends: an answer, taking it back, settling. The database looks who may.

A correction or a withdrawal is an answer too, and needs nothing of this.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from cases.codelists.types import NOT_APPLICABLE
from cases.errors import DomainError, NotFound, RestrictionHolds, ReturnEnded
from cases.linking.restriction import open_references
from cases.models import Referral
from cases.months import COPENHAGEN
from cases.versions import Status
from cases.windows.partner_years import open_record, shorten_opening
from core.refusals import raised_as
from oversight.returns.choices import TAKEN_BACK, USUAL, ReturnState, Review
from oversight.returns.models import Return, ReturnEnd, ReturnReview
from oversight.returns.words import CLOSED, NO_OTHER
from partners import audit, locks
from partners.audit import Actor
from partners.credentials import Principal
from partners.models import Partner


class ReturnRefused(DomainError):
    """A referral is not returned, or its return not answered, settled or taken back. The message says why."""


def open_returns(partner: Partner) -> int:
    """How many returned referrals wait for a partner."""
    return Return.objects.of(partner.pk).open().count()


def with_open_returns(partners: Collection[UUID]) -> set[UUID]:
    """Those of some partners for whom a returned referral waits. One statement."""
    rows = Return.objects.filter(partner__in=partners).open().order_by()
    return set(rows.values_list("partner_id", flat=True))


def get(*, by: Principal, key: UUID) -> Return:
    """A return to the caller's partner, with its state. Raises `NotFound`, and `RestrictionHolds`."""
    may_read = ExpressionWrapper(open_references(), BooleanField())
    rows = Return.objects.of(by.partner_id).with_state().select_related("end").annotate(may_read=may_read)
    inquiry = rows.filter(pk=key).first()
    if inquiry is None:
        raise NotFound
    if not cast(Any, inquiry).may_read:
        raise RestrictionHolds
    return inquiry


def answer(*, by: Principal, key: UUID, code: str) -> Return:
    """Answer a return by a reason of the list `return_answer`, and get it as it stands then. The same again changes nothing.

    Raises `NotFound`, `ReturnEnded` where it has another answer, a correction or its end by the centre, and `ReturnRefused` where
    the caller may not answer any more.
    """
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        inquiry = get(by=by, key=key)
        if inquiry.state == ReturnState.ANSWERED and inquiry.end.code == code:
            return inquiry
        if inquiry.state != ReturnState.OPEN:
            raise ReturnEnded
        # Between the page and this somebody may have taken the person's role, or closed the partner.
        with raised_as(ReturnRefused):
            ReturnEnd.objects.create(of_id=inquiry.pk, code=code, client_id=by.client_pk, user_id=by.user_id)
        shorten_opening(user_id=by.user_id, partner_id=by.partner_id, reference=inquiry.reference, at=at)
        audit.record(by=actor_of(by), action="return.answer", subject=str(inquiry.pk), code=code)
        return get(by=by, key=key)


def actor_of(by: Principal) -> Actor:
    """Who answers: the person on the desk, or the client."""
    return Actor(user_id=by.user_id) if by.user_id is not None else Actor(client_id=by.client_pk)


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
