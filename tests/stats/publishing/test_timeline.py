"""The atoms of time: each record is in one run of months, and what changed between two vintages is counted step by step."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from stats.models import PUBLIC
from stats.periods import Period
from stats.publishing.atoms import atom_label, make_timeline
from stats.publishing.choice import Choice
from stats.publishing.sources import CountedRecord, ReleaseSource, period_of, whole_years


def counted(number: int, month: str) -> CountedRecord:
    """A record."""
    return CountedRecord(UUID(int=number), date.fromisoformat(f"{month}-01"), ())


def vintage(number: int, *records: CountedRecord) -> ReleaseSource:
    """A vintage of 2012."""
    moment = datetime(2013, number, 1, tzinfo=UTC)
    return ReleaseSource(f"2012.p{number}", PUBLIC, period_of("2012"), moment, Choice(()), records, {}, {})


def test_a_record_is_in_the_run_of_its_month_alone() -> None:
    records = [counted(1, "2012-12"), counted(2, "2013-01")]
    time = make_timeline([], records, (date(2012, 1, 1), date(2013, 12, 1)))
    assert [(run.label, run.records) for run in time.runs] == [
        ("2012-01..2012-12", frozenset(records[:1])),
        ("2013-01..2013-12", frozenset(records[1:])),
    ]


def test_what_changed_over_several_vintages_is_counted_step_by_step() -> None:
    """One record comes and goes again, and one goes and comes: each was added and removed."""
    first, passing, later, back = (counted(number, "2012-05") for number in range(4))
    sources = [vintage(1, first, back), vintage(2, first, passing), vintage(3, first, later, back)]
    time = make_timeline(sources, sources[-1].records, (date(2012, 1, 1), date(2012, 12, 1)))
    assert time.records_changed("2012.p1", "2012.p3") == (3, 2)
    assert time.records_changed("2012.p2", "2012.p3") == (2, 1)
    assert time.records_changed("2012.p3", "2012.p3") == (0, 0)


def test_years_are_whole_from_the_first_month_to_the_last() -> None:
    assert whole_years([period_of("2012-Q3"), period_of("2014-Q1")]) == (date(2012, 1, 1), date(2014, 12, 1))


def test_a_label_names_up_to_eight_codes() -> None:
    codes = list("abcdefghi")
    assert atom_label([*codes[:8], "a"]) == "a+b+c+d+e+f+g+h"
    assert atom_label(codes) == "a+8 codes"


def test_a_release_has_a_period() -> None:
    assert period_of("2012") == Period.parse("2012")
    with pytest.raises(LookupError):
        period_of("once")
