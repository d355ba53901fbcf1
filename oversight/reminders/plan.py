"""Everything that everybody is told at a moment. Whoever was told it already is not told again (`partners.mail.sending`).

What waits on a team is the reason for Monday's mail, which says that something does, and not what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from cases.intake.batches.retention import waiting_for_people
from cases.intake.models import Batch
from cases.months import COPENHAGEN
from cases.services.expectations import CountExpectation
from notices.acknowledgements import unseen_by
from oversight.reminders import endings, people
from oversight.reminders.endings import Counts, Reports, counts_of, report_occasions, reports_of
from oversight.reminders.people import Team
from oversight.reporting.receipts.status import year_to_sign
from oversight.returns.inquiries import with_open_returns
from partners.mail import sending
from partners.mail.addresses import forget_old
from partners.mail.sending import Occasion
from partners.organisations.agreements import latest_by_partner, what_waits
from partners.people.partner_clients import unseen_clients
from partners.roles import Right
from partners.staff import waiting as staff_home

MONDAY = 0
# Whoever sits before the page sees a file come. After this time nobody does.
UNSEEN = timedelta(hours=1)


def is_monday(at: datetime) -> bool:
    """Whether it is Monday in Copenhagen."""
    return at.astimezone(COPENHAGEN).weekday() == MONDAY


def week(at: datetime) -> str:
    """`2026-W48`."""
    year, number, _ = at.astimezone(COPENHAGEN).isocalendar()
    return f"{year}-W{number:02d}"


def desk_occasions(teams: Collection[Team], reports: Reports, counts: Counts, at: datetime) -> Iterator[Occasion]:
    """Monday's mail to people of partners: to those who can do what waits on the home of the desk."""
    if not is_monday(at):
        return
    partners = [each.partner.pk for each in teams]
    have_rows = {
        *files(teams, at).values_list("partner_id", flat=True),
        *with_open_returns(partners),
        *(key for key, those in counts.items() if any(is_open(each, at) for each in those)),
        *(key for key, notices in unseen_by(partners).items() if notices),
    }
    versions = latest_by_partner(each.partner for each in teams)
    for team in teams:
        partner = team.partner
        is_waiting = partner.pk in have_rows or any(each.is_open for each in reports[partner.pk])
        reasons = {
            Right.SUBMIT: is_waiting or year_to_sign(partner, at) is not None,
            Right.REPRESENT: what_waits(partner, versions.get(partner.pk)) is not None,
            Right.MANAGE_SECRETS: unseen_clients(partner).exists(),
        }
        people = {user for right, waits in reasons.items() if waits for user in team.people(right)}
        yield from (Occasion(user, "digest", week(at)) for user in sorted(people))


def is_open(expectation: CountExpectation, at: datetime) -> bool:
    """Whether a form of counts is missing, or its period is over and it has not come."""
    is_over = expectation.period.last < at.astimezone(COPENHAGEN).date()
    return expectation.first_at is None and is_over


def files(teams: Iterable[Team], at: datetime) -> QuerySet[Batch]:
    """The deliveries whose rows wait for somebody to look at them."""
    partners = [each.partner.pk for each in teams]
    return waiting_for_people(Batch.objects.filter(partner__in=partners), at).order_by("pk")


def file_occasions(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """A mail for each delivery that has waited for an hour."""
    by_partner = {each.partner.pk: each for each in teams}
    unseen_files = files(by_partner.values(), at).filter(finished_at__lt=at - UNSEEN)
    for key, partner in unseen_files.values_list("pk", "partner_id"):
        yield from (Occasion(user, "delivery", str(key)) for user in by_partner[partner].people(Right.SUBMIT))


def notice_occasions(teams: Iterable[Team]) -> Iterator[Occasion]:
    """A mail for each day on which notices came out that a partner has not seen."""
    by_partner = {each.partner.pk: each for each in teams}
    for key, notices in unseen_by(by_partner).items():
        days = {each.first_at.astimezone(COPENHAGEN).date() for each in notices}
        people = by_partner[key].people(Right.SUBMIT)
        yield from (Occasion(user, "notice", day.isoformat()) for day in sorted(days) for user in people)


def staff_occasions(staff: Iterable[User], at: datetime) -> Iterator[Occasion]:
    """Monday's mail to staff whose first page says that something waits."""
    if is_monday(at):
        for user in staff:
            if staff_home.something_waits(user):
                yield Occasion(user.pk, "staff", week(at))


def occasions(at: datetime) -> Iterator[Occasion]:
    """All occasions of a moment, those of partners first."""
    teams, staff = people.teams(), people.staff()
    reports, counts = reports_of(teams, at), counts_of(teams, at)
    yield from report_occasions(teams, reports, counts, at)
    yield from desk_occasions(teams, reports, counts, at)
    yield from file_occasions(teams, at)
    yield from notice_occasions(teams)
    yield from endings.secret_occasions(teams, at)
    yield from endings.invitation_occasions(teams, at)
    members = [each.user_id for team in teams for each in team.members]
    yield from endings.code_occasions([*members, *(user.pk for user in staff)])
    yield from staff_occasions(staff, at)


def run() -> int:
    """Decide what everybody is told now, and send it; return how many mails were sent. Addresses that are no longer needed go.

    As the owner, in the worker of upkeep.
    """
    forget_old()
    if not sending.is_on():
        return 0
    sending.ask(occasions(timezone.now()))
    return sending.deliver()
