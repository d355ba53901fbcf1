"""What is told before and after something ends: the deadline of a report, a secret, an invitation, the last recovery codes.

A report is told of where it is not complete: of referrals, or a form of counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.db.models.functions import Coalesce

from cases.months import COPENHAGEN, later, month_of
from cases.services.expectations import CountExpectation, expectations_of
from cases.services.periods import CountPeriodState
from cases.services.shapes import CountPeriodKind
from oversight.reminders.people import Team
from oversight.reporting import states
from oversight.reporting.periods import periods
from oversight.reporting.states import PeriodReport, State
from partners.mail.sending import Occasion
from partners.people.invitations import open_invitations
from partners.roles import Right
from partners.waiting import ending_secrets

WEEK = timedelta(days=7)
# An invitation lives for seven days: it is told of two days before the end, while it can still be handed over again.
UNUSED = timedelta(days=2)
FEW_CODES = 2


def secret_occasions(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
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


def invitation_occasions(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """What people are told who have invited somebody that has not come yet."""
    managers = {user: each.partner.pk for each in teams for user in each.people(Right.MANAGE_PEOPLE)}
    rows = open_invitations(at).filter(made_by__in=managers.keys(), expires_at__lte=at + UNUSED)
    soon = rows.order_by("expires_at", "pk")
    for user, partner, ends in soon.values_list("made_by_id", "partner_id", "expires_at"):
        if user is not None and managers[user] == partner:
            yield Occasion(user, "invitation", day_in_copenhagen(ends))


def day_in_copenhagen(moment: datetime) -> str:
    """The day of a moment, as a key."""
    return moment.astimezone(COPENHAGEN).date().isoformat()


def code_occasions(people: Iterable[int]) -> Iterator[Occasion]:
    """What people are told who have few recovery codes left, once for each set of codes."""
    sets = Authenticator.objects.filter(user_id__in=list(people), type=Authenticator.Type.RECOVERY_CODES)
    for each in sets.order_by("user_id"):
        if len(each.wrap().get_unused_codes()) <= FEW_CODES:
            yield Occasion(each.user_id, "codes", f"set {each.pk}")


# A mail is due on one day. Where the worker was away it comes on a later one, before it would be beside the point.
SOON, NOW, AFTER = range(2, 8), range(2), range(-7, 0)

type Reports = Mapping[UUID, list[PeriodReport]]
type Counts = Mapping[UUID, list[CountExpectation]]


def reports_of(teams: Iterable[Team], at: datetime) -> Reports:
    """The periods of the last year, by partner, found by one statement for all."""
    last = month_of(at)
    first = later(last, 1 - states.MONTHS_SHOWN)
    return states.reports_of({each.partner.pk: list(periods(each.partner.calendar, first, last)) for each in teams}, at)


def counts_of(teams: Iterable[Team], at: datetime) -> Counts:
    """The forms of counts that were due within the last year or are not yet, by partner."""
    first = later(month_of(at), 1 - states.MONTHS_SHOWN)
    expectations = expectations_of([each.partner for each in teams], at)
    return {key: [each for each in those if each.last_day >= first] for key, those in expectations.items()}


def report_occasions(teams: Iterable[Team], reports: Reports, counts: Counts, at: datetime) -> Iterator[Occasion]:
    """What the people of each team are told at a moment of reports that are not complete. One day is told once."""
    for team in teams:
        days = {
            *((kind_of(each, at), each.period.last_day) for each in reports[team.partner.pk]),
            *((kind_of_counts(each, at), each.last_day) for each in counts[team.partner.pk]),
        }
        for kind, day in sorted((kind, day) for kind, day in days if kind is not None):
            yield from (Occasion(user, kind, day.isoformat()) for user in team.people(Right.SUBMIT))


def kind_of(report: PeriodReport, at: datetime) -> str | None:
    """Which mail is due of a period at a moment; None where it is complete, or it is no day for one."""
    days = days_until(report.period.last_day, at)
    if report.state in states.WAITING:
        return "due_soon" if days in SOON else "due_now" if days in NOW else None
    return "overdue" if report.state == State.MISSING and days in AFTER else None


def kind_of_counts(expectation: CountExpectation, at: datetime) -> str | None:
    """The same of a form of counts. Of a week nobody is told a week before: it has not begun."""
    days, is_week = days_until(expectation.last_day, at), expectation.period.kind == CountPeriodKind.WEEK
    if expectation.state == CountPeriodState.NOT_DUE:
        return "due_soon" if days in SOON and not is_week else "due_now" if days in NOW else None
    return "overdue" if expectation.state == CountPeriodState.MISSING and days in AFTER else None


def days_until(day: date, at: datetime) -> int:
    """How many days are left until the last day of a deadline; fewer than none after it."""
    return (day - at.astimezone(COPENHAGEN).date()).days
