"""The outcome that a partner reads is the person's, over all cases that staff linked; nothing else tells it of a link."""

from __future__ import annotations

import pytest

from cases.linking.models import LinkDecision
from cases.models import Assessment, Case, Referral
from tests.api.asserts import body, problem
from tests.api.test_outcome import outcome, path_of
from tests.callers import Caller, assessment
from tests.cases.linking.world import merge_cases, split_case, undo_decision

pytestmark = pytest.mark.django_db


def case_of(stored: dict[str, str]) -> Case:
    found: Case = Case.objects.get(token=stored["case_token"])
    return found


def test_the_outcome_is_of_every_case_of_the_person(ngo: Caller, other_ngo: Caller, immigration: Caller) -> None:
    mine, stored = ngo.referral()
    theirs, known = other_ngo.referral()
    immigration.put(path_of(known), assessment())
    assert (outcome(ngo, mine), outcome(other_ngo, theirs)) == ("PENDING", "IDENTIFIED")
    merged = merge_cases(case_of(stored), case_of(known))
    assert (outcome(ngo, mine), outcome(other_ngo, theirs)) == ("IDENTIFIED", "IDENTIFIED")
    undo_decision(merged)
    assert (outcome(ngo, mine), outcome(other_ngo, theirs)) == ("PENDING", "IDENTIFIED")


def test_a_split_takes_the_outcome_with_it(ngo: Caller, other_ngo: Caller, immigration: Caller, centre: Caller) -> None:
    mine, stored = ngo.referral()
    theirs, _ = other_ngo.referral(case_token=stored["case_token"])
    immigration.put(path_of(stored), assessment())
    centre.put(path_of(stored), assessment(outcome="NOT_IDENTIFIED"))
    mixed = case_of(stored)
    moved, _ = split_case(mixed, Referral.objects.get(partner=other_ngo.partner), assessed=(immigration.partner,))
    assert (outcome(ngo, mine), outcome(other_ngo, theirs)) == ("NOT_IDENTIFIED", "IDENTIFIED")
    undo_decision(moved)
    assert (outcome(ngo, mine), outcome(other_ngo, theirs)) == ("IDENTIFIED", "IDENTIFIED")


def test_what_a_partner_reads_of_its_own_is_the_same_before_and_after(
    ngo: Caller, other_ngo: Caller, immigration: Caller
) -> None:
    mine, stored = ngo.referral()
    second, _ = ngo.referral(case_token=stored["case_token"])
    _, known = other_ngo.referral()
    immigration.put(path_of(known), assessment())
    immigration.put(path_of(stored), assessment(outcome="NOT_IDENTIFIED"))

    def read() -> list[object]:
        answers = [*(ngo.get(path) for path in (mine, second, "/api/v1/referrals")), immigration.get(path_of(stored))]
        return [(body(answer), answer.headers.get("ETag")) for answer in answers]

    before = read()
    merge_cases(case_of(stored), case_of(known))
    split_case(case_of(stored), Referral.objects.get(reference=second.rsplit("/", 1)[1]))
    assert LinkDecision.objects.count() == 2
    assert read() == before
    assert Assessment.objects.count() == 2


def test_an_authority_reads_and_corrects_by_case(ngo: Caller, immigration: Caller, centre: Caller) -> None:
    _, stored = ngo.referral()
    _, known = ngo.referral()
    centre.put(path_of(known), assessment())
    merge_cases(case_of(stored), case_of(known))
    problem(centre.get(path_of(stored)), "not_found")
    assert centre.put(path_of(stored), assessment(outcome="NOT_IDENTIFIED")).status_code == 201
    assert body(centre.get(path_of(known)))["outcome"] == "IDENTIFIED"
