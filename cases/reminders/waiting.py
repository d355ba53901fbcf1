"""What waits on a team: the reason for Monday's mail, which says that something does, and not what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet

from cases.intake.batches.timing import waiting_for_people
from cases.intake.models import Batch
from cases.months import COPENHAGEN
from cases.reminders.audience import Team
from cases.reminders.deadlines import Reports
from cases.reporting.states import State
from partners.mail.sending import Occasion
from partners.people.notices import unseen
from partners.roles import Right
from partners.staff import waiting as staff_home

MONDAY = 0
# Whoever sits before the page sees a file come. After this time nobody does.
UNSEEN = timedelta(hours=1)
OPEN = {State.DUE, State.MISSING}


def is_monday(at: datetime) -> bool:
    """Whether it is Monday in Copenhagen."""
    return at.astimezone(COPENHAGEN).weekday() == MONDAY


def week(at: datetime) -> str:
    """`2026-W48`."""
    year, number, _ = at.astimezone(COPENHAGEN).isocalendar()
    return f"{year}-W{number:02d}"


def of_desks(teams: Collection[Team], reports: Reports, at: datetime) -> Iterator[Occasion]:
    """Monday's mail to people of partners: to those who can do what waits."""
    if is_monday(at):
        have_files = set(files(teams, at).values_list("partner_id", flat=True))
        for team in teams:
            is_open = any(each.state in OPEN for each in reports[team.partner.pk]) or team.partner.pk in have_files
            reporters = team.people(Right.SUBMIT) if is_open else []
            managers = team.people(Right.MANAGE_SECRETS) if unseen(team.partner).exists() else []
            yield from (Occasion(user, "digest", week(at)) for user in sorted({*reporters, *managers}))


def files(teams: Iterable[Team], at: datetime) -> QuerySet[Batch]:
    """The deliveries whose rows wait for somebody to look at them."""
    partners = [each.partner.pk for each in teams]
    return waiting_for_people(Batch.objects.filter(partner__in=partners), at).order_by("pk")


def of_files(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """A mail for each delivery that has waited for an hour."""
    by_partner = {each.partner.pk: each for each in teams}
    unseen_files = files(by_partner.values(), at).filter(finished_at__lt=at - UNSEEN)
    for key, partner in unseen_files.values_list("pk", "partner_id"):
        yield from (Occasion(user, "delivery", str(key)) for user in by_partner[partner].people(Right.SUBMIT))


def of_staff(staff: Iterable[User], at: datetime) -> Iterator[Occasion]:
    """Monday's mail to staff whose first page says that something waits."""
    if is_monday(at):
        for user in staff:
            if staff_home.something_waits(user):
                yield Occasion(user.pk, "staff", week(at))
