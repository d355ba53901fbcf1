"""A partner's own figures: counted exactly over its own current referrals, by its own codes and by time."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.http import files
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.fields import CodeSetField
from cases.months import COPENHAGEN
from partners.kinds import Mode
from stats.own.axes import SIDES
from tests.api.asserts import body, findings, problem
from tests.callers import Caller, make_caller, referral

SUMMARY = "/api/v1/referrals/summary"
MINOR = {"age_band": "Y15T17", "minor_when_exploited": "YES"}


def numbers(answer: Any, *axes: str) -> dict[tuple[str, ...], int]:
    """The rows that are not zero, by their codes."""
    return {tuple(row[axis] for axis in axes): row["count"] for row in body(answer)["rows"] if row["count"]}


@pytest.fixture
def year(ngo: Caller, other_ngo: Caller) -> Caller:
    """Five referrals of a partner, one of them withdrawn and one corrected; and another partner's."""
    ngo.referral(referred_in="2024-12", gender="F", citizenship="HR")
    path, _ = ngo.referral(referred_in="2025-01", gender="F", citizenship="NG")
    assert (
        ngo.put(path, referral(referred_in="2025-01", gender="M", citizenship="NG"), If_Match='"1"').status_code == 200
    )
    ngo.referral(referred_in="2025-03", gender="F", citizenship="RO", **MINOR)
    ngo.referral(referred_in="2025-03", gender="F", citizenship="DK")
    gone, _ = ngo.referral(referred_in="2025-03", gender="X")
    ngo.post(f"{gone}/withdrawal", {"reason_code": "DUPLICATE"})
    other_ngo.referral(referred_in="2025-01", gender="X")
    return ngo


def test_the_total_alone(year: Caller) -> None:
    assert body(year.get(SUMMARY)) == {"by": [], "total": 4, "rows": [{"count": 4}], "note": None}


def test_own_current_referrals_count_with_their_present_codes_and_nobody_elses(year: Caller, other_ngo: Caller) -> None:
    answer = body(year.get(f"{SUMMARY}?by=gender"))
    assert [(row["gender"], row["count"]) for row in answer["rows"]] == [("F", 3), ("M", 1), ("X", 0), ("_U", 0)]
    assert answer["total"] == 4
    assert answer["rows"][0]["gender_label"] == "Female"
    assert numbers(other_ngo.get(f"{SUMMARY}?by=gender"), "gender") == {("X",): 1}


def test_labels_are_in_the_readers_language(year: Caller) -> None:
    answer = year.get(f"{SUMMARY}?by=gender", Accept_Language="da")
    assert body(answer)["rows"][0]["gender_label"] == "Kvinde"
    assert answer.headers["Content-Language"] == "da"


def test_roll_ups_and_several_axes_in_the_order_asked_for(year: Caller) -> None:
    found = numbers(year.get(f"{SUMMARY}?by=age_band.age18,gender"), "age_band.age18", "gender")
    assert found == {("Y_LT18", "F"): 1, ("Y_GE18", "F"): 2, ("Y_GE18", "M"): 1}


def test_a_roll_up_that_depends_on_the_month_does(ngo: Caller) -> None:
    for month in ("2013-06", "2013-07"):
        ngo.referral(referred_in=month, citizenship="HR")
    found = numbers(ngo.get(f"{SUMMARY}?by=citizenship.eu"), "citizenship.eu")
    assert found == {("NON_EU",): 1, ("OTHER_EU",): 1}


@pytest.mark.parametrize(
    ("axis", "query", "expected"),
    [
        ("referred_in", "period=2025-Q1", [("2025-01", 1), ("2025-02", 0), ("2025-03", 2)]),
        ("referred_in", "referred_from=2024-11&referred_to=2025-01", [("2024-11", 0), ("2024-12", 1), ("2025-01", 1)]),
        ("referred_in", "year=2025&referred_from=2025-02&referred_to=2025-03", [("2025-02", 0), ("2025-03", 2)]),
        ("referred_in.quarter", "period=2024-2025&referred_from=2024-10&referred_to=2025-06",
         [("2024-Q4", 1), ("2025-Q1", 3), ("2025-Q2", 0)]),
        ("referred_in.year", "referred_to=2025-12", [("2024", 1), ("2025", 3)]),
        ("referred_in.year", "referred_from=1990-01&referred_to=2000-12", [("2000", 0)]),
        ("referred_in", "period=2025-Q1&gender=M&zeros=exclude", [("2025-01", 1)]),
        ("referred_in", "gender=_U&zeros=exclude", []),
        ("referred_in", "gender=_U", []),
        ("referred_in", "referred_from=2025-03&referred_to=2025-01", []),
    ],
)  # fmt: skip
def test_time_has_no_gaps_and_ends_where_it_is_asked_to(
    year: Caller, axis: str, query: str, expected: list[tuple[str, int]]
) -> None:
    answer = body(year.get(f"{SUMMARY}?by={axis}&{query}"))
    assert [(row[axis], row["count"]) for row in answer["rows"]] == expected
    assert answer["total"] == sum(number for _, number in expected)


def test_time_without_an_end_goes_to_the_present_month_and_no_further(year: Caller) -> None:
    now = timezone.now().astimezone(COPENHAGEN)
    for query in ("", f"&year={now.year}"):
        rows = body(year.get(f"{SUMMARY}?by=referred_in{query}"))["rows"]
        assert rows[-1]["referred_in"] == f"{now:%Y-%m}"
    assert rows[0]["referred_in"] == f"{now.year}-01"


