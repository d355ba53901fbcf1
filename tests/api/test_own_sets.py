"""Own figures by fields that hold several codes: a referral counts under each of them, and once in the total."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import own_model as model
from tests.api.asserts import body, findings, problem
from tests.callers import Caller, make_caller

SUMMARY = "/api/v1/referrals/summary"


def found(answer: Any, *axes: str) -> dict[tuple[str, ...], int]:
    """The rows that are not zero, by their codes."""
    return {tuple(row[axis] for axis in axes): row["count"] for row in answer["rows"] if row["count"]}


@pytest.fixture
def supported(ngo: Caller) -> Caller:
    """A partner with four referrals: two needs, one need, known none, and not asked."""
    ngo.referral(gender="F", services_needed=["LEGAL", "HEALTH"], services_given=["LEGAL"])
    ngo.referral(gender="M", services_needed=["HEALTH"], services_given=["HEALTH", "LEGAL"])
    ngo.referral(gender="F", services_needed=[], services_given=[])
    ngo.referral(gender="F", services_needed=..., services_given=...)
    return ngo


def test_a_referral_counts_under_each_of_its_codes_and_once_in_the_total(supported: Caller) -> None:
    answer = body(supported.get(f"{SUMMARY}?by=services_needed"))
    assert found(answer, "services_needed") == {("HEALTH",): 2, ("LEGAL",): 1, ("[]",): 1, ("_N",): 1}
    assert answer["total"] == 4
    labels = {row["services_needed"]: row["services_needed_label"] for row in answer["rows"]}
    assert (labels["[]"], labels["_N"]) == ("None", "Not asked or not answered")
    assert list(labels)[-3:] == ["_O", "[]", "_N"]


def test_it_says_in_words_where_rows_give_more_than_the_total(supported: Caller) -> None:
    note = body(supported.get(f"{SUMMARY}?by=gender,services_needed"))["note"]
    assert note == (
        "A referral counts under each of its answers to “Services needed”, so numbers may add up to more than the total. "
        "Totals count each referral once."
    )
    danish = body(supported.get(f"{SUMMARY}?by=services_needed,services_given", Accept_Language="da"))["note"]
    assert "svar på »Behov for støtte« og »Støtte givet«, så tallene kan give mere end i alt" in danish
    assert body(supported.get(f"{SUMMARY}?by=gender"))["note"] is None
    assert body(supported.get(SUMMARY))["note"] is None


def test_two_sets_cross_by_the_referrals_that_have_both(supported: Caller) -> None:
    answer = body(supported.get(f"{SUMMARY}?by=services_needed,services_given&zeros=exclude"))
    assert found(answer, "services_needed", "services_given") == {
        ("HEALTH", "HEALTH"): 1, ("HEALTH", "LEGAL"): 2, ("LEGAL", "LEGAL"): 1, ("[]", "[]"): 1, ("_N", "_N"): 1,
    }  # fmt: skip
    assert answer["total"] == 4


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("services_needed,services_needed", "axis_repeated"),
        ("services_needed,services_given,means_of_control", "too_many_sets"),
        ("services_needed.form", "axis_unknown"),
    ],
)
def test_what_cannot_be_counted_is_refused(ngo: Caller, by: str, code: str) -> None:
    assert findings(ngo.get(f"{SUMMARY}?by={by}"), "invalid_parameter") == [("by", code)]


def test_more_combinations_than_can_be_added_up_in_time_are_refused(
    supported: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stats.own.summary.MOST_CROSSINGS", 2)
    answer = supported.get(f"{SUMMARY}?by=services_needed,means_of_control&zeros=exclude")
    assert findings(answer, "invalid_parameter") == [("by", "answer_too_large")]


def test_csv_has_the_total_where_the_rows_do_not_give_it(supported: Caller) -> None:
    answer = supported.get(f"{SUMMARY}?by=services_needed&zeros=exclude&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert rows[:2] == [
        ["services_needed", "services_needed_label", "count", "total"], ["HEALTH", "Health care", "2", "4"],
    ]  # fmt: skip
    assert "total" not in supported.get(f"{SUMMARY}?by=gender&format=csv").content.decode()


def test_nobody_else_counts_by_them(supported: Caller, other_ngo: Caller) -> None:
    answer = body(other_ngo.get(f"{SUMMARY}?by=services_needed&zeros=exclude"))
    assert (answer["total"], answer["rows"]) == (0, [])
    writer = make_caller("NGO", scopes=["referrals:write"])
    problem(writer.get(f"{SUMMARY}?by=services_needed"), "insufficient_scope")


@settings(max_examples=25, deadline=None)
@given(
    referrals=model.records(),
    by=st.lists(st.sampled_from(model.AXES), min_size=1, max_size=3, unique=True).filter(
        lambda by: sum(axis in model.SETS for axis in by) < 3
    ),
    zeros=st.sampled_from(["include", "exclude"]),
)
def test_every_table_says_what_plain_dictionaries_say(referrals: list[model.Record], by: list[str], zeros: str) -> None:
    answer = body(model.partner_with(referrals).get(f"{SUMMARY}?by={','.join(by)}&zeros={zeros}&referred_to=2025-03"))
    assert found(answer, *by) == model.numbers(referrals, *by)
    assert answer["total"] == len(referrals)
    adds_up = not set(by) & set(model.SETS)
    assert (answer["note"] is None) == adds_up
    assert not adds_up or sum(row["count"] for row in answer["rows"]) == len(referrals)
