"""The window of a year: when it opens, by when its report is expected, and when it closes. Pure functions of dates.

All days are days of Copenhagen, and a day on which something may be done is open until its midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from cases.months import COPENHAGEN
from partners.kinds import NOTHING_EXPECTED, Calendar, Reporting

# The year's first figures are published in March, so what comes after February is in none of them. Corrections have half a year:
# they are in the next vintage.
NEW_CLOSES, CORRECTIONS_CLOSE = (3, 1), (7, 1)
# A partner whose calendar gives it long to report has so many days more after its last deadline, and so many more for corrections.
GRACE, GRACE_OF_CORRECTIONS = timedelta(days=30), timedelta(days=90)


class WindowAct(StrEnum):
    """What a window opens and closes for. A withdrawal is a correction; what makes a record stand in a year is new there."""

    NEW = "NEW"
    CORRECT = "CORRECT"


class PeriodRule(StrEnum):
    """Why something is refused: ids of the rulebook."""

    NOT_OPEN = "period_not_open"
    CLOSED_FOR_NEW = "period_closed_for_new"
    CLOSED_FOR_CORRECTIONS = "period_closed_for_corrections"
    SIGNED = "period_signed"


class WindowState(StrEnum):
    """How a year stands for whoever sends."""

    NOT_OPEN = "NOT_OPEN"
    OPEN = "OPEN"
    CORRECTIONS = "CORRECTIONS"
    CLOSED = "CLOSED"
    SIGNED = "SIGNED"
    REOPENED = "REOPENED"


@dataclass(frozen=True, slots=True)
class YearWindow:
    """The days of a year's window, each the last but `opens_on`. None: without an end, or nothing expected."""

    opens_on: date | None = None
    deadline_on: date | None = None
    new_until: date | None = None
    corrections_until: date | None = None

    def changed_by(self, other: YearWindow) -> YearWindow:
        """This window with the days that another one has.

        Corrections close no earlier than what is new, also where the two days come from different rows: the day that the other
        window has holds, and the one that it says nothing of follows.
        """
        days = {name: day for name in YearWindow.__slots__ if (day := getattr(other, name)) is not None}
        window = replace(self, **days)
        if window.new_until is None or window.corrections_until is None or window.new_until <= window.corrections_until:
            return window
        if other.new_until is None:
            return replace(window, new_until=window.corrections_until)
        return replace(window, corrections_until=window.new_until)

    def refusal(self, act: WindowAct, day: date) -> PeriodRule | None:
        """Why an act is refused on a day, or None."""
        if act == WindowAct.NEW and self.opens_on is not None and day < self.opens_on:
            return PeriodRule.NOT_OPEN
        if act == WindowAct.NEW and self.new_until is not None and day > self.new_until:
            return PeriodRule.CLOSED_FOR_NEW
        if act == WindowAct.CORRECT and self.corrections_until is not None and day > self.corrections_until:
            return PeriodRule.CLOSED_FOR_CORRECTIONS
        return None


NEVER_CLOSED = YearWindow()


def default_window(calendar: Calendar, year: int) -> YearWindow:
    """The window of a year where staff have set nothing.

    Closing belongs to the calendar: a partner of which nothing is expected in the year can send it at any time.
    """
    if calendar.frequency == Reporting.NONE or calendar.since is None or calendar.since.year > year:
        return NEVER_CLOSED
    deadline = date(year, 12, 31) + timedelta(days=calendar.due_days)
    new_until = max(date(year + 1, *NEW_CLOSES) - timedelta(days=1), deadline + GRACE)
    corrections_until = max(date(year + 1, *CORRECTIONS_CLOSE) - timedelta(days=1), new_until + GRACE_OF_CORRECTIONS)
    return YearWindow(date(year, 1, 1), deadline, new_until, corrections_until)


@dataclass(frozen=True, slots=True)
class YearEvent:
    """The last thing that happened to a year: it was signed, or with `until` reopened for so long.

    `is_own`: one of the partner's people reopened it. That ends the signature and opens no window, so that its day says nothing.
    """

    until: date | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class PartnerYears:
    """The windows of one partner's years. `for_all` and `own`: what staff have set. `events`: the last one of each year.

    `open_digests`: the records that are open by themselves, each in the year in which it lies.
    """

    calendar: Calendar = NOTHING_EXPECTED
    is_test: bool = False
    for_all: Mapping[int, YearWindow] = field(default_factory=dict)
    own: Mapping[int, YearWindow] = field(default_factory=dict)
    events: Mapping[int, YearEvent] = field(default_factory=dict)
    open_digests: frozenset[str] = frozenset()

    def window(self, year: int) -> YearWindow:
        """The window of a year.

        A rehearsal is never stuck: in test mode the default and what is set for all open and close nothing. What is set for the
        partner itself does, so that a refusal can be rehearsed.
        """
        window = default_window(self.calendar, year)
        if window != NEVER_CLOSED:
            window = window.changed_by(self.for_all.get(year, NEVER_CLOSED))
        if self.is_test:
            window = YearWindow(deadline_on=window.deadline_on)
        return window.changed_by(self.own.get(year, NEVER_CLOSED))

    def is_signed(self, year: int) -> bool:
        """Whether the year is signed, and was not reopened since."""
        event = self.events.get(year)
        return event is not None and event.until is None

    def reopened_until(self, year: int, day: date) -> date | None:
        """The last day of the reopening by the centre that is under way, or None. Until then the year takes everything."""
        event = self.events.get(year)
        if event is None or event.is_own or event.until is None or day > event.until:
            return None
        return event.until

    def refusal(self, year: int, act: WindowAct, day: date) -> PeriodRule | None:
        """Why an act in a year is refused on a day, or None."""
        if self.is_signed(year):
            return PeriodRule.SIGNED
        if self.reopened_until(year, day) is not None:
            return None
        return self.window(year).refusal(act, day)

    def state(self, year: int, day: date) -> WindowState:
        """How a year stands on a day."""
        if self.is_signed(year):
            return WindowState.SIGNED
        if self.reopened_until(year, day) is not None:
            return WindowState.REOPENED
        refusals = {act: self.window(year).refusal(act, day) for act in WindowAct}
        if refusals[WindowAct.CORRECT] is not None:
            return WindowState.CLOSED
        if refusals[WindowAct.NEW] is not None:
            return WindowState.NOT_OPEN if refusals[WindowAct.NEW] == PeriodRule.NOT_OPEN else WindowState.CORRECTIONS
        return WindowState.OPEN

    def refusal_of_write(
        self, month: date, before: date | None, day: date, *, counts: bool, is_opened: bool = False
    ) -> PeriodRule | None:
        """Why a record cannot be written, or None.

        `before`: the month in which its current version lies, if there is one. `counts`: that one is not withdrawn. What moves
        into a year, or stands there again, is new there. `is_opened`: the record is open by itself, so that the year in which it
        lies holds it up in nothing; any other year does.
        """
        if before is not None and not is_opened and (rule := self.refusal(before.year, WindowAct.CORRECT, day)):
            return rule
        is_new_there = before is None or before.year != month.year or not (counts or is_opened)
        return self.refusal(month.year, WindowAct.NEW, day) if is_new_there else None


def day_of(moment: datetime) -> date:
    return moment.astimezone(COPENHAGEN).date()
