"""What a crisis changes of reporting: the weeks in which its forms are expected, and from whom they are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from cases.months import COPENHAGEN, today
from cases.notices.models import Crisis
from cases.services.expectations import (
    DUE_DAYS,
    CountExpectation,
    CountKnowledge,
    Words,
    is_expected,
    known_of,
    of_known,
    words_of,
)
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountPeriodKind
from partners.kinds import Kind, Mode
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


def last_day(crisis: Crisis) -> date | None:
    """The last day of a crisis; None while it lasts."""
    return crisis.end.ended_on if hasattr(crisis, "end") else None


def weeks_of(crisis: Crisis, day: date) -> Iterator[CountPeriod]:
    """The weeks of a crisis that have begun by a day, the first one in front: every week that has a day of it."""
    end = min(last_day(crisis) or day, day)
    if day < crisis.started_on:
        return
    first = CountPeriod.holding(CountPeriodKind.WEEK, crisis.started_on).first
    yield from CountPeriod.since(CountPeriodKind.WEEK, first, end)


def expected_reports(day: date | None = None) -> list[ExpectedReport]:
    """The reports that all crises have asked for by a day; a week in which two ask for a form is expected once."""
    on = day or today()
    by_week: dict[tuple[str, date], ExpectedReport] = {}
    for crisis in Crisis.objects.select_related("end").filter(started_on__lte=on).order_by("started_on", "id"):
        for form in crisis.forms:
            for week in weeks_of(crisis, on):
                by_week.setdefault((form, week.first), ExpectedReport(crisis, FORMS[form], week))
    return [by_week[key] for key in sorted(by_week)]


def is_asked(partner: Partner, form: CountForm, week: CountPeriod, words: Words) -> bool:
    """Whether a crisis asks a partner for a form of a week: by what staff have said of it, or else by its kind."""
    return is_expected(week, words, date.min if Kind(partner.kind) in form.reporters else None)


def is_asked_of(partner: Partner, report: ExpectedReport, words: Mapping[tuple[UUID, str], Words]) -> bool:
    """Whether a report is expected of a partner because of a crisis alone. In test mode nothing is expected.

    Where staff have said whether it reports a form, that holds: `cases.services.expectations` tells what is missing of it.
    """
    form, week = report.form, report.period
    is_of_kind = partner.mode == Mode.LIVE and Kind(partner.kind) in form.reporters
    is_said = any(word.since <= week.first for word in words[partner.pk, form.id])
    return is_of_kind and partner.created_at.date() < report.due and not is_said


def expectations_of(partners: Collection[Partner], at: datetime) -> dict[UUID, list[CountExpectation]]:
    """All that is expected of partners up to the present periods, that of crises too: by form, the latest period first.

    As many statements for many partners as for one.
    """
    knowledge = known_of([each.pk for each in partners], at)
    reports = expected_reports(at.astimezone(COPENHAGEN).date())
    return {
        each.pk: in_order([*of_known(each, knowledge, at), *of_crises(each, reports, knowledge, at)])
        for each in partners
    }


def of_crises(
    partner: Partner, reports: Iterable[ExpectedReport], knowledge: CountKnowledge, at: datetime
) -> Iterator[CountExpectation]:
    """What crises alone ask of a partner."""
    return (
        knowledge.expectation(partner, each.form, each.period, at)
        for each in reports
        if is_asked_of(partner, each, knowledge.words)
    )


def in_order(expectations: Iterable[CountExpectation]) -> list[CountExpectation]:
    """By form, the latest period first."""
    order = {form: place for place, form in enumerate(FORMS)}
    return sorted(expectations, key=lambda each: (order[each.form.id], -each.period.first.toordinal()))


def missing_of(partner: Partner, day: date | None = None) -> list[ExpectedReport]:
    """The reports for which a crisis alone asks that are due from a partner and are not there, the oldest in front."""
    on = day or today()
    if partner.mode != Mode.LIVE:
        return []
    words = words_of([partner.pk], timezone.now())
    reports_asked = [each for each in expected_reports(on) if each.due <= on and is_asked_of(partner, each, words)]
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
    on = day or today()
    partners = [*Partner.objects.filter(active=True, mode=Mode.LIVE).only("pk", "kind")]
    words = words_of([each.pk for each in partners], timezone.now())
    rows = CountReport.objects.filter(superseded_at=None, form__in=crisis.forms).order_by()
    there = {*rows.values_list("form", "period", "partner_id")}
    return [
        (form, week, sum((form.id, week.first, key) in there for key in expected_of), len(expected_of))
        for form in (FORMS[each] for each in crisis.forms)
        for week in reversed([*weeks_of(crisis, on)])
        for expected_of in [[each.pk for each in partners if is_asked(each, form, week, words[each.pk, form.id])]]
    ]
