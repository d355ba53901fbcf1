"""Which reports were expected of which partners, of those that have closed or report no more since, too.

The database keeps how partners are now. When they closed, and which calendar they had, the audit tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from cases.services.closings import closings
from oversight.reporting.periods import ReportPeriod, periods
from partners.calendar import NOTHING_EXPECTED, Calendar
from partners.kinds import Mode, Reporting
from partners.models import AuditEvent, Partner


def expectations(first: date, last: date, at: datetime) -> dict[Partner, tuple[ReportPeriod, ...]]:
    """The periods with a month from `first` to `last` that were expected at a moment, by partner; who has none is not there.

    Of a partner that had closed by then, or of which staff had said that it reports no more, what had ended before is expected.
    """
    partners = [*Partner.objects.filter(mode=str(Mode.LIVE), created_at__lte=at)]
    times, former = closings(partners, at), former_calendars(partners)
    due: dict[Partner, tuple[ReportPeriod, ...]] = {}
    for partner in partners:
        calendar, stopped_at = former.get(partner.pk, (partner.calendar, None))
        ends = [when for when in (times.get(partner.pk), stopped_at) if when is not None and when <= at]
        each = periods(calendar, first, last)
        if those := tuple(period for period in each if all(period.ends_at <= when for when in ends)):
            due[partner] = those
    return due


def former_calendars(partners: list[Partner]) -> dict[UUID, tuple[Calendar, datetime]]:
    """Of partners of which nothing is expected now: the last calendar by which something was, and when it ended. One statement."""
    keys = [str(each.pk) for each in partners if each.calendar.frequency == Reporting.NONE]
    return {key: (calendar, ended_at) for key, calendar, ended_at in calendars_ended(keys)}


def calendars_ended(keys: list[str]) -> Iterator[tuple[UUID, Calendar, datetime]]:
    """The calendars that staff ended, and when, in the order in which they did."""
    events = AuditEvent.objects.filter(action__in=("partner.add", "partner.change"), subject__in=keys)
    rows = events.filter(detail__has_key="reporting").order_by("subject", "at")
    for (subject, before, _), (other, after, at) in pairwise(rows.values_list("subject", "detail", "at")):
        calendar = calendar_of(before)
        if subject == other and calendar != NOTHING_EXPECTED and after["reporting"] == Reporting.NONE:
            yield UUID(subject), calendar, at


def calendar_of(detail: dict[str, str]) -> Calendar:
    """The calendar in an audit row."""
    if detail["reporting"] == Reporting.NONE or not detail["since"]:
        return NOTHING_EXPECTED
    return Calendar(
        Reporting(detail["reporting"]), int(detail["due_days"]), date.fromisoformat(f"{detail['since']}-01")
    )
