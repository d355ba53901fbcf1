"""Of whom which form is expected, and how each period stands. It is derived on each request and never stored.

Staff say since when a partner reports a form or does not (`CountAssignment`). Of whom they have said nothing, the form's kinds say
it: a partner of these that has a calendar reports the form from the day on which both have begun. In test mode nothing is expected.

A period was received in time where its first version was recorded before its deadline. A correction makes nobody late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from cases.months import COPENHAGEN, midnight
from cases.services.forms import FORMS
from cases.services.models import CountAssignment, CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountPeriodKind
from cases.services.states import CountPeriodState
from partners.kinds import Kind, Mode, Reporting
from partners.models import Partner

# So many days after its end a period is due. A month has the days of the partner's calendar, as referrals have.
DUE_DAYS = {CountPeriodKind.WEEK: 3, CountPeriodKind.YEAR: 60}
Words = Sequence[CountAssignment]


@dataclass(frozen=True, slots=True)
class CountExpectation:
    """A form that is expected of a partner for a period. `due_at`: what comes then is late. `first_at`: when it first came."""

    form: CountForm
    period: CountPeriod
    due_at: datetime
    state: CountPeriodState
    first_at: datetime | None

    @property
    def last_day(self) -> date:
        """The last day on which it is in time: the deadline is the midnight at its end."""
        return (self.due_at - timedelta(microseconds=1)).astimezone(COPENHAGEN).date()


@dataclass(frozen=True, slots=True)
class CountCoverage:
    """How many partners are expected to report a form of a period (`partners`), and how they stand.

    `reports`: how many of them have, the late ones with them. `others`: how many have of whom it is not expected. The numbers are
    of partners, some of which may be alone in what they do: who publishes them protects them.
    """

    partners: int = 0
    reports: int = 0
    late: int = 0
    missing: int = 0
    others: int = 0


class CountKnowledge(NamedTuple):
    """What was known of some partners at a moment: what staff had said of a form, and when a form of a period first came."""

    words: Mapping[tuple[UUID, str], Words]
    first_times: Mapping[tuple[UUID, str, date], datetime]

    def expectation(self, partner: Partner, form: CountForm, period: CountPeriod, now: datetime) -> CountExpectation:
        """How an expected period stands."""
        return evaluate(partner, form, period, self.first_times.get((partner.pk, form.id, period.first)), now)


def known_of(partners: Collection[UUID], at: datetime) -> CountKnowledge:
    """What was known of partners at a moment. Two statements."""
    return CountKnowledge(words_of(partners, at), first_reports(partners, at))


def of_known(partner: Partner, knowledge: CountKnowledge, now: datetime) -> list[CountExpectation]:
    """What is expected of a partner up to the present periods, form by form, the latest period first."""
    return [
        knowledge.expectation(partner, form, period, now)
        for form in FORMS.values()
        for period in reversed(periods_of(partner, form, knowledge.words[partner.pk, form.id], now))
    ]


def of_partner(partner: Partner, now: datetime) -> list[CountExpectation]:
    """The same of one partner. Two statements. `cases.notices.periods.expectations_of` has with it what a crisis asks for."""
    return of_known(partner, known_of([partner.pk], now), now)


def coverage(form: CountForm, first: date, last: date, at: datetime) -> dict[CountPeriod, CountCoverage]:
    """Who had reported a form by a moment, for each period that begins from `first` to `last`. Three statements."""
    partners = [*Partner.objects.filter(mode=str(Mode.LIVE), active=True, created_at__lte=at)]
    keys = [partner.pk for partner in partners]
    words, first_times = words_of(keys, at), first_reports(keys, at, form.id)
    numbers: dict[CountPeriod, list[CountPeriodState | None]] = {
        period: [] for period in CountPeriod.since(form.period, first, last)
    }
    for partner in partners:
        periods_wanted = {*periods_of(partner, form, words[partner.pk, form.id], at)}
        for period, states in numbers.items():
            first_at = first_times.get((partner.pk, form.id, period.first))
            if period in periods_wanted:
                states.append(evaluate(partner, form, period, first_at, at).state)
            elif first_at is not None:
                states.append(None)
    return {period: coverage_of(states) for period, states in numbers.items()}


def coverage_of(states: Collection[CountPeriodState | None]) -> CountCoverage:
    """The numbers of some partners. None: it reported, and nobody expected it."""
    number = Counter(states)
    late, others = number[CountPeriodState.LATE], number[None]
    reports = number[CountPeriodState.RECEIVED] + late
    return CountCoverage(len(states) - others, reports, late, number[CountPeriodState.MISSING], others)


def words_of(partners: Collection[UUID], at: datetime) -> Mapping[tuple[UUID, str], Words]:
    """What staff had said by a moment, by partner and form, what was said last first. One statement."""
    words: dict[tuple[UUID, str], list[CountAssignment]] = defaultdict(list)
    for each in CountAssignment.objects.filter(partner__in=partners, assigned_at__lte=at):
        words[each.partner_id, each.form].append(each)
    return words


def first_reports(partners: Collection[UUID], at: datetime, *forms: str) -> Mapping[tuple[UUID, str, date], datetime]:
    """When partners first reported a form of a period, as far as they had by a moment. One statement."""
    rows = CountReport.objects.filter(partner__in=partners, version=1, recorded_at__lte=at)
    rows = rows.filter(form__in=forms) if forms else rows
    return {
        (partner, form, first): recorded_at
        for partner, form, first, recorded_at in rows.values_list("partner_id", "form", "period", "recorded_at")
    }


def periods_of(partner: Partner, form: CountForm, words: Words, now: datetime) -> list[CountPeriod]:
    """The periods of a form that have begun and are expected of a partner, in order. `words`: what was said last first."""
    default = default_since(partner, form)
    starts = [each.since for each in words if each.reports] + ([default] if default else [])
    if partner.mode != Mode.LIVE or not starts:
        return []
    first = max(min(starts), form.valid_from)
    return [
        period
        for period in CountPeriod.since(form.period, first, now.astimezone(COPENHAGEN).date())
        if (form.valid_to is None or period.last <= form.valid_to) and is_expected(period, words, default)
    ]


def is_expected(period: CountPeriod, words: Iterable[CountAssignment], default: date | None) -> bool:
    """Whether a period is expected: by the word that was said last of those that hold for it, or else by the form."""
    answer = word_for(period.first, words)
    return answer if answer is not None else default is not None and default <= period.first


def counts_in_sums(kind: str, form: CountForm, first: date, words: Iterable[CountAssignment]) -> bool:
    """Whether a report of a period that begins on a day counts: by the word of staff that holds for it, or else by the kind.

    So a key writes into no figure of a form that its partner does not report, and staff take out what a stolen key sent.
    """
    answer = word_for(first, words)
    return answer if answer is not None else Kind(kind) in form.reporters


def word_for(first: date, words: Iterable[CountAssignment]) -> bool | None:
    """The word that was said last of those that hold for a period that begins on a day; None where there is none."""
    return next((each.reports for each in words if each.since <= first), None)


def default_since(partner: Partner, form: CountForm) -> date | None:
    """Since when a form is expected of a partner of whom staff have said nothing. None: it is not."""
    has_calendar = partner.reporting != Reporting.NONE and partner.reporting_since is not None
    if form.only_in_crisis or not has_calendar or Kind(partner.kind) not in form.reporters:
        return None
    return max(partner.reporting_since or form.expected_from, form.expected_from)


def evaluate(
    partner: Partner, form: CountForm, period: CountPeriod, first_at: datetime | None, now: datetime
) -> CountExpectation:
    """How an expected period stands at a moment."""
    due_at = midnight(period.last + timedelta(days=1 + DUE_DAYS.get(form.period, partner.report_due_days)))
    if first_at is None:
        state = CountPeriodState.MISSING if now >= due_at else CountPeriodState.NOT_DUE
    else:
        state = CountPeriodState.LATE if first_at >= due_at else CountPeriodState.RECEIVED
    return CountExpectation(form, period, due_at, state, first_at)


def missing(expectations: Iterable[CountExpectation]) -> Iterator[CountExpectation]:
    """Those whose deadline has passed without a report."""
    return (each for each in expectations if each.state == CountPeriodState.MISSING)
