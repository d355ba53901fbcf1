"""The outcome of a case, for the partner that referred, where the person consented."""

from __future__ import annotations

import pytest

from cases import tokens
from partners.kinds import Mode
from tests.api.asserts import body, problem
from tests.callers import Caller, assessment, make_caller, referral

UNDECIDED = {"outcome": "LOST_CONTACT", "decided_by": "_Z", "decided_in": ...}


def path_of(stored: dict[str, str]) -> str:
    """The assessment's path of a referral's case."""
    return f"/api/v1/cases/{stored['case_token']}/assessment"


def outcome(caller: Caller, path: str) -> str:
    said: dict[str, str] = body(caller.get(f"{path}/outcome"))
    assert said["reference"] == path.rsplit("/", 1)[1]
    assert set(said) == {"reference", "outcome"}
    return said["outcome"]


def test_outcome_follows_the_assessments(ngo: Caller, immigration: Caller, centre: Caller) -> None:
    path, stored = ngo.referral()
    assert outcome(ngo, path) == "PENDING"
    assert centre.put(path_of(stored), assessment(**UNDECIDED)).status_code == 201
    assert outcome(ngo, path) == "LOST_CONTACT"
    assert immigration.put(path_of(stored), assessment()).status_code == 201
    assert outcome(ngo, path) == "IDENTIFIED"
    centre.put(path_of(stored), assessment(outcome="DECLINED", decided_by="_Z", decided_in=...), If_Match="*")
    assert outcome(ngo, path) == "IDENTIFIED"  # whoever identified, whatever another says later
    immigration.put(path_of(stored), assessment(outcome="NOT_IDENTIFIED"), If_Match="*")
    assert outcome(ngo, path) == "NOT_IDENTIFIED"


@pytest.mark.parametrize("consent", ["NOT_GIVEN", "NOT_ASKED"])
def test_without_consent_nothing_is_told(ngo: Caller, immigration: Caller, consent: str) -> None:
    path, stored = ngo.referral(consent=consent)
    before = problem(ngo.get(f"{path}/outcome"), "consent_needed")
    immigration.put(path_of(stored), assessment())
    after = problem(ngo.get(f"{path}/outcome"), "consent_needed")
    assert {**before, "instance": ""} == {**after, "instance": ""}


def test_consent_that_is_taken_back_closes_the_door(ngo: Caller, immigration: Caller) -> None:
    path, stored = ngo.referral()
    immigration.put(path_of(stored), assessment())
    ngo.put(path, referral(consent="NOT_GIVEN"), If_Match='"1"')
    problem(ngo.get(f"{path}/outcome"), "consent_needed")


def test_anothers_a_withdrawn_and_an_unknown_referral_have_no_outcome(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral()
    problem(other_ngo.get(f"{path}/outcome"), "not_found")
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    problem(ngo.get(f"{path}/outcome"), "not_found")


def test_an_unknown_token_reads_like_a_case_that_nobody_has_assessed(ngo: Caller, other_ngo: Caller) -> None:
    known = other_ngo.referral()[1]["case_token"]
    assert [outcome(ngo, ngo.referral(case_token=token)[0]) for token in (known, tokens.mint())] == ["PENDING"] * 2


def test_what_is_assessed_in_test_mode_is_no_outcome_of_a_live_case(ngo: Caller) -> None:
    path, stored = ngo.referral()
    tester = make_caller("CENTRE", mode=Mode.TEST)
    assert tester.put(path_of(stored), assessment()).status_code == 201
    assert outcome(ngo, path) == "PENDING"


def test_a_later_pending_hides_no_decision(ngo: Caller, immigration: Caller, centre: Caller) -> None:
    path, stored = ngo.referral()
    address = f"/api/v1/cases/{stored['case_token']}/assessment"
    immigration.put(address, assessment(outcome="NOT_IDENTIFIED"))
    centre.put(address, assessment(outcome="PENDING", decided_by="_Z", decided_in=...))
    assert body(ngo.get(f"{path}/outcome"))["outcome"] == "NOT_IDENTIFIED"
