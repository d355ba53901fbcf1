"""What ends soon: secrets of clients, invitations that nobody has used, recovery codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.db.models.functions import Coalesce

from cases.months import COPENHAGEN
from oversight.reminders.audience import Team
from partners.mail.sending import Occasion
from partners.people.invitations import open_ones
from partners.roles import Right
from partners.waiting import ending_secrets

WEEK = timedelta(days=7)
# An invitation lives for seven days: it is told of two days before the end, while it can still be handed over again.
UNUSED = timedelta(days=2)
FEW_CODES = 2


def of_secrets(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """What managers are told of secrets that end: of the partner's own clients and of its twin's."""
    by_partner = {each.partner.pk: each for each in teams}
    for partner, ends in endings(by_partner.keys(), at):
        kind = "secret_now" if ends - at <= WEEK else "secret_soon"
        managers = by_partner[partner].people(Right.MANAGE_SECRETS)
        yield from (Occasion(user, kind, day_in_copenhagen(ends)) for user in managers)


def endings(partners: Collection[UUID], at: datetime) -> list[tuple[UUID, datetime]]:
    """When which partners' clients lose their last secret within a month. A client with a newer secret loses nothing."""
    theirs = Q(client__partner__in=partners) | Q(client__partner__twin_of__in=partners)
    owner = Coalesce("client__partner__twin_of", "client__partner")
    rows = ending_secrets(at).filter(theirs).order_by("expires_at", "client")
    return list(rows.values_list(owner, "expires_at"))


def of_invitations(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """What people are told who have invited somebody that has not come yet."""
    managers = {user: each.partner.pk for each in teams for user in each.people(Right.MANAGE_PEOPLE)}
    rows = open_ones(at).filter(made_by__in=managers.keys(), expires_at__lte=at + UNUSED)
    soon = rows.order_by("expires_at", "pk")
    for user, partner, ends in soon.values_list("made_by_id", "partner_id", "expires_at"):
        if user is not None and managers[user] == partner:
            yield Occasion(user, "invitation", day_in_copenhagen(ends))


def day_in_copenhagen(moment: datetime) -> str:
    """The day of a moment, as a key."""
    return moment.astimezone(COPENHAGEN).date().isoformat()


def of_codes(people: Iterable[int]) -> Iterator[Occasion]:
    """What people are told who have few recovery codes left, once for each set of codes."""
    sets = Authenticator.objects.filter(user_id__in=list(people), type=Authenticator.Type.RECOVERY_CODES)
    for each in sets.order_by("user_id"):
        if len(each.wrap().get_unused_codes()) <= FEW_CODES:
            yield Occasion(each.user_id, "codes", f"set {each.pk}")