def test_every_axis_but_a_set_partitions_the_same_referrals(year: Caller) -> None:
    for side in SIDES.values():
        for zeros in ("include", "exclude"):
            answer = body(year.get(f"{SUMMARY}?by={side.id}&zeros={zeros}"))
            assert side.is_set or sum(row["count"] for row in answer["rows"]) == 4, side.id
            assert answer["total"] == 4


def test_a_count_equals_the_list(year: Caller) -> None:
    """What the summary says is what the rows say."""
    rows = [row for row in body(year.get("/api/v1/referrals?limit=500"))["items"] if row["status"] != "withdrawn"]
    expected = Counter((row["gender"], row["citizenship"], row["referred_in"]) for row in rows)
    found = numbers(
        year.get(f"{SUMMARY}?by=gender,citizenship,referred_in&zeros=exclude"), "gender", "citizenship", "referred_in"
    )
    assert found == expected


def test_every_set_is_an_axis_and_a_filter(ngo: Caller) -> None:
    ngo.referral(means_of_control=...)
    assert [side.id for side in SIDES.values() if side.is_set] == [
        field.name for field in d.REFERRAL if isinstance(field, CodeSetField)
    ]
    answer = body(ngo.get(f"{SUMMARY}?means_of_control=_N"))
    assert answer["total"] == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("by=", ("by", "axis_unknown")),
        ("by=partner_kind", ("by", "axis_unknown")),
        ("by=gender,MARKER", ("by", "axis_unknown")),
        ("by=case_token", ("by", "axis_unknown")),
        ("by=referred_in.day", ("by", "axis_unknown")),
        ("by=gender,gender", ("by", "axis_repeated")),
        ("by=referred_in,referred_in.year", ("by", "axis_repeated")),
        ("by=gender,region,setting,age_band", ("by", "too_many_axes")),
        ("by=citizenship,exploitation_detail,region", ("by", "answer_too_large")),
        ("period=2025-13", ("period", "period_expected")),
        ("year=MARKER", ("year", "year_expected")),
        ("year=2025&period=2025", ("year", "period_or_year")),
        ("zeros=MARKER", ("zeros", "value_not_allowed")),
        ("format=ndjson", ("format", "value_not_allowed")),
        ("format=", ("format", "value_not_allowed")),
        ("status=withdrawn", ("status", "value_not_allowed")),
        ("gender=MARKER", ("gender", "value_not_allowed")),
        ("limit=1", ("limit", "unknown_parameter")),
        ("changed_since=2025-01-01T00:00:00Z", ("changed_since", "unknown_parameter")),
    ],
)
def test_what_is_not_understood_is_400_and_never_repeated(ngo: Caller, query: str, expected: tuple[str, str]) -> None:
    answer = ngo.get(f"{SUMMARY}?{query}")
    assert findings(answer, "invalid_parameter") == [expected]
    assert b"MARKER" not in answer.content


def test_a_large_table_comes_without_its_zeros(year: Caller) -> None:
    answer = body(year.get(f"{SUMMARY}?by=citizenship,exploitation_detail,region&zeros=exclude"))
    assert len(answer["rows"]) == answer["total"] == 4


@pytest.mark.parametrize("how", [{"query": "&format=csv"}, {"Accept": "text/csv"}])
def test_csv(year: Caller, how: dict[str, str]) -> None:
    headers = dict(how)
    answer = year.get(f"{SUMMARY}?by=gender,referred_in.year&year=2025{headers.pop('query', '')}", **headers)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert rows[0] == ["gender", "gender_label", "referred_in.year", "referred_in.year_label", "count"]
    assert rows[1:3] == [["F", "Female", "2025", "2025", "2"], ["M", "Male", "2025", "2025", "1"]]


def test_a_problem_is_a_problem_whatever_form_was_asked_for(ngo: Caller) -> None:
    assert findings(ngo.get(f"{SUMMARY}?by=x", Accept="text/csv"), "invalid_parameter") == [("by", "axis_unknown")]
    problem(ngo.get(SUMMARY, Accept="image/png"), "not_acceptable")


def test_test_mode_counts_its_own_test_rows() -> None:
    caller = make_caller("NGO", mode=Mode.TEST)
    caller.referral()
    assert body(caller.get(SUMMARY))["total"] == 1


def test_the_whole_count_is_one_statement(year: Caller) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        year.get(f"{SUMMARY}?by=gender,citizenship.eu,referred_in.quarter")
    counting = [query for query in queries if "cases_referral" in query["sql"]]
    assert len(counting) == 1


def test_reading_needs_its_scope() -> None:
    problem(make_caller("CENTRE", scopes=["referrals:write"]).get(SUMMARY), "insufficient_scope")


@pytest.mark.parametrize("text", ["=1+1", "+45", "-1", "@SUM", "\tx"])
def test_a_spreadsheet_computes_nothing(text: str) -> None:
    [[cell, number]] = csv.reader(io.StringIO(files.csv_lines([[text, -1]]).decode(), newline=""))
    assert (cell, number) == (f"'{text}", "-1")


def test_no_code_and_no_label_of_ours_needs_the_guard() -> None:
    texts = [part for each in CODELISTS.values() for code in each.codes for part in (code.code, *code.label)]
    assert [text for text in texts if files.harmless(text) != text] == []
