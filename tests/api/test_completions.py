"""Declaring a month complete: said once, with what stands, and for ever. Of a month without referrals it is a nil report."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.utils import timezone

from cases.errors import RulesBroken
from cases.months import later, month_id, this_month
from oversight.reporting import completion, states
from oversight.reporting.completion import CompletionResult
from oversight.reporting.models import MonthCompletion
from partners import locks
from partners.kinds import Calendar, Mode, Reporting
from tests.api.asserts import LIST, body, findings, problem
from tests.api.calendars import NOTHING, REPORTS, expect, month_path, stopped
from tests.callers import Caller, make_caller, referral
from tests.threads import Background, at_once, wait_until_blocked


def allowed(answer: HttpResponse) -> list[str]:
    """What would have been accepted in place of the first thing that is wrong."""
    values: list[str] = json.loads(answer.content)["errors"][0]["allowed"]
    return values


def test_a_month_is_declared_complete_once_and_says_what_stands(ngo: Caller) -> None:
    for _ in range(2):
        ngo.referral(referred_in="2025-03")
    first = ngo.call("PUT", month_path("2025-03"))
    again = ngo.put(month_path("2025-03"), {"referrals": 2})
    assert body(first, 201) == body(again, 200)
    assert (body(again)["month"], body(again)["referrals"]) == ("2025-03", 2)
    row = MonthCompletion.objects.get()
    assert (row.partner_id, row.client_id) == (ngo.partner.pk, ngo.client.pk)
    assert body(again)["declared_at"] == row.recorded_at.isoformat()


def test_the_answer_leaves_out_what_the_caller_does_without(ngo: Caller) -> None:
    for status in (201, 200):
        answer = ngo.put(month_path("2025-03"), NOTHING, Prefer="return=minimal")
        assert (body(answer, status), answer["Preference-Applied"]) == ({"month": "2025-03"}, "return=minimal")


def test_another_number_than_stands_is_refused_with_the_one_that_does(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral(referred_in="2025-03")
    for number in (0, 10):
        answer = ngo.put(month_path("2025-03"), {"referrals": number})
        problem(answer, "referrals_differ")
        assert (findings(answer, "referrals_differ"), allowed(answer)) == (
            [("#/referrals", "referrals_stand")],
            ["1"],
        )
    assert ngo.put(month_path("2025-02"), NOTHING).status_code == 201
    assert other_ngo.put(month_path("2025-03"), NOTHING).status_code == 201
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    assert ngo.put(month_path("2025-03"), NOTHING).status_code == 201


@pytest.mark.parametrize("number", [-1, 1.5, "1", True, [1]])
def test_what_is_no_number_is_400(ngo: Caller, number: object) -> None:
    answer = ngo.put(month_path("2025-03"), {"referrals": number})
    assert answer.status_code == 400
    assert not MonthCompletion.objects.exists()


def test_a_referral_that_moves_to_another_month_frees_its_own(ngo: Caller) -> None:
    path, _ = ngo.referral(referred_in="2025-03")
    ngo.put(path, referral(referred_in="2025-04"), If_Match='"1"')
    assert ngo.put(month_path("2025-03"), NOTHING).status_code == 201
    problem(ngo.put(month_path("2025-04"), NOTHING), "referrals_differ")


def test_a_referral_that_comes_later_is_taken_and_the_month_stays_complete(ngo: Caller) -> None:
    expect(ngo, since=later(this_month(), -1))
    month = month_id(later(this_month(), -1))
    ngo.put(month_path(month), NOTHING)
    assert body(ngo.get(REPORTS))["items"][0]["state"] == "NIL"
    path, _ = ngo.referral(referred_in=month)
    [first, _] = body(ngo.get(REPORTS))["items"]
    assert (first["state"], first["referrals"]) == ("REPORTED", 1)
    assert first["declared_at"]
    problem(ngo.put(month_path(month), NOTHING), "referrals_differ")
    assert body(ngo.put(month_path(month), {}))["referrals"] == 1
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert body(ngo.get(REPORTS))["items"][0]["state"] == "NIL"


@pytest.mark.parametrize(
    "month", ["2025", "2025-13", "2025-00", "2025-1", "0000-01", "2025-01-01", "MARKER", "2025-Q1", "٢٠٢٥-01"]
)
def test_what_is_no_month_is_400(ngo: Caller, month: str) -> None:
    answer = ngo.put(month_path(month), {})
    assert findings(answer, "invalid_parameter") == [("month", "month_expected")]
    assert b"MARKER" not in answer.content


@pytest.mark.parametrize("said", [{}, NOTHING])
def test_a_month_is_declared_from_its_last_day_on(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, said: dict[str, int]
) -> None:
    clock = stopped(monkeypatch)
    expect(ngo, since=date(2025, 3, 1), days=0)
    clock("2025-03-30T23:59")
    answer = completing(ngo, "2025-03", said.get("referrals"))
    assert isinstance(answer, RulesBroken)
    [violation] = answer.violations
    assert (violation.code, violation.allowed) == ("month_not_over", ("2025-03-31",))
    assert (
        violation.detail.en == "The month is not over. It can be declared complete from its last day on, 31 Mar 2025."
    )
    clock("2025-03-31T00:00")
    assert not isinstance(completing(ngo, "2025-03", said.get("referrals")), RulesBroken)
    [first, *_] = states.reports_of_partner(
        ngo.partner.pk, Calendar(Reporting.MONTHLY, 0, date(2025, 3, 1)), clock("2025-05-01T12:00")
    )
    assert (first.state, first.late) == ("NIL", False)


def completing(ngo: Caller, month: str, referrals: int | None) -> CompletionResult | RulesBroken:
    """What becomes of declaring a month complete, at the clock's moment."""
    try:
        return completion.declare(by=ngo.principal, month=date.fromisoformat(f"{month}-01"), referrals=referrals)
    except RulesBroken as error:
        return error


