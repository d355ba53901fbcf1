"""What waits for a partner, and its answers. A correction or a withdrawal is an answer too, and needs nothing of this."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from cases.errors import NotFound, ReturnEnded
from cases.windows.opening import shorten_opening
from core.refusals import raised_as
from oversight.returns.choices import ReturnState
from oversight.returns.errors import ReturnRefused
from oversight.returns.models import Return, ReturnEnd
from partners import audit, locks
from partners.audit import Actor
from partners.credentials import Principal
from partners.models import Partner


def open_returns(partner: Partner) -> int:
    """How many returned referrals wait for a partner."""
    return Return.objects.of(partner.pk).open().count()


def with_open_returns(partners: Collection[UUID]) -> set[UUID]:
    """Those of some partners for whom a returned referral waits. One statement."""
    rows = Return.objects.filter(partner__in=partners).open().order_by()
    return set(rows.values_list("partner_id", flat=True))


def get(*, by: Principal, key: UUID) -> Return:
    """A return to the caller's partner, with its state. Raises `NotFound`."""
    inquiry = Return.objects.of(by.partner_id).with_state().select_related("end").filter(pk=key).first()
    if inquiry is None:
        raise NotFound
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
