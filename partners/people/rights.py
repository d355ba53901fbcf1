"""The membership of a signed-in person, and the rights that come with it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User

from partners.people.models import Membership
from partners.roles import PARTNER_ROLES, MemberRole, Right

MAY_INVITE = "people.invite_people"


def membership_of(user: User | AnonymousUser) -> Membership | None:
    """The membership of an active person at an active partner, or None."""
    memberships = Membership.objects.filter(user_id=user.pk or 0, user__is_active=True, partner__active=True)
    return memberships.select_related("partner", "user").first()


def may(member: Membership | None, right: Right) -> bool:
    """Whether a member has a right at its partner."""
    return member is not None and right in PARTNER_ROLES[MemberRole(member.role)]
