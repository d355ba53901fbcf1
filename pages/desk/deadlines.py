"""What is to be reported next, in one list by its last day: referrals, forms of counts, weeks of a crisis, and the signed year."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from cases.months import today
from cases.services.expectations import expectations_of
from cases.services.states import CountPeriodState
from cases.windows import reading
from core.text import Text
from oversight.reporting import states
from oversight.reporting.states import PeriodReport
from pages.desk.frame import Visit
from pages.desk.words import REFERRALS_OF, SIGNATURE_OF
from partners.kinds import Reporting


class Deadline(NamedTuple):
    """The last day of something that has not come yet, and the page on which it is done."""

    day: date
    words: Text
    address: str


def deadlines(visit: Visit, reports: Collection[PeriodReport], now: datetime) -> list[Deadline]:
    """What is due today or later, the next first. What is missing stands with what waits."""
    every = (*of_referrals(visit, reports, now), *of_counts(visit, now), *of_years(visit))
    return sorted((each for each in every if each.day >= today()), key=lambda each: each.day)


def of_referrals(visit: Visit, reports: Collection[PeriodReport], now: datetime) -> Iterator[Deadline]:
    """The periods of referrals that are not complete; where all are, the next one."""
    waiting = [each.period for each in reports if each.state in states.WAITING]
    following = states.next_period(visit.partner.calendar, reports, now)
    for period in waiting or ([following] if following else []):
        yield Deadline(period.last_day, with_name(REFERRALS_OF, period.label), visit.address("records"))


def of_counts(visit: Visit, now: datetime) -> Iterator[Deadline]:
    """The forms of counts that have not come, those of a crisis too."""
    for each in expectations_of([visit.partner], now)[visit.partner.pk]:
        if each.state == CountPeriodState.NOT_DUE:
            words = Text(*(f"{each.form.label(of)}, {each.period.words(of)}" for of in Text._fields))
            yield Deadline(each.last_day, words, visit.address("count", form=each.form.id, period=each.period.id))


def of_years(visit: Visit) -> Iterator[Deadline]:
    """The signatures of last year and this one, where the partner's calendar has them."""
    calendar, this = visit.partner.calendar, today().year
    if calendar.frequency == Reporting.NONE or calendar.since is None:
        return
    years = reading.years_of(visit.partner.pk)
    for year in range(max(this - 1, calendar.since.year), this + 1):
        day = years.window(year).deadline_on
        if day is not None and not years.is_signed(year):
            yield Deadline(day, with_name(SIGNATURE_OF, Text(str(year), str(year))), visit.address("year", year=year))


def with_name(words: Text, name: Text) -> Text:
    """Words with the name of a period in them."""
    return Text(words.da.format(name.da), words.en.format(name.en))
