"""Saying that there was nothing in a month: an answer, said once, and true while no referral says otherwise."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.months import later, month_id, this_month
from cases.reporting.models import NilReport
from partners import locks
from partners.kinds import Mode
from tests.api.asserts import LIST, body, findings, problem
from tests.api.calendars import REPORTS, expect, nil_path
from tests.callers import Caller, make_caller, referral
from tests.threads import Background, at_once, wait_until_blocked


def test_nothing_is_an_answer_and_is_said_once(ngo: Caller) -> None:
    first = ngo.call("PUT", nil_path("2025-03"))
    again = ngo.put(nil_path("2025-03"), {})
    assert body(first, 201) == body(again, 200)
    assert body(again)["month"] == "2025-03"
    row = NilReport.objects.get()
    assert (row.partner_id, row.client_id) == (ngo.partner.pk, ngo.client.pk)


def test_a_month_with_referrals_is_not_empty(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral(referred_in="2025-03")
    problem(ngo.put(nil_path("2025-03"), {}), "referrals_reported")
    assert ngo.put(nil_path("2025-02"), {}).status_code == 201
    assert other_ngo.put(nil_path("2025-03"), {}).status_code == 201
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    assert ngo.put(nil_path("2025-03"), {}).status_code == 201


def test_a_referral_that_moves_to_another_month_frees_its_own(ngo: Caller) -> None:
    path, _ = ngo.referral(referred_in="2025-03")
    ngo.put(path, referral(referred_in="2025-04"), If_Match='"1"')
    assert ngo.put(nil_path("2025-03"), {}).status_code == 201
    problem(ngo.put(nil_path("2025-04"), {}), "referrals_reported")


def test_a_referral_that_comes_later_goes_before_the_nil_report(ngo: Caller) -> None:
    expect(ngo, since=later(this_month(), -1))
    month = month_id(later(this_month(), -1))
    ngo.put(nil_path(month), {})
    assert body(ngo.get(REPORTS))["items"][0]["state"] == "NIL"
    path, _ = ngo.referral(referred_in=month)
    [first, _] = body(ngo.get(REPORTS))["items"]
    assert (first["state"], first["referrals"]) == ("REPORTED", 1)
    problem(ngo.put(nil_path(month), {}), "referrals_reported")
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert body(ngo.get(REPORTS))["items"][0]["state"] == "NIL"


@pytest.mark.parametrize(
    "month", ["2025", "2025-13", "2025-00", "2025-1", "0000-01", "2025-01-01", "MARKER", "2025-Q1", "٢٠٢٥-01"]
)
def test_what_is_no_month_is_400(ngo: Caller, month: str) -> None:
    answer = ngo.put(nil_path(month), {})
    assert findings(answer, "invalid_parameter") == [("month", "month_expected")]
    assert b"MARKER" not in answer.content


def test_the_present_month_may_be_empty_and_the_next_one_is_not_known(ngo: Caller) -> None:
    assert ngo.put(nil_path(month_id(this_month())), {}).status_code == 201
    answer = ngo.put(nil_path(month_id(later(this_month(), 1))), {})
    assert findings(answer, "invalid_parameter") == [("month", "month_in_future")]
    assert findings(ngo.put(nil_path("1999-12"), {}), "invalid_parameter") == [("month", "month_before_2000")]


def test_a_body_that_says_something_is_refused(ngo: Caller) -> None:
    assert findings(ngo.put(nil_path("2025-03"), {"MARKER": 1})) == [("#", "unknown_member")]
    problem(ngo.put(nil_path("2025-03"), b"{"), "malformed_json")
    assert findings(ngo.put(f"{nil_path('2025-03')}?x=1", {}), "invalid_parameter") == [("?", "unknown_parameter")]
    assert not NilReport.objects.exists()


def test_scopes() -> None:
    reader = make_caller("NGO", scopes=["referrals:read"])
    problem(reader.put(nil_path("2025-03"), {}), "insufficient_scope")
    assert reader.get(REPORTS).status_code == 200
    problem(make_caller("NGO", scopes=["referrals:write"]).get(REPORTS), "insufficient_scope")


def test_test_mode_has_its_own() -> None:
    live = make_caller("NGO", name="Both")
    test = make_caller("NGO", name="Both", mode=Mode.TEST)
    assert test.put(nil_path("2025-03"), {}).status_code == 201
    assert live.put(nil_path("2025-03"), {}).status_code == 201


def test_a_nil_report_is_for_ever(ngo: Caller) -> None:
    ngo.put(nil_path("2025-03"), {})
    for change in (lambda: NilReport.objects.update(month="2025-04-01"), lambda: NilReport.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="nilreport_month_first_day"), transaction.atomic():
        NilReport.objects.create(
            partner=ngo.partner, client=ngo.client, month=date(2025, 4, 2), recorded_at=timezone.now()
        )


@pytest.mark.django_db(transaction=True)
def test_eight_nil_reports_at_once_are_one(ngo: Caller) -> None:
    answers = at_once([partial(ngo.put, nil_path("2025-03"), {})] * 8)
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert NilReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_nil_report_waits_for_the_referral_that_is_being_written(ngo: Caller) -> None:
    who, path = ngo.principal, f"{LIST}/6a1d3c5e-1b2c-4d3e-8f4a-5b6c7d8e9f01"
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(who.partner_id)
            ngo.put(path, referral(referred_in="2025-03"))
            waiting = threads.start(partial(ngo.put, nil_path("2025-03"), {}))
            wait_until_blocked()
        problem(waiting.result(timeout=30), "referrals_reported")
