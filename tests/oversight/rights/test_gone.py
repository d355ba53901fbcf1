"""An erased referral is 410 for its own partner in every operation, and no retry stores it again."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from cases.models import Referral
from tests.callers import Caller, referral
from tests.oversight.rights.world import arrive, body, erase_person

pytestmark = pytest.mark.django_db


def test_every_operation_on_it_says_so(ngo: Caller) -> None:
    person = arrive(ngo)
    path = person.paths[0]
    erase_person(person)
    answers = {
        "read": ngo.get(path),
        "same again": ngo.put(path, referral(gender="M")),
        "corrected": ngo.put(path, referral(gender="X"), If_Match='"2"'),
        "new": ngo.put(path, referral(), If_None_Match="*"),
        "with the token": ngo.put(path, referral(case_token=person.token)),
        "withdrawn": ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}),
        "versions": ngo.get(f"{path}/versions"),
        "outcome": ngo.get(f"{path}/outcome"),
    }
    for name, answer in answers.items():
        assert (name, answer.status_code, body(answer)["code"]) == (name, 410, "erased")
        assert answer["Content-Type"] == "application/problem+json"
        assert person.token not in answer.content.decode()
        assert person.references[0] not in answer.content.decode()
    assert not Referral.objects.exists()


def test_to_others_it_was_never_there(ngo: Caller, other_ngo: Caller) -> None:
    person = arrive(ngo)
    path = person.paths[0]
    erase_person(person)
    assert other_ngo.get(path).status_code == 404
    assert other_ngo.get(f"{path}/versions").status_code == 404
    assert other_ngo.get(f"{path}/outcome").status_code == 404
    assert other_ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}).status_code == 404
    assert other_ngo.put(path, referral()).status_code == 201


def test_another_reference_of_the_partner_is_not_touched(ngo: Caller) -> None:
    erase_person(arrive(ngo))
    path = f"/api/v1/referrals/{uuid4()}"
    assert ngo.get(path).status_code == 404
    assert ngo.put(path, referral()).status_code == 201


def test_a_late_retry_of_its_post_makes_no_second_one(ngo: Caller, police: Caller) -> None:
    person = arrive(ngo, police)
    told = referral(case_token=person.token)
    key = f"key-of-person-{person.token}"
    assert police.post("/api/v1/referrals", told, Idempotency_Key=key)["Idempotency-Replayed"] == "true"
    erase_person(person)
    answer = police.post("/api/v1/referrals", told, Idempotency_Key=key)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (410, "erased")
    assert not Referral.objects.exists()
    assert ngo.post("/api/v1/referrals", referral(), Idempotency_Key=key).status_code == 201


def test_an_assessment_by_the_token_reads_as_that_of_an_unknown_case(ngo: Caller, centre: Caller) -> None:
    person = arrive(ngo, decider=centre)
    erase_person(person)
    assert centre.get(f"/api/v1/cases/{person.token}/assessment").status_code == 404
