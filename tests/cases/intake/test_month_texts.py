"""Months are read from months and dates as people and programs write them, and nobody guesses which number is the month."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.texts import MONTHS, DateOrder
from tests.cases.intake.reading_cells import columns, meaning, row


@pytest.mark.parametrize(
    "cell",
    [
        "2025-03",
        "2025/3",
        "2025.03",
        "03-2025",
        "3/2025",
        "03.2025",
        "marts 2025",
        "Marts  2025",
        "mar. 2025",
        "March 2025",
        "14. marts 2025",
        "d. 14. marts 2025",
        "March 14, 2025",
        "2025 mar",
        "14-03-2025",
        "14.3.2025",
        "14. 3. 2025",
        "14/03/2025",
        "03/14/2025",
        "03-03-2025",
        "2025-03-14",
        "2025-03-14T00:00:00Z",
        "2025-03-14 12:30:00",
        "202503",
        "20250314",
        202503,
        202503.0,
        45730,
        45730.5,
        date(2025, 3, 14),
        datetime(2025, 3, 14, 12, 30),  # noqa: DTZ001 (a spreadsheet's has no zone)
    ],
)
def test_months_as_people_and_programs_write_them(cell: str | float | date) -> None:
    assert meaning("referred_in", cell) == "2025-03"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("14-03-25", "14-03-25"),
        ("2025-13", "2025-13"),
        ("2025-03-32", "2025-03-32"),
        ("32-03-2025", "32-03-2025"),
        ("99-99-2025", "99-99-2025"),
        ("201203", "201203"),
        ("ma 2025", "ma 2025"),
        ("ju 2025", "ju 2025"),
        ("0325", "0325"),
        (True, "true"),
        (3, "3"),
        (1e300, "1e+300"),
        ("x" * 200, "x" * 200),
    ],
)
def test_what_is_no_month_stays_a_text(cell: str | float, text: str) -> None:
    assert meaning("referred_in", cell) == text


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_has_its_names_in_both_languages(number: int) -> None:
    for name in MONTHS[number - 1].split():
        assert meaning("referred_in", f"{name} 2025") == f"2025-{number:02d}"
        assert meaning("referred_in", f"{name[:3].upper()} 2025") == f"2025-{number:02d}"


def test_a_day_that_can_be_a_month_is_asked_about_once() -> None:
    table = columns()
    for line, cell in enumerate(("2025-03", "03-04-2025", "05/06/2025", "03-04-2025"), 2):
        value = table.members(row({"referred_in": cell}, line))[0]["referred_in"]
        assert value == cell
    [question] = table.questions
    assert (question.kind, question.column, question.line, question.field) == ("date", 2, 3, "referred_in")
    assert (question.guess, question.options) == ("day_first", ("day_first", "month_first"))


def test_the_answer_holds_for_the_column() -> None:
    danish = MappingContent(dates={"referred_in": DateOrder.DAY_FIRST})
    american = MappingContent(dates={"referred_in": DateOrder.MONTH_FIRST})
    assert [meaning("referred_in", "03-04-2025", each) for each in (danish, american)] == ["2025-04", "2025-03"]
    assert meaning("referred_in", "03-14-2025", danish) == "03-14-2025"
