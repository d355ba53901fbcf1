"""Who can be told anything: people with a confirmed address, of active live partners, and staff; a reminder by a click of staff.

That reminder is of one report of one partner, at most once a day for each person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cases.months import COPENHAGEN
from cases.services.expectations import expectations_of, missing
from core.text import say
from oversight.reporting.states import State, reports_of_partner
from partners import audit
from partners.audit import Actor
from partners.kinds import Mode
from partners.mail import sending
from partners.mail.sending import Occasion
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


MAY_REMIND = "mail.remind_partners"


class ReminderRefused(Exception):
    """No reminder is sent. The message is for staff, in the language of the reader."""


def remind(*, by: Actor, partner: Partner, period: str, form: str = "") -> int:
    """Remind the people of a partner of the report of a period (`2026-11`, `2026-Q4`), or of a form; return how many are told.

    The mail says that the centre waits for a report, and neither which nor for what. Its audit row has the period. Raises
    `ReminderRefused` without the right, for a report that has come, is not expected or still has time, and where nobody is left to
    tell today.
    """
    user = User.objects.filter(pk=by.user_id or 0, is_active=True, is_staff=True).first()
    if user is None or not user.has_perm(MAY_REMIND):
        raise ReminderRefused(say("Det kræver rollen partneransvarlig.", "This requires the role partner manager."))
    if not sending.is_on():
        raise ReminderRefused(say("Tjenesten sender ingen mails.", "The service sends no mail."))
    people = people_to_tell(partner, period, form)
    key = timezone.now().astimezone(COPENHAGEN).date().isoformat()
    with transaction.atomic():
        mailings = sending.ask((Occasion(each, "reminder", key) for each in people), asked_by=user.pk)
        if not mailings:
            raise ReminderRefused(
                say(
                    "Alle er allerede mindet om det i dag, eller vil ikke have påmindelser.",
                    "Everybody has been reminded today already, or wants no reminders.",
                )
            )
        of_form = {"form": form} if form else {}
        audit.record(
            by=by, action="partner.remind", subject=str(partner.pk), period=period, told=len(mailings), **of_form
        )
    return len(mailings)


def people_to_tell(partner: Partner, period: str, form: str = "") -> list[int]:
    """The people who may report for a partner. Raises `ReminderRefused` where there is none, or nothing to remind of."""
    team = next(iter(teams([partner.pk])), None)
    if team is None:
        raise ReminderRefused(
            say("Ingen hos partneren har en bekræftet mailadresse.", "Nobody there has a confirmed mail address.")
        )
    if not is_missing(team.partner, period, form):
        raise ReminderRefused(say("Den indberetning mangler ikke.", "That report is not missing."))
    return team.people(Right.SUBMIT)


def is_missing(partner: Partner, period: str, form: str) -> bool:
    """Whether a report is missing. Every period since the partner began: pages offer this for each, however old."""
    now = timezone.now()
    if form:
        expectations = missing(expectations_of([partner], now)[partner.pk])
        return any((each.form.id, each.period.id) == (form, period) for each in expectations)
    reports = {each.period.id: each.state for each in reports_of_partner(partner.pk, partner.calendar, now)}
    return reports.get(period) == State.MISSING
