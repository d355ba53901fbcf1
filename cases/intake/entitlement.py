"""Whether the caller may store records of a partner: the agreement is confirmed, and whoever sends for another may do this."""

from __future__ import annotations

from cases.errors import AgreementMissing, NotFound, OnBehalfRefused
from cases.models import Referral
from partners.credentials import Principal
from partners.models import Client
from partners.organisations import agreements


def may_store(by: Principal) -> bool:
    """Whether records of the partner may be stored: in test mode, by the centre itself, and while a confirmed agreement holds."""
    return agreements.needs_none(by) or agreements.holds(by.agreement)


def demand_agreement(by: Principal) -> None:
    """Raise `AgreementMissing` where no record of the partner may be stored."""
    if not may_store(by):
        raise AgreementMissing


def demand_entitled(by: Principal, current: Referral | None) -> None:
    """Raise where whoever acts for another partner may not write the version after this one.

    A successor corrects what there is: `OnBehalfRefused` for a new referral. A mandate is for what the caller's own clients send:
    `NotFound` for a referral whose current version another has sent.
    """
    if by.sender_id is None:
        return
    if by.is_successor:
        if current is None:
            raise OnBehalfRefused
    elif current is not None and not Client.objects.filter(pk=current.client_id, partner_id=by.sender_id).exists():
        raise NotFound
