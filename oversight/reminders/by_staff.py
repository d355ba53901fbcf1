"""A reminder by one click of staff: of one report of one partner, at most once a day for each person."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cases.months import COPENHAGEN
from cases.services.expectations import expectations_of, missing
from core.text import say
from oversight.reminders import audience
from oversight.reporting.states import State, of_partner
from partners import audit
from partners.audit import Actor
from partners.mail import sending
from partners.mail.sending import Occasion
from partners.models import Partner
from partners.roles import Right

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
    team = next(iter(audience.teams([partner.pk])), None)
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
    reports = {each.period.id: each.state for each in of_partner(partner.pk, partner.calendar, now)}
    return reports.get(period) == State.MISSING
