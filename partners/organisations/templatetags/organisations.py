"""What the account pages say of the organisation's agreement."""

from __future__ import annotations

from django import template

from partners.organisations import agreements, confirming
from partners.organisations.agreements import AgreementState
from partners.organisations.pages.words import TEXTS
from partners.people.models import Membership
from partners.people.rights import may
from partners.roles import Right

register = template.Library()


@register.inclusion_tag("organisations/links.html")
def organisation_links(member: Membership | None) -> dict[str, object]:
    """The links to the pages of the organisation, with a notice while the agreement waits."""
    if member is None:
        return {}
    asks = not agreements.needs_none(member.partner) and confirming.state(member.partner) != AgreementState.CONFIRMED
    return {"texts": TEXTS, "asks": asks, "represents": may(member, Right.REPRESENT), "shows": may(member, Right.READ)}
