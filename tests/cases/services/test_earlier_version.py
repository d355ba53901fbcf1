"""A report of the hotline from before its form asked for channel, region and exploitation stays right under the form of now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cases.codelists.services import CALL_LANGUAGE
from cases.services.forms import HOTLINE
from cases.services.models import CountReport
from cases.services.shapes import CountDimension
from partners.roles import MemberRole
from stats.periods import Period
from stats.sums.blocks import SumBlock
from stats.sums.datasets import SUM_DATASETS, TELLING
from stats.sums.leaves import read_snapshot
from stats.sums.rules import SumRules
from stats.sums.sources import Contributors, SumSource
from tests.api.asserts import body, findings
from tests.api.test_count_files import send
from tests.callers import Caller
from tests.cases.services.files import csv_of, read_bytes
from tests.pages.desk.conftest import at
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
FORM = "/api/v1/counts/HOTLINE"
FILES = "/api/v1/count-files/HOTLINE"
OLD = {"caller": "POLICE", "subject": "ADVICE", "language": "DA", "time": "OFFICE"}
ASKED = {"channel": "CHAT", "region": "DK01", "exploitation": "LABOUR"}
NOT_ASKED = dict.fromkeys(ASKED, "_N")
NUMBERS = {"suspicions": 1, "referrals_made": 0}
HOTLINE_CALLS = SUM_DATASETS["hotline.calls"]


def line(calls: int, **codes: str) -> dict[str, Any]:
    """A line of calls."""
    return {**OLD, **codes, "calls": calls, **NUMBERS}


def report_before(caller: Caller, month: int, calls: int) -> None:
    """A report as it was stored under version 1.0."""
    CountReport.objects.create(
        partner=caller.partner,
        client=caller.client,
        form=HOTLINE.id,
        form_version="1.0",
        period=date(2024, month, 1),
        version=1,
        content={"calls": [line(calls)]},
        recorded_at=timezone.now(),
    )


def test_it_is_read_as_what_nobody_asked_and_sent_again_it_is_the_same(centre: Caller) -> None:
    report_before(centre, 1, 30)
    read = body(centre.get(f"{FORM}/2024-01"))
    assert (read["form_version"], read["content"]) == ("1.0", {"calls": [line(30, **NOT_ASKED)]})
    again = body(centre.put(f"{FORM}/2024-01", {"calls": [line(30)]}))
    assert (again["version"], again["form_version"]) == (1, "1.0")
    corrected = body(centre.put(f"{FORM}/2024-01", {"calls": [line(30, **ASKED)]}, If_Match='"1"'))
    assert (corrected["version"], corrected["form_version"]) == (2, "1.1")
    assert corrected["content"] == {"calls": [line(30, **ASKED)]}


def test_a_line_that_leaves_out_what_is_asked_besides_stands_once(centre: Caller) -> None:
    twice = centre.put(f"{FORM}/2024-01", {"calls": [line(3), line(4, **NOT_ASKED)]})
    assert findings(twice) == [("#/calls/1", "line_twice")]
    stored = body(centre.put(f"{FORM}/2024-01", {"calls": [line(3), line(4, channel="SMS")]}), 201)
    assert [each["channel"] for each in stored["content"]["calls"]] == ["SMS", "_N"]
    wrong = centre.put(f"{FORM}/2024-02", {"calls": [line(3, channel="FAX")]})
    assert findings(wrong) == [("#/calls/0/channel", "code_unknown")]
    missing = centre.put(
        f"{FORM}/2024-02", {"calls": [{"calls": 3, "subject": "ADVICE", "language": "DA", "time": "OFFICE"}]}
    )
    assert findings(missing) == [("#/calls/0/caller", "required")]


def test_numbers_of_before_tell_what_is_usual(centre: Caller) -> None:
    for month in (1, 2, 3):
        report_before(centre, month, 30)
    asked = body(centre.put(f"{FORM}/2024-04", {"calls": [line(300, **ASKED)]}), 201)["warnings"]
    assert [each["code"] for each in asked] == ["total_far_above"]
    repeated = body(centre.put(f"{FORM}/2024-02", {"calls": [line(30)]}))["warnings"]
    assert [each["code"] for each in repeated] == ["report_repeated"]


def test_a_sheet_of_before_is_read_and_what_is_reported_comes_back_in_the_columns_of_now(
    centre: Caller, tmp_path: Path
) -> None:
    heads = [*OLD, "calls", *NUMBERS]
    row = [*OLD.values(), "30", "1", "0"]
    sheet = "\n".join(",".join(each) for each in (["period", *heads], ["2024-01", *row])).encode()
    assert body(send(centre, sheet, path=FILES))["periods"][0]["outcome"] == "created"
    report_before(centre, 2, 30)
    rows = [{**line(30), "period": f"2024-0{month}", "version": 1} for month in (1, 2)]
    answer = body(send(centre, csv_of(HOTLINE, *rows), path=FILES))
    assert [each["outcome"] for each in answer["periods"]] == ["unchanged", "unchanged"]
    file = read_bytes(HOTLINE, csv_of(HOTLINE, {**line(30, **ASKED), "channel": "Chat"}), "csv", tmp_path)
    [period] = file.periods.values()
    assert period.content["calls"] == [line(30, **ASKED)]


def test_its_sums_are_those_of_before_and_nobody_is_told_what_was_not_asked(centre: Caller) -> None:
    report_before(centre, 1, 30)
    body(centre.put(f"{FORM}/2024-02", {"calls": [line(3, caller="SELF", **ASKED)]}), 201)
    period = Period.parse("2024")
    assert period is not None
    leaves = read_snapshot(HOTLINE_CALLS, period, timezone.now()).leaves
    sums = {each.codes: each.value for each in leaves if "calls" in each.marks and "suspicions" not in each.marks}
    assert sums == {
        (*OLD.values(), *NOT_ASKED.values()): 29 + 1,
        ("SELF", "ADVICE", "DA", "OFFICE", *ASKED.values()): 3,
    }
    # A release of before counted lines of four codes.
    assert HOTLINE_CALLS.codes_of_line([*OLD.values()]) == (*OLD.values(), *NOT_ASKED.values())
    tables = ((), ("channel",), ("exploitation",))
    source = SumSource("2024.p1", "public", period, datetime(2025, 1, 1, tzinfo=UTC), tables, leaves)
    block = SumBlock(HOTLINE_CALLS, (source,), ("channel",))
    rules = SumRules(block, source, Contributors(), {}, noise=False)
    of_persons = {cell.codes for cell in rules.of_persons if cell.measure == "suspicions"}
    assert ("CHAT",) in of_persons and not {("_N",), ("_U",)} & of_persons
    assert HOTLINE_CALLS.has("exploitation", TELLING)


@pytest.mark.parametrize("month", ["2024-01/", "2024-02/?lines=earlier"])
def test_the_desk_shows_it_and_copies_its_lines(centre: Caller, month: str) -> None:
    report_before(centre, 1, 30)
    page = text(at(centre.partner, MemberRole.MANAGER).get(f"/send/counts/HOTLINE/{month}"))
    chosen = dict(re.findall(r'name="calls-0-(\w+)".*?<option value="(\w+)" selected>', page, re.DOTALL))
    assert chosen == {**OLD, **NOT_ASKED}


def test_what_may_be_left_out_stands_last_and_has_a_code_for_it() -> None:
    [table] = HOTLINE.tables
    *first, last = table.dimensions
    for dimensions in ((last, *first), (CountDimension.of(CALL_LANGUAGE, "language", is_optional=True),)):
        with pytest.raises(ValueError, match="stands last"):
            replace(HOTLINE, tables=(replace(table, dimensions=dimensions),))
