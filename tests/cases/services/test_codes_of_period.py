"""Codes that change within a period: what is offered, what is accepted, and what is said of the others, against a plain model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from cases.codelists import REGION
from cases.codelists.common import code, introduce, retire
from cases.codelists.types import DaySpan
from cases.intake.countfiles import books, words
from cases.services import content
from cases.services.content import ContentRefused, CountFault
from cases.services.forms import SITUATION
from cases.services.periods import CountPeriod
from cases.services.shapes import CountPeriodKind
from pages.desk.counts import fields
from pages.desk.counts.sheet import sheet_like
from tests.code_changes import NOTICE, Alter, alter

__all__ = ["alter"]

MONDAY = date(2027, 3, 1)
WEEK = CountPeriod(MONDAY, CountPeriodKind.WEEK)
# From the Sunday before the week to the Monday after it.
DAYS = [MONDAY + timedelta(days=each) for each in range(-1, 8)]
WEDNESDAY, FRIDAY, AFTER = DAYS[3], DAYS[5], DAYS[8]
NORTH = code("NORTH", "Landsdel Nord", "The North")


def change(alter: Alter, last: date, first: date) -> None:
    """Two areas end on a day, and one in their place begins on a day."""
    old = (retire(REGION.by_code[name], last, NOTICE, "NORTH") for name in ("DK04", "DK05"))
    alter(REGION, *old, introduce(NORTH, first, NOTICE))


def report(name: Any) -> dict[str, Any]:
    """A line of a week."""
    return {"situation": [{"region": name, "contacts": 3}]}


def fault(name: Any, day: date, week: CountPeriod = WEEK) -> CountFault:
    """What is said of a code."""
    with pytest.raises(ContentRefused) as refusal:
        content.read(SITUATION, week, report(name), day)
    [found] = refusal.value.faults
    return found


def accepted(day: date) -> Iterator[str]:
    """The codes with which the week can be reported on a day."""
    for name in REGION.names:
        try:
            content.read(SITUATION, WEEK, report(name), day)
        except ContentRefused:
            continue
        yield name


def test_page_sheet_and_answer_offer_what_is_accepted(alter: Alter) -> None:
    """Whenever the codes change, and on each day on which the week can be reported."""
    for last, first in product(DAYS, DAYS):
        change(alter, last, first)
        for day in DAYS[1:]:
            come = [each for each in DAYS[1:8] if each <= day]
            expected = [name for name, one in REGION.by_code.items() if any(map(one.is_valid_on, come))]
            days = WEEK.days_of_codes(day)
            assert [*accepted(day)] == expected
            assert [each.code for each in fields.options(REGION, "", days)] == expected
            assert {*fault("NOWHERE", day).allowed} == {*fault(None, day).allowed} == {*expected}
            offered = books.options_of(SITUATION, "region", books.template(SITUATION, WEEK, "da", day).spans, "da")
            assert offered == [REGION.by_code[name].label.da for name in expected]
            copied = sheet_like(SITUATION, {"situation": [report(name)["situation"][0] for name in REGION.names]}, days)
            assert [each["region"] for each in copied.tables[0].lines] == expected


def test_what_is_said_of_an_old_code_and_of_one_to_come(alter: Alter) -> None:
    change(alter, WEDNESDAY, FRIDAY)
    following = CountPeriod(AFTER, CountPeriodKind.WEEK)
    ended = fault("DK04", AFTER, following)
    assert (ended.place, ended.code) == (("situation", 0, "region"), "code_retired")
    assert (ended.replaced_by, ended.allowed[0], len(ended.allowed)) == (("NORTH",), "NORTH", len(REGION.names) - 2)
    assert ended.detail.en == "Not in use from 4 Mar 2027 on. Use “The North” instead."
    assert ended.detail.da == "Ikke i brug fra 4. marts 2027. Brug i stedet »Landsdel Nord«."
    begins = fault("NORTH", WEDNESDAY)
    assert (begins.code, begins.replaced_by, begins.detail.en) == (
        *("code_not_yet_valid", ()),
        "Not in use before 5 Mar 2027.",
    )
    assert "NORTH" not in begins.allowed and {"DK04", "DK05"} <= {*begins.allowed}


def test_who_replaced_a_replaced_code_is_named_and_nobody_where_there_is_none(alter: Alter) -> None:
    change(alter, WEDNESDAY, FRIDAY)
    again = retire(REGION.by_code["NORTH"], AFTER - timedelta(days=1), NOTICE, "DK01", "DK02")
    alter(REGION, again, retire(REGION.by_code["DK03"], WEDNESDAY, NOTICE))
    following = CountPeriod(AFTER, CountPeriodKind.WEEK)
    assert fault("DK04", AFTER, following).replaced_by == ("DK01", "DK02")
    assert " or “" in fault("DK04", AFTER, following).detail.en
    assert fault("DK03", AFTER, following).detail.en == "Not in use from 4 Mar 2027 on."


def test_every_sentence_about_a_code_is_known_as_ours_when_its_sheet_comes_back(alter: Alter) -> None:
    for last, first, end in product(DAYS[::2], DAYS, DAYS[1::2]):
        change(alter, last, first)
        alter(REGION, retire(REGION.by_code["DK03"], end, NOTICE, "DK04", "NORTH"))
        told = {*content.every_sentence(REGION)}
        for begin, until in product(DAYS, DAYS):
            days = DaySpan(begin, max(begin, until))
            said = {content.words_of(REGION, each, days) for each in REGION.codes if not each.is_valid_in(days)}
            assert said <= told
    change(alter, WEDNESDAY, FRIDAY)
    assert all(words.is_ours(text) for text in fault("DK04", AFTER, CountPeriod(AFTER, CountPeriodKind.WEEK)).detail)


def test_of_a_period_to_come_the_codes_of_its_first_day_are_offered() -> None:
    assert WEEK.days_of_codes(DAYS[0]) == WEEK.days_of_codes(MONDAY) == DaySpan(MONDAY, MONDAY)
    assert WEEK.days_of_codes(AFTER) == DaySpan(MONDAY, DAYS[7])