def test_a_month_to_come_is_refused_with_the_day_from_which_it_is_possible(ngo: Caller) -> None:
    coming = later(this_month(), 1)
    answer = ngo.put(month_path(month_id(coming)), NOTHING)
    assert findings(answer, "invalid_parameter") == [("month", "month_not_over")]
    assert allowed(answer) == [(later(coming, 1) - timedelta(days=1)).isoformat()]
    assert findings(ngo.put(month_path("1999-12"), {}), "invalid_parameter") == [("month", "month_before_2000")]


def test_a_body_that_says_something_is_refused(ngo: Caller) -> None:
    assert findings(ngo.put(month_path("2025-03"), {"MARKER": 1})) == [("#", "unknown_member")]
    problem(ngo.put(month_path("2025-03"), b"{"), "malformed_json")
    assert findings(ngo.put(f"{month_path('2025-03')}?x=1", {}), "invalid_parameter") == [("?", "unknown_parameter")]
    assert not MonthCompletion.objects.exists()


def test_scopes() -> None:
    reader = make_caller("NGO", scopes=["referrals:read"])
    problem(reader.put(month_path("2025-03"), {}), "insufficient_scope")
    assert reader.get(REPORTS).status_code == 200
    problem(make_caller("NGO", scopes=["referrals:write"]).get(REPORTS), "insufficient_scope")


def test_test_mode_has_its_own() -> None:
    live = make_caller("NGO", name="Both")
    test = make_caller("NGO", name="Both", mode=Mode.TEST)
    assert test.put(month_path("2025-03"), {}).status_code == 201
    assert live.put(month_path("2025-03"), {}).status_code == 201


def test_a_completion_is_for_ever(ngo: Caller) -> None:
    ngo.put(month_path("2025-03"), {})
    for change in (
        lambda: MonthCompletion.objects.update(month="2025-04-01"),
        lambda: MonthCompletion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="monthcompletion_month_first_day"), transaction.atomic():
        MonthCompletion.objects.create(
            partner=ngo.partner, client=ngo.client, month=date(2025, 4, 2), recorded_at=timezone.now()
        )


@pytest.mark.django_db(transaction=True)
def test_eight_completions_at_once_are_one(ngo: Caller) -> None:
    answers = at_once([partial(ngo.put, month_path("2025-03"), {})] * 8)
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert MonthCompletion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_completion_waits_for_the_referral_that_is_being_written(ngo: Caller) -> None:
    who, path = ngo.principal, f"{LIST}/6a1d3c5e-1b2c-4d3e-8f4a-5b6c7d8e9f01"
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(who.partner_id)
            ngo.put(path, referral(referred_in="2025-03"))
            waiting = threads.start(partial(ngo.put, month_path("2025-03"), NOTHING))
            wait_until_blocked()
        problem(waiting.result(timeout=30), "referrals_differ")
