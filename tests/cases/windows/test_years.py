"""The window of a year as dates: the default, what staff set, and a rehearsal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.windows.years import (
    NEVER_CLOSED,
    PartnerYears,
    PeriodRule,
    WindowAct,
    YearEvent,
    YearWindow,
    default_window,
)
from partners.kinds import MOST_DUE_DAYS, Calendar, Reporting

MONTHLY = Calendar(Reporting.MONTHLY, 14, date(2024, 6, 1))
NEW, CORRECT = WindowAct


def test_a_year_without_anything_set_follows_the_calendar() -> None:
    assert default_window(MONTHLY, 2025) == YearWindow(
        date(2025, 1, 1), date(2026, 1, 14), date(2026, 2, 28), date(2026, 6, 30)
    )


def test_a_calendar_that_gives_long_keeps_its_year_open_longer() -> None:
    window = default_window(Calendar(Reporting.QUARTERLY, 180, date(2024, 1, 1)), 2025)
    assert window.deadline_on == date(2026, 6, 29)
    assert window.new_until == date(2026, 7, 29)
    assert window.corrections_until == date(2026, 10, 27)


@given(st.integers(0, MOST_DUE_DAYS), st.integers(2024, 2099))
def test_a_year_opens_before_its_deadline_and_closes_after_it(days: int, year: int) -> None:
    window = default_window(Calendar(Reporting.MONTHLY, days, date(2024, 6, 1)), year)
    assert window.opens_on and window.deadline_on and window.new_until and window.corrections_until
    assert window.opens_on < window.deadline_on < window.new_until < window.corrections_until


@pytest.mark.parametrize("calendar", [Calendar(), Calendar(Reporting.MONTHLY, 14, date(2026, 1, 1))])
def test_where_nothing_is_expected_nothing_closes(calendar: Calendar) -> None:
    assert default_window(calendar, 2025) == NEVER_CLOSED
    years = PartnerYears(calendar, for_all={2025: YearWindow(new_until=date(2025, 12, 31))})
    assert years.refusal(2025, NEW, date(2030, 1, 1)) is None


def test_what_is_set_for_a_partner_goes_before_what_is_set_for_all() -> None:
    years = PartnerYears(
        MONTHLY,
        for_all={2025: YearWindow(new_until=date(2026, 3, 31), corrections_until=date(2026, 8, 31))},
        own={2025: YearWindow(new_until=date(2026, 5, 31))},
    )
    assert years.window(2025) == YearWindow(date(2025, 1, 1), date(2026, 1, 14), date(2026, 5, 31), date(2026, 8, 31))


def test_a_day_is_open_until_its_end() -> None:
    years = PartnerYears(MONTHLY)
    assert years.refusal(2025, NEW, date(2026, 2, 28)) is None
    assert years.refusal(2025, NEW, date(2026, 3, 1)) == PeriodRule.CLOSED_FOR_NEW
    assert years.refusal(2025, CORRECT, date(2026, 6, 30)) is None
    assert years.refusal(2025, CORRECT, date(2026, 7, 1)) == PeriodRule.CLOSED_FOR_CORRECTIONS


def test_two_years_are_open_at_once() -> None:
    day = date(2026, 1, 20)
    assert [PartnerYears(MONTHLY).refusal(year, NEW, day) for year in (2025, 2026)] == [None, None]


def test_a_year_that_is_not_open_yet_takes_nothing_new() -> None:
    years = PartnerYears(MONTHLY, own={2026: YearWindow(opens_on=date(2026, 2, 1))})
    assert years.refusal(2026, NEW, date(2026, 1, 31)) == PeriodRule.NOT_OPEN
    assert years.refusal(2026, NEW, date(2026, 2, 1)) is None


def test_a_rehearsal_is_never_stuck_but_where_that_is_set_for_it() -> None:
    closed = YearWindow(new_until=date(2026, 1, 31), corrections_until=date(2026, 1, 31))
    free = PartnerYears(MONTHLY, is_test=True, for_all={2025: closed})
    day = date(2027, 1, 1)
    assert [free.refusal(2025, act, day) for act in WindowAct] == [None, None]
    assert free.window(2025).deadline_on == date(2026, 1, 14)
    set_for_it = PartnerYears(MONTHLY, is_test=True, own={2025: closed})
    assert set_for_it.refusal(2025, NEW, day) == PeriodRule.CLOSED_FOR_NEW


def test_a_signed_year_takes_nothing_and_a_reopened_one_everything_until_its_day() -> None:
    day = date(2026, 2, 1)
    signed = PartnerYears(MONTHLY, events={2025: YearEvent()})
    assert {signed.refusal(2025, act, day) for act in WindowAct} == {PeriodRule.SIGNED}
    until = date(2027, 2, 1)
    reopened = PartnerYears(MONTHLY, events={2025: YearEvent(until)})
    assert reopened.refusal(2025, NEW, until) is None
    assert reopened.refusal(2025, NEW, until + timedelta(days=1)) == PeriodRule.CLOSED_FOR_NEW


def test_a_reopening_of_the_partner_s_own_ends_the_signature_and_says_no_day() -> None:
    until = date(2026, 3, 20)
    years = PartnerYears(MONTHLY, events={2025: YearEvent(until, is_own=True)})
    assert years.reopened_until(2025, until) is None
    assert PartnerYears(MONTHLY, events={2025: YearEvent(until)}).reopened_until(2025, until) == until
    assert years.refusal(2025, NEW, until) == PeriodRule.CLOSED_FOR_NEW
    assert years.refusal(2025, CORRECT, until) is None


@pytest.mark.parametrize(
    ("own", "new_until", "corrections_until"),
    [
        (YearWindow(new_until=date(2026, 9, 30)), date(2026, 9, 30), date(2026, 9, 30)),
        (YearWindow(corrections_until=date(2026, 1, 31)), date(2026, 1, 31), date(2026, 1, 31)),
        (YearWindow(new_until=date(2026, 5, 31)), date(2026, 5, 31), date(2026, 6, 30)),
    ],
)
def test_corrections_close_no_earlier_than_new_ones(own: YearWindow, new_until: date, corrections_until: date) -> None:
    """Also where one day is the default and the other is set."""
    for set_for in ("own", "for_all"):
        years = PartnerYears(MONTHLY, **{set_for: {2025: own}})  # type: ignore[arg-type]
        window = years.window(2025)
        assert (window.new_until, window.corrections_until) == (new_until, corrections_until)
        assert years.refusal(2025, CORRECT, new_until) is None


@pytest.mark.parametrize(
    ("before", "after", "counts", "rule"),
    [
        (None, date(2024, 12, 1), True, PeriodRule.CLOSED_FOR_NEW),
        (date(2024, 7, 1), date(2024, 8, 1), True, None),
        (date(2025, 7, 1), date(2024, 8, 1), True, PeriodRule.CLOSED_FOR_NEW),
        (date(2024, 7, 1), date(2024, 7, 1), False, PeriodRule.CLOSED_FOR_NEW),
        (date(2024, 7, 1), date(2025, 7, 1), True, None),
    ],
)
def test_what_comes_to_stand_in_a_year_is_new_there(
    before: date | None, after: date, counts: bool, rule: PeriodRule | None
) -> None:
    years = PartnerYears(MONTHLY)
    assert years.refusal_of_write(after, before, date(2025, 4, 1), counts=counts) == rule


def test_what_leaves_a_year_is_corrected_there() -> None:
    years = PartnerYears(MONTHLY)
    moved = years.refusal_of_write(date(2025, 7, 1), date(2024, 7, 1), date(2025, 8, 1), counts=True)
    assert moved == PeriodRule.CLOSED_FOR_CORRECTIONS
