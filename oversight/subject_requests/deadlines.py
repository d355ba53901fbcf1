"""When a person's request must be answered: within one month, or three where it was extended (GDPR, Article 12(3)).

Months are those of the calendar, and the period ends on a working day (Regulation 1182/71, Article 3): a request of 31 January is
due on the last day of February, and one whose month ends on a Saturday is due on the next working day.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS, EXTENDED_MONTHS = 1, 3
# Days of the Danish calendar by their distance from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit
# Monday. A holiday that were missing here would only make a request due earlier.
AROUND_EASTER = (-3, -2, 1, 39, 50)
FIXED = ((1, 1), (12, 25), (12, 26))


def due_on(received_on: date, months: int = MONTHS) -> date:
    """The last day on which a request that was received on a day can be answered in time."""
    return next_working_day(months_later(received_on, months))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_working_day(day: date) -> date:
    """The day itself, or the first one after it that is no Saturday, Sunday or Danish holiday."""
    while day.weekday() >= calendar.SATURDAY or is_holiday(day):
        day += timedelta(days=1)
    return day


def is_holiday(day: date) -> bool:
    """Whether a day is a Danish public holiday."""
    return (day.month, day.day) in FIXED or (day - easter(day.year)).days in AROUND_EASTER


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, correction = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * correction + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
