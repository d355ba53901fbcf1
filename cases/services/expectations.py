"""Of whom which form is expected, and how each period stands. It is derived on each request and never stored.

Staff say since when a partner reports a form or does not (`CountAssignment`). Of whom they have said nothing, the form's kinds say
it: a partner of these that has a calendar reports the form from the day on which both have begun. Rooms above ask for more, such as
the weeks of a crisis (`add_asked_periods`). Of a partner that has closed what had ended by then is expected, and in test mode
nothing.

A period was received in time where its first version was recorded before its deadline. A correction makes nobody late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from cases.months import COPENHAGEN, midnight
from cases.services.forms import FORMS
from cases.services.models import CountAssignment, CountReport
from cases.services.periods import CountPeriod, CountPeriodState
from cases.services.shapes import CountForm, CountPeriodKind
from partners.kinds import Kind, Mode, Reporting
from partners.models import AuditEvent, Partner
from partners.organisations.models import SuccessionDecision

# Of a partner that nobody is known to have closed: nothing is expected of it.
ALWAYS = datetime.min.replace(tzinfo=UTC)


def closings(partners: Iterable[Partner], at: datetime) -> dict[UUID, datetime]:
    """When each of those partners that are closed now had last closed, but for those that were open at a moment still.

    One that was opened again counts as open all along. Two statements, and none where no partner is closed.
    """
    keys = [each.pk for each in partners if not each.active]
    times: dict[UUID, datetime] = {}
    for when, partner, active in sorted(switches(keys)) if keys else ():
        if active:
            times.pop(partner, None)
        else:
            times.setdefault(partner, when)
    return {each: times.get(each, ALWAYS) for each in keys if times.get(each, ALWAYS) <= at}


def switches(partners: Iterable[UUID]) -> Iterable[tuple[datetime, UUID, bool]]:
    """When staff said of partners that they are open or closed, and when a succession was approved that closed one."""
    events = AuditEvent.objects.filter(action="partner.change", subject__in=map(str, partners))
    for when, subject, detail in events.order_by().values_list("at", "subject", "detail"):
        if "active" in detail:
            yield when, UUID(subject), bool(detail["active"])
    decisions = SuccessionDecision.objects.filter(approved=True, request__old__in=partners)
    for when, partner in decisions.values_list("decided_at", "request__old"):
        yield when, partner, False


# So many days after its end a period is due. A month has the days of the partner's calendar, as referrals have.
DUE_DAYS = {CountPeriodKind.WEEK: 3, CountPeriodKind.YEAR: 60}
Words = Sequence[CountAssignment]
# A form and a period of it that has begun, of which a room above says that the form's kinds of partners report it.
AskedPeriod = tuple[CountForm, CountPeriod]
# For what rooms above had asked by a moment. Each adds its own when the program starts, so that this one knows none.
ASKED: list[Callable[[datetime], Iterable[AskedPeriod]]] = []


def add_asked_periods(periods_at: Callable[[datetime], Iterable[AskedPeriod]]) -> None:
    """Expect what a room above asks for, on every page, in every mail and beside every figure."""
    ASKED.append(periods_at)


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
    """What was known of some partners at a moment.

    `words`: what staff had said of a form. `first_times`: when a form of a period first came. `closing_times`: when those that
    have closed did. `besides`: what rooms above ask for besides.
    """

    words: Mapping[tuple[UUID, str], Words]
    first_times: Mapping[tuple[UUID, str, date], datetime]
    closing_times: Mapping[UUID, datetime]
    besides: Sequence[AskedPeriod] = ()

    def periods(self, partner: Partner, form: CountForm, now: datetime) -> list[CountPeriod]:
        """The periods of a form that have begun and are expected of a partner, in order."""
        words, closed_at = self.words[partner.pk, form.id], self.closing_times.get(partner.pk)
        besides = (period for of, period in self.besides if of == form and is_asked_of(partner, form, period, words))
        periods = sorted({*periods_of(partner, form, words, now), *besides})
        return [each for each in periods if had_ended(each, closed_at)]

    def expectations(self, partner: Partner, form: CountForm, now: datetime) -> list[CountExpectation]:
        """How the periods of a form that are expected of a partner stand, the latest first."""
        return [
            evaluate(partner, form, period, self.first_times.get((partner.pk, form.id, period.first)), now)
            for period in reversed(self.periods(partner, form, now))
        ]


def known_of(partners: Collection[Partner], at: datetime, *forms: str) -> CountKnowledge:
    """What was known of partners at a moment; of some forms, by their ids. Two statements, and two more where one has closed."""
    keys = [each.pk for each in partners]
    return CountKnowledge(words_of(keys, at), first_reports(keys, at, *forms), closings(partners, at))


def asked_by(at: datetime) -> list[AskedPeriod]:
    """What rooms above had asked for by a moment."""
    return [each for periods_at in ASKED for each in periods_at(at)]


def expectations_of(partners: Collection[Partner], at: datetime) -> dict[UUID, list[CountExpectation]]:
    """All that is expected of partners up to the present periods: by form, the latest period first.

    As many statements for many partners as for one.
    """
    knowledge = known_of(partners, at)._replace(besides=asked_by(at))
    return {each.pk: of_known(each, knowledge, at) for each in partners}


def of_known(partner: Partner, knowledge: CountKnowledge, now: datetime) -> list[CountExpectation]:
    """What is expected of a partner, by what is known of it."""
    return [each for form in FORMS.values() for each in knowledge.expectations(partner, form, now)]


def of_partner(partner: Partner, now: datetime) -> list[CountExpectation]:
    """The same of one partner, but for what rooms above ask for, where they tell of that themselves. Two statements."""
    return of_known(partner, known_of([partner], now), now)


def coverage(form: CountForm, first: date, last: date, at: datetime) -> dict[CountPeriod, CountCoverage]:
    """Who had reported a form by a moment, for each period that begins from `first` to `last`.

    It is of partners that have closed since, too. Three statements, two more where one has closed, and those of rooms above.
    """
    partners = [*Partner.objects.filter(mode=str(Mode.LIVE), created_at__lte=at)]
    knowledge = known_of(partners, at, form.id)._replace(besides=asked_by(at))
    numbers: dict[CountPeriod, list[CountPeriodState | None]] = {
        period: [] for period in CountPeriod.since(form.period, first, last)
    }
    for partner in partners:
        by_period = {each.period: each.state for each in knowledge.expectations(partner, form, at)}
        for period, states in numbers.items():
            if period in by_period:
                states.append(by_period[period])
            elif (partner.pk, form.id, period.first) in knowledge.first_times:
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


def is_asked_of(partner: Partner, form: CountForm, period: CountPeriod, words: Words) -> bool:
    """Whether a period for which a room above asks is expected of a partner because of that alone.

    It is of the form's kinds and was there before the period ended: who joins today is not asked for last week. Where staff have
    said whether it reports, that holds.
    """
    is_of_kind = partner.mode == Mode.LIVE and Kind(partner.kind) in form.reporters
    return is_of_kind and not had_ended(period, partner.created_at) and word_for(period.first, words) is None


def had_ended(period: CountPeriod, at: datetime | None) -> bool:
    """Whether a period had ended at a moment. None: the moment of a partner that is open still, of which all is expected."""
    return at is None or midnight(period.last + timedelta(days=1)) <= at


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


def due(partner: Partner, form: CountForm, period: CountPeriod) -> datetime:
    """The moment from which on a period of a partner is late."""
    return midnight(period.last + timedelta(days=1 + DUE_DAYS.get(form.period, partner.report_due_days)))


def evaluate(
    partner: Partner, form: CountForm, period: CountPeriod, first_at: datetime | None, now: datetime
) -> CountExpectation:
    """How an expected period stands at a moment."""
    due_at = due(partner, form, period)
    if first_at is None:
        state = CountPeriodState.MISSING if now >= due_at else CountPeriodState.NOT_DUE
    else:
        state = CountPeriodState.LATE if first_at >= due_at else CountPeriodState.RECEIVED
    return CountExpectation(form, period, due_at, state, first_at)


def missing(expectations: Iterable[CountExpectation]) -> Iterator[CountExpectation]:
    """Those whose deadline has passed without a report."""
    return (each for each in expectations if each.state == CountPeriodState.MISSING)
