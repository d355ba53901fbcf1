"""What ends soon: secrets of clients, invitations that nobody has used, recovery codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Q

from cases.months import COPENHAGEN
from cases.reminders.audience import Team
from partners.mail.sending import Occasion
from partners.models import Secret
from partners.people.models import Invitation
from partners.roles import Right

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
# An invitation lives for seven days: it is told of two days before the end, while it can still be handed over again.
UNUSED = timedelta(days=2)
FEW_CODES = 2


def of_secrets(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """What managers are told of secrets that end: of the partner's own clients and of its twin's."""
    for team in teams:
        for ends in endings(team, at):
            kind = "secret_now" if ends - at <= WEEK else "secret_soon"
            key = ends.astimezone(COPENHAGEN).date().isoformat()
            yield from (Occasion(user, kind, key) for user in team.people(Right.MANAGE_SECRETS))


def endings(team: Team, at: datetime) -> list[datetime]:
    """When clients of a desk lose their last secret within a month. One that has a newer secret loses nothing."""
    of_desk = Q(client__partner=team.partner) | Q(client__partner__twin_of=team.partner, client__partner__active=True)
    last: dict[int, datetime] = {}
    for client, ends in Secret.objects.filter(of_desk, revoked_at=None).values_list("client_id", "expires_at"):
        last[client] = max(ends, last.get(client, ends))
    return sorted(ends for ends in last.values() if at < ends <= at + MONTH)


def of_invitations(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """What people are told who have invited somebody that has not come yet."""
    open_ones = Invitation.objects.filter(
        used_at=None, revoked_at=None, expires_at__gt=at, expires_at__lte=at + UNUSED, partner__isnull=False
    )
    for team in teams:
        managers = team.people(Right.MANAGE_PEOPLE)
        rows = open_ones.filter(partner=team.partner, made_by__in=managers).order_by("expires_at", "pk")
        for user, ends in rows.values_list("made_by_id", "expires_at"):
            yield Occasion(int(user or 0), "invitation", ends.astimezone(COPENHAGEN).date().isoformat())


def of_codes(people: Iterable[int]) -> Iterator[Occasion]:
    """What people are told who have few recovery codes left, once for each set of codes."""
    sets = Authenticator.objects.filter(user_id__in=list(people), type=Authenticator.Type.RECOVERY_CODES)
    for each in sets.order_by("user_id"):
        if len(each.wrap().get_unused_codes()) <= FEW_CODES:
            yield Occasion(each.user_id, "codes", f"set {each.pk}")
