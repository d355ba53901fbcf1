"""Crises: the weeks in which their forms are expected, from whom they are missing, and those that last, for other pages.

Pages tell of a crisis once a notice of it was published. So its title, too, is read by two persons before everybody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from cases.months import COPENHAGEN, today
from cases.services.expectations import DUE_DAYS, closings, coverage, had_ended, is_asked_of, words_of
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountPeriodKind
from core.rows import ListQuery
from core.text import Text
from notices.models import Crisis
from partners.kinds import Mode
from partners.models import Partner


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """A report that a crisis asks for: of a form and a week that has begun."""

    crisis: Crisis
    form: CountForm
    period: CountPeriod

    @property
    def due(self) -> date:
        """The first day on which it is missing."""
        return self.period.last + timedelta(days=1 + DUE_DAYS[CountPeriodKind.WEEK])


def last_day(crisis: Crisis, at: datetime | None = None) -> date | None:
    """The last day of a crisis; None while it lasts, or where nobody had said by a moment that it is over."""
    is_over = hasattr(crisis, "end") and (at is None or crisis.end.ended_at <= at)
    return crisis.end.ended_on if is_over else None


def weeks_of(crisis: Crisis, day: date, at: datetime | None = None) -> Iterator[CountPeriod]:
    """The weeks that a crisis asks for and that have begun by a day, the first one in front: every week that has a day of it.

    A week that was due before anybody had declared the crisis is none of them: no partner could have known of it.
    """
    end, declared_on = min(last_day(crisis, at) or day, day), crisis.declared_at.astimezone(COPENHAGEN).date()
    first_day = max(crisis.started_on, declared_on - timedelta(days=DUE_DAYS[CountPeriodKind.WEEK]))
    if end >= crisis.started_on:
        first = CountPeriod.holding(CountPeriodKind.WEEK, first_day).first
        yield from CountPeriod.since(CountPeriodKind.WEEK, first, end)


def expected_reports(day: date | None = None, at: datetime | None = None) -> list[ExpectedReport]:
    """The reports that all crises have asked for by a day; a week in which two ask for a form is expected once.

    `at`: only what had been said of crises by a moment.
    """
    on, crises = day or today(), Crisis.objects.select_related("end").order_by("started_on", "id")
    by_week: dict[tuple[str, date], ExpectedReport] = {}
    for crisis in crises.filter(started_on__lte=on, **({"declared_at__lte": at} if at else {})):
        for form in crisis.forms:
            for week in weeks_of(crisis, on, at):
                by_week.setdefault((form, week.first), ExpectedReport(crisis, FORMS[form], week))
    return [by_week[key] for key in sorted(by_week)]


def asked_by(at: datetime) -> list[tuple[CountForm, CountPeriod]]:
    """For what the crises that were declared by a moment ask: `cases.services.expectations` expects it with all else."""
    return [(each.form, each.period) for each in expected_reports(at.astimezone(COPENHAGEN).date(), at)]


def missing_of(partner: Partner, day: date | None = None) -> list[ExpectedReport]:
    """The reports for which a crisis alone asks that are due from a partner and are not there, the oldest in front."""
    on = day or today()
    if partner.mode != Mode.LIVE:
        return []
    now = timezone.now()
    words, closed_at = words_of([partner.pk], now), closings([partner], now).get(partner.pk)
    reports_asked = [
        each
        for each in expected_reports(on)
        if each.due <= on
        and had_ended(each.period, closed_at)
        and is_asked_of(partner, each.form, each.period, words[partner.pk, each.form.id])
    ]
    there = set(
        CountReport.objects.filter(
            partner=partner, superseded_at=None, form__in={each.form.id for each in reports_asked}
        )
        .order_by()
        .values_list("form", "period")
    )
    return [each for each in reports_asked if (each.form.id, each.period.first) not in there]


def weeks_reported(crisis: Crisis, day: date | None = None) -> list[tuple[CountForm, CountPeriod, int, int]]:
    """Of each form and week of a crisis, how many partners have reported and of how many it is expected. The newest in front."""
    weeks = [*weeks_of(crisis, day or today())]
    if not weeks:
        return []
    now, first, last = timezone.now(), weeks[0].first, weeks[-1].first
    return [
        (form, week, each.reports, each.partners)
        for form in (FORMS[name] for name in crisis.forms)
        for week, each in reversed(coverage(form, first, last, now).items())
    ]


LASTING = """
SELECT c.title_da, c.title_en, ARRAY(
  SELECT DISTINCT p.language
  FROM notices_noticepublication p
  JOIN notices_notice n ON n.id = p.notice_id AND n.valid_to > %s
  WHERE n.crisis_id = c.id AND NOT EXISTS (SELECT FROM notices_noticewithdrawal w WHERE w.of_id = n.id)
) AS tags
FROM notices_crisis c
LEFT JOIN notices_crisisend e ON e.of_id = c.id
WHERE c.started_on <= %s AND coalesce(e.ended_on, 'infinity') >= %s AND EXISTS (
  SELECT FROM notices_noticepublication p JOIN notices_notice n ON n.id = p.notice_id WHERE n.crisis_id = c.id
)
ORDER BY c.started_on, c.id
"""


@dataclass(frozen=True, slots=True)
class LastingCrisis:
    """A crisis that lasts. `tags`: the languages in which somebody can read of it what holds."""

    title: Text
    tags: frozenset[str]


def lasting_crises(day: date | None = None) -> ListQuery[LastingCrisis]:
    """The crises that last on a day (None: today), the first one in front."""
    on = day or today()
    return ListQuery(LASTING, (timezone.now(), on, on), crisis_of)


def crisis_of(title_da: str, title_en: str, tags: list[str]) -> LastingCrisis:
    return LastingCrisis(Text(title_da, title_en), frozenset(tags))
