"""Who can be told anything: people with a confirmed address, of active live partners, and staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from partners.kinds import Mode
from partners.models import Partner
from partners.people.models import Membership
from partners.people.rights import may
from partners.roles import Right


@dataclass(frozen=True, slots=True)
class Team:
    """A partner with those of its people who can be told something. One of a partner in test mode never can."""

    partner: Partner
    members: tuple[Membership, ...]

    def people(self, right: Right) -> list[int]:
        """The users who have a right there."""
        return [each.user_id for each in self.members if may(each, right)]


def teams(partners: Iterable[UUID] | None = None) -> list[Team]:
    """The teams of all active live partners, or of some of them, that have somebody to tell."""
    rows = Membership.objects.filter(
        user__is_active=True,
        user__mailbox__confirmed_at__isnull=False,
        partner__active=True,
        partner__mode=Mode.LIVE,
    )
    some = rows if partners is None else rows.filter(partner_id__in=partners)
    by_partner: dict[UUID, list[Membership]] = defaultdict(list)
    for each in some.select_related("partner").order_by("partner__name", "user_id"):
        by_partner[each.partner_id].append(each)
    return [Team(members[0].partner, tuple(members)) for members in by_partner.values()]


def staff() -> list[User]:
    """The staff who can be told something."""
    people = User.objects.filter(is_staff=True, is_active=True, mailbox__confirmed_at__isnull=False)
    return list(people.order_by("pk"))
