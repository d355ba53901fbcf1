"""The three forms of a period."""

from __future__ import annotations

from datetime import date

import pytest

from stats.periods import Period


def period(text: str) -> Period:
    found = Period.parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "first", "last", "before"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 1), "2022"),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 1), "2022-Q1"),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 1), "2022-Q4"),
        ("2019-2023", date(2019, 1, 1), date(2023, 12, 1), None),
    ],
)
def test_a_period_has_months_and_a_year_before(text: str, first: date, last: date, before: str | None) -> None:
    found = period(text)
    assert (found.id, found.first, found.last, found.year_before) == (text, first, last, before)
    assert (found.months()[0], found.months()[-1]) == (first, last)
    assert found.annual == (text == "2023")


def test_a_period_has_every_month_once() -> None:
    assert len(period("2019-2023").months()) == len(set(period("2019-2023").months())) == 60
    assert period("2023-Q4").months() == (date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1))


def test_periods_in_words() -> None:
    assert [period(text).label for text in ("2023", "2023-Q4", "2019-2023")] == [
        ("2023", "2023"),
        ("4. kvartal 2023", "2023, quarter 4"),
        ("2019–2023", "2019–2023"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "1999",
        "2200",
        "2023-Q0",
        "2023-Q5",
        "2023-q1",
        "2023-2019",
        "2023-2023",
        "2023-01",
        "2023 ",
        "2023\n",
        "0000",
        "0000-Q1",
        "0000-2023",
        "2019-0000",
        "２０２３",
        "2019–2023",
        "1999-2003",
        "2019-2200",
        "2019-2020-2021",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert Period.parse(text) is None
