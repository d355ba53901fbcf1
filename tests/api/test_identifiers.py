"""The guard on every way in: what carries an identifier is refused before anything else is said, named by place, and not stored."""

from __future__ import annotations

import io
from typing import Any

import pytest

from api.models import IdempotencyRecord
from cases import dictionary as d
from cases import tokens
from cases.models import Assessment, Case, Referral
from oversight.reporting.models import MonthCompletion
from tests.api.asserts import LIST, findings, new_path, problem
from tests.callers import Caller, assessment, referral

NAME, NUMBER = "Adaeze Zogaj", "010185-1234"
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


def is_silent(response: Any, log: io.StringIO) -> bool:
    """Whether neither the answer nor the log has what was sent."""
    places = response.content.decode() + str(response.headers) + log.getvalue()
    return not any(text in places for text in (NAME, NUMBER, "Zogaj", "0101851234"))


@pytest.mark.parametrize("field", [field.name for field in d.REFERRAL])
def test_in_no_field_of_a_referral(ngo: Caller, logged: io.StringIO, field: str) -> None:
    for response in (
        ngo.put(new_path(), referral(**{field: NAME})),
        ngo.post(LIST, referral(**{field: [NAME]}), Idempotency_Key=KEY),
    ):
        assert findings(response, "identifier_in_body") == [(f"#/{field}", "identifier_name")]
        assert is_silent(response, logged)
    assert not Referral.objects.exists()
    assert not Case.objects.exists()
    assert not IdempotencyRecord.objects.exists()


@pytest.mark.parametrize("field", [field.name for field in d.ASSESSMENT])
def test_in_no_field_of_an_assessment(centre: Caller, field: str) -> None:
    path = f"/api/v1/cases/{tokens.mint()}/assessment"
    response = centre.put(path, assessment(**{field: NUMBER}))
    assert findings(response, "identifier_in_body") == [(f"#/{field}", "identifier_cpr")]
    assert not Assessment.objects.exists()


def test_in_no_withdrawal_and_no_nil_report(ngo: Caller) -> None:
    path, _ = ngo.referral()
    response = ngo.post(f"{path}/withdrawal", {"reason_code": NAME})
    assert findings(response, "identifier_in_body") == [("#/reason_code", "identifier_name")]
    response = ngo.put("/api/v1/reports/2025-03", {"note": NUMBER})
    assert findings(response, "identifier_in_body") == [("#", "identifier_cpr")]
    assert Referral.objects.count() == 1
    assert not MonthCompletion.objects.exists()


def test_nor_as_the_name_of_a_member(ngo: Caller, logged: io.StringIO) -> None:
    response = ngo.put(new_path(), referral(**{NUMBER: "x", "Fornavn": "DK01"}, gender="Z"))
    assert findings(response, "identifier_in_body") == [("#", "identifier_cpr"), ("#", "identifier_name")]
    assert is_silent(response, logged)


def test_of_many_twenty_are_named(ngo: Caller) -> None:
    response = ngo.put(new_path(), {f"{NUMBER}{n}": "x" for n in range(30)})
    assert len(findings(response, "identifier_in_body")) == 20


def test_a_mistake_that_is_none_is_answered_as_before(ngo: Caller) -> None:
    assert findings(ngo.put(new_path(), referral(region="Copenhagen"))) == [("#/region", "code_unknown")]


@pytest.mark.parametrize(
    ("reference", "rule"),
    [
        ("00000000-0000-4000-8000-001403851234", "identifier_cpr"),
        ("00000000-0000-4000-8000-000000000001", "identifier_reference"),
    ],
)
def test_a_reference_is_drawn_by_chance(ngo: Caller, reference: str, rule: str) -> None:
    response = ngo.put(f"{LIST}/{reference}", referral())
    assert findings(response, "identifier_in_body") == [("reference", rule)]
    # Looking tells nothing, and what was stored before can still be withdrawn.
    problem(ngo.get(f"{LIST}/{reference}"), "not_found")
    problem(ngo.post(f"{LIST}/{reference}/withdrawal", {"reason_code": "DUPLICATE"}), "not_found")


def test_a_token_is_no_number_of_a_person(ngo: Caller, centre: Caller) -> None:
    number = next(
        body for body in map(str, range(3112851230, 3112851299)) if tokens.check_symbol(body) in tokens.ALPHABET
    )
    token = number + tokens.check_symbol(number)
    response = ngo.put(new_path(), referral(case_token=token))
    assert findings(response, "identifier_in_body") == [("#/case_token", "identifier_cpr")]
    response = centre.put(f"/api/v1/cases/{token}/assessment", assessment())
    assert findings(response, "identifier_in_body") == [("token", "identifier_cpr")]
    assert not Case.objects.exists()
