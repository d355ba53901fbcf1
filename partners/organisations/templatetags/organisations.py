"""What the account pages say of the organisation's agreement."""

from __future__ import annotations

from django import template

from partners.organisations import agreements
from partners.organisations.agreements import AgreementState
from partners.organisations.words import TEXTS
from partners.people.models import Membership
from partners.people.rights import may
from partners.roles import Right

register = template.Library()


@register.inclusion_tag("organisations/notice.html")
def agreement_notice(member: Membership | None) -> dict[str, object]:
    """A notice while the organisation's agreement waits; the menu leads to its page."""
    if member is None or not may(member, Right.READ):
        return {}
    asks = (
        not agreements.needs_none(member.partner)
        and agreements.state_of_partner(member.partner) != AgreementState.CONFIRMED
    )
    return {"texts": TEXTS, "asks": asks}
