"""`henvis reports`: a month is begun until the organisation says that that was all, at the program as it is served."""

from __future__ import annotations

import pytest

from cases.months import later, month_id, this_month
from henvis_client import Client, Problem
from oversight.reporting.models import MonthCompletion
from tests.api.calendars import expect
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register

LAST = later(this_month(), -1)


def test_a_month_is_declared_complete_with_the_number_that_was_sent(tester: Machine, service: Register) -> None:
    assert "No regular reports are expected" in tester.henvis("reports", "list").err
    expect(service.caller, since=LAST, days=60)
    service.caller.referral(referred_in=month_id(LAST))
    assert "begun, not complete" in tester.henvis("reports", "list").out
    refused = tester.henvis("reports", "complete", month_id(LAST), "--referrals", "10")
    assert refused.code == 3 and "another number of referrals" in refused.err
    assert not MonthCompletion.objects.exists()
    for _ in range(2):
        ending = tester.henvis("reports", "complete", month_id(LAST), "--referrals", "1")
        assert ending.code == 0 and "Referrals that stand: 1." in ending.err
    body = tester.henvis("reports", "list", "--json").json
    assert [each["state"] for each in body["reports"]["items"]][:1] == ["REPORTED"]
    assert MonthCompletion.objects.count() == 1


def test_the_live_register_is_asked_about(tester: Machine, service: Register) -> None:
    service.mode = "LIVE"
    assert tester.log_in("--profile", "live").code == 0
    said = ["reports", "complete", "2025-03", "--profile", "live"]
    assert tester.henvis(*said, typed="n\n").code
    assert not MonthCompletion.objects.exists()
    assert tester.henvis(*said, "--yes", "--referrals", "0").code == 0
    assert MonthCompletion.objects.exists()


def test_a_program_declares_a_month_complete(client: Client, service: Register) -> None:
    assert client.complete_month("2025-03")["referrals"] == 0
    service.caller.referral(referred_in="2025-03")
    with pytest.raises(Problem) as problem:
        client.complete_month("2025-03", referrals=0)
    assert (problem.value.code, problem.value.status) == ("referrals_differ", 409)
    assert client.complete_month("2025-03", referrals=1)["referrals"] == 1
    assert client.reports()["items"] == []


def test_years_are_listed_and_a_person_signs(tester: Machine, service: Register) -> None:
    expect(service.caller, since=LAST)
    ending = tester.henvis("reports", "years")
    assert ending.code == 0 and f"{LAST.year}" in ending.out
    assert "signed by a person and not by a program" in " ".join(ending.err.split())
    assert "http://localhost/send/year/" in ending.err
    years = tester.henvis("reports", "years", "--json").json["years"]
    assert [each["signed_at"] for each in years] == [None] * len(years)
