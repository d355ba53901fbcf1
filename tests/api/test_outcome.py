"""The outcome of a case, for the partner that referred, where the person consented."""

from __future__ import annotations

from tests.callers import Caller, assessment


def token_of(body: dict[str, str]) -> str:
    """The assessment's path of a referral's case."""
    return f"/api/v1/cases/{body['case_token']}/assessment"


def test_outcome_follows_the_assessments(ngo: Caller, immigration: Caller, centre: Caller) -> None:
    path, body = ngo.referral()
    assert ngo.get(f"{path}/outcome").json()["outcome"] == "PENDING"
    undecided = {"outcome": "LOST_CONTACT", "decided_by": "_Z", "decided_in": ...}
    assert centre.put(token_of(body), assessment(**undecided)).status_code == 201
    assert ngo.get(f"{path}/outcome").json()["outcome"] == "LOST_CONTACT"
    assert immigration.put(token_of(body), assessment()).status_code == 201
    assert ngo.get(f"{path}/outcome").json() == {"reference": path.rsplit("/", 1)[1], "outcome": "IDENTIFIED"}


def test_without_consent_nothing_is_told(ngo: Caller, immigration: Caller) -> None:
    path, body = ngo.referral(consent="NOT_GIVEN")
    immigration.put(token_of(body), assessment())
    response = ngo.get(f"{path}/outcome")
    assert response.status_code == 403
    assert response.json()["code"] == "consent_needed"
    assert "IDENTIFIED" not in response.content.decode()


def test_anothers_a_withdrawn_and_an_unknown_referral_have_no_outcome(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral()
    assert other_ngo.get(f"{path}/outcome").status_code == 404
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert ngo.get(f"{path}/outcome").status_code == 404
