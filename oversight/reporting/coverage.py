"""Coverage of a release: how many of the expected partners reported, by kind and never by name (docs/decisions/0074).

A note is a function of the calendars. Nobody may be recognised by it: there is one police, and "police: nil" would say that a
number is zero. So:

* a kind is told where enough of its partners have answered (`FEWEST`). All others are one row, which the smallest told kinds join
  until it is safe too: "all are missing" says that a number is zero;
* by kind a nil report is an answer like any other, and so is a period that is complete by its deadline alone: such a partner had a
  referral for certain. Both are told of all partners together alone, and only where it is so of at least `FEWEST` and not of as
  many;
* who has begun and who is missing have not answered: they make no row safe;
* where all partners together are too few, only how many are expected is told.

So whoever knows one partner, and that partner's own people, cannot tell of another one whether it had any referral.

Reports were expected of partners that have closed or report no more since, too. The database keeps how partners are now. When they
closed, and which calendar they had, the audit tells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from cases.services.expectations import closings
from core.text import Text
from oversight.reporting import states
from oversight.reporting.periods import ReportPeriod, periods
from oversight.reporting.states import MonthAnswers, Months, State
from partners.kinds import KIND_WORDS, NOTHING_EXPECTED, Calendar, Kind, Mode, Reporting
from partners.models import AuditEvent, Partner
from stats.publishing.insiders import parties_now


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


# As many as the threshold of published persons: with one partner's own people left out, four remain.
FEWEST = 5
OTHERS = "OTHERS"
OTHERS_WORDS = Text("Andre", "Others")


class CoverageState(StrEnum):
    """How the months of a release are answered by one partner. A partner with one missing period is missing.

    `UNDECLARED`: a period was complete by its deadline alone. `BEGUN`: one has referrals, is not declared complete and not due.
    """

    COMPLETE = "COMPLETE"
    UNDECLARED = "UNDECLARED"
    LATE = "LATE"
    NIL = "NIL"
    BEGUN = "BEGUN"
    MISSING = "MISSING"


# Nothing is complete of these.
OPEN = frozenset({CoverageState.BEGUN, CoverageState.MISSING})


@dataclass(frozen=True, slots=True)
class Reporter:
    """One expected partner: its kind, how it stands, and with whom it knows together (`parties_now`, or itself)."""

    kind: str
    state: CoverageState
    insiders: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A row of the note. `complete` includes those that said nil in time, and those that declared nothing."""

    kinds: tuple[str, ...]
    partners: int
    complete: int
    late: int
    begun: int
    missing: int

    @property
    def as_json(self) -> dict[str, object]:
        numbers = {"complete": self.complete, "late": self.late, "begun": self.begun, "missing": self.missing}
        return {"kinds": list(self.kinds), "expected": self.partners, **numbers}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The note. `rows`: by kind, empty where too few partners are expected. `nil`, `undeclared`: of all, or None where not told."""

    partners: int
    rows: tuple[CoverageRow, ...] = ()
    nil: int | None = None
    undeclared: int | None = None

    def as_json(self) -> dict[str, object]:
        """The note as it is kept with its release."""
        rows = [row.as_json for row in self.rows]
        return {"expected": self.partners, "rows": rows, "nil": self.nil, "undeclared": self.undeclared}


def coverage_of(reporters: Iterable[Reporter]) -> Coverage:
    """The note on expected partners."""
    by_kind: dict[str, list[Reporter]] = defaultdict(list)
    for each in reporters:
        by_kind[each.kind].append(each)
    everybody = [each for those in by_kind.values() for each in those]
    if not is_safe(everybody):
        return Coverage(len(everybody))
    nil, undeclared_reports = (number_of(state, everybody) for state in (CoverageState.NIL, CoverageState.UNDECLARED))
    return Coverage(len(everybody), tuple(rows_of(by_kind)), nil, undeclared_reports)


def number_of(state: CoverageState, everybody: Iterable[Reporter]) -> int | None:
    """How many of all are in a state; None where that is not told, since too few are, or too few of the others that answered."""
    with_answers = with_answer(everybody)
    those = [each for each in with_answers if each.state == state]
    others = [each for each in with_answers if each.state != state]
    return len(those) if parties(those) >= FEWEST and parties(others) >= FEWEST else None


def rows_of(by_kind: Mapping[str, list[Reporter]]) -> list[CoverageRow]:
    """The rows: kinds that are safe by themselves, then all others together, which the smallest kinds join until they are safe."""
    alone = sorted((kind for kind in by_kind if is_safe(by_kind[kind])), key=lambda kind: (-len(by_kind[kind]), kind))
    together = [kind for kind in by_kind if kind not in alone]
    while together and not is_safe(reporters_of_kinds(together, by_kind)):
        together.append(alone.pop())
    rows = [row_of([kind], by_kind) for kind in sorted(alone)]
    return [*rows, row_of(together, by_kind)] if together else rows


def reporters_of_kinds(kinds: Iterable[str], by_kind: Mapping[str, list[Reporter]]) -> list[Reporter]:
    """The partners of some kinds."""
    return [each for kind in kinds for each in by_kind[kind]]


def row_of(kinds: Iterable[str], by_kind: Mapping[str, list[Reporter]]) -> CoverageRow:
    counts = Counter(each.state for each in reporters_of_kinds(kinds, by_kind))
    late, begun_reports, missing = (
        counts[each] for each in (CoverageState.LATE, CoverageState.BEGUN, CoverageState.MISSING)
    )
    complete = counts.total() - late - begun_reports - missing
    return CoverageRow(tuple(sorted(kinds)), counts.total(), complete, late, begun_reports, missing)


def is_safe(reporters: Sequence[Reporter]) -> bool:
    """Whether a row may be told: so many have answered that nobody knows of one of them what it answered."""
    return parties(with_answer(reporters)) >= FEWEST


def with_answer(reporters: Iterable[Reporter]) -> list[Reporter]:
    """Those that are complete, late or not."""
    return [each for each in reporters if each.state not in OPEN]


def parties(reporters: Iterable[Reporter]) -> int:
    """How many know something of their own: partners that share what they know are one."""
    return len({each.insiders for each in reporters})


def coverage(first: date, last: date, at: datetime) -> Coverage:
    """The note on the months from `first` to `last` as partners had answered at a moment. A few statements."""
    due = expectations(first, last, at)
    if not due:
        return Coverage(0)
    bounds = states.bounds([period for each in due.values() for period in each])
    answers, parties = states.answers_by_partner([partner.pk for partner in due], *bounds), parties_now()
    return coverage_of(
        Reporter(
            str(partner.kind),
            state_of(each, answers_of_months(answers[partner.pk], at), at),
            str(parties.get(partner.pk, partner.pk)),
        )
        for partner, each in due.items()
    )


def answers_of_months(months: Months, at: datetime) -> Months:
    """The answers that had come by a moment."""
    return {month: answers_until(each, at) for month, each in months.items()}


def answers_until(answers: MonthAnswers, at: datetime) -> MonthAnswers:
    """The answers for one month that had come by a moment."""
    declared_at = answers.declared_at if answers.declared_at and answers.declared_at <= at else None
    if answers.first_at and answers.first_at <= at:
        return replace(answers, declared_at=declared_at)
    return MonthAnswers(declared_at=declared_at)


def state_of(those: Sequence[ReportPeriod], months: Months, at: datetime) -> CoverageState:
    """How one partner stands: what is missing or not over goes first, then what is begun, was late, and was never declared."""
    reports = [states.evaluate(period, months, at) for period in those]
    if any(each.state not in {*states.COMPLETE, State.BEGUN} for each in reports):
        return CoverageState.MISSING
    if any(each.state == State.BEGUN for each in reports):
        return CoverageState.BEGUN
    if any(each.late for each in reports):
        return CoverageState.LATE
    if any(each.lacks_completion for each in reports):
        return CoverageState.UNDECLARED
    return CoverageState.NIL if all(each.state == State.NIL for each in reports) else CoverageState.COMPLETE


def kinds_in_words(kinds: Sequence[str]) -> Text:
    """The kinds of a row: by name where it is one, and otherwise as others."""
    return KIND_WORDS[Kind(kinds[0])] if len(kinds) == 1 else OTHERS_WORDS
