"""Assessments: each authority has its own, and nobody learns anything of another's."""

from __future__ import annotations

import pytest

from cases import dictionary as d
from cases import tokens
from cases.models import Assessment, Case
from partners.kinds import Kind, Scope
from tests.api.asserts import body, etag, findings, problem
from tests.callers import Caller, assessment, make_caller, referral


def path_of(token: str) -> str:
    return f"/api/v1/cases/{token}/assessment"


@pytest.fixture
def path(ngo: Caller) -> str:
    """The assessment of a case that an NGO opened."""
    return path_of(ngo.referral()[1]["case_token"])


def test_put_records_and_the_same_again_changes_nothing(centre: Caller, path: str) -> None:
    first = centre.put(path, assessment())
    stored = body(first, 201)
    assert {name: stored[name] for name in assessment()} == assessment()
    assert (stored["version"], etag(first), stored["case_token"]) == (1, '"1"', path.split("/")[4])
    for precondition in ({}, {"If_Match": '"9"'}, {"If_None_Match": "*"}):
        assert body(centre.put(path, assessment(), **precondition)) == stored
    assert body(centre.get(path)) == stored
    assert centre.get(path, If_None_Match='"1"').status_code == 304
    assert Assessment.objects.count() == 1


def test_a_correction_needs_the_version_that_it_corrects(centre: Caller, path: str) -> None:
    centre.put(path, assessment(), If_None_Match="*")
    refused = centre.put(path, assessment(outcome="DECLINED"))
    problem(refused, "precondition_required")
    assert etag(refused) == '"1"'
    problem(centre.put(path, assessment(outcome="DECLINED"), If_Match='"2"'), "precondition_failed")
    problem(centre.put(path, assessment(outcome="DECLINED"), If_None_Match="*"), "precondition_failed")
    assert etag(centre.put(path, assessment(outcome="DECLINED"), If_Match='"1"')) == '"2"'
    assert body(centre.get(path))["outcome"] == "DECLINED"


def test_if_match_never_creates(centre: Caller, path: str) -> None:
    problem(centre.put(path, assessment(), If_Match="*"), "nothing_to_match")
    assert Assessment.objects.count() == 0


def test_each_authority_has_its_own_and_the_others_is_404(centre: Caller, immigration: Caller, path: str) -> None:
    centre.put(path, assessment())
    theirs = immigration.get(path)
    problem(theirs, "not_found")
    assert theirs.content.replace(theirs.headers["X-Request-Id"].encode(), b"") == (
        (unknown := immigration.get(path_of(tokens.mint()))).content.replace(
            unknown.headers["X-Request-Id"].encode(), b""
        )
    )
    own = immigration.put(path, assessment(outcome="NOT_IDENTIFIED", decided_by="IMMIGRATION_SERVICE"))
    assert (own.status_code, etag(own)) == (201, '"1"')
    assert body(centre.get(path))["outcome"] == "IDENTIFIED"
    assert body(immigration.get(path))["outcome"] == "NOT_IDENTIFIED"


def test_two_centres_clients_share_nothing_across_authorities_of_one_kind(immigration: Caller, path: str) -> None:
    other = make_caller("IMMIGRATION")
    immigration.put(path, assessment())
    problem(other.get(path), "not_found")
    assert other.put(path, assessment(outcome="DECLINED"), If_None_Match="*").status_code == 201


def test_an_unknown_token_opens_a_case_with_the_same_answer(centre: Caller, path: str) -> None:
    unknown = tokens.mint()
    answers = []
    for each in (path, path_of(unknown)):
        stored = body(centre.put(each, assessment()), 201)
        answers.append({name: value for name, value in stored.items() if name not in {"case_token", "recorded_at"}})
    assert answers[0] == answers[1]
    assert Case.objects.get(token_unknown=True).token == unknown


@pytest.mark.parametrize(
    "token", ["7KQ2M8XW4A0", "1", "%E2%82%AC", "7KQ2M8XW4A4%0A", "%00", "0101901234", "7KQ2M8XW4A40"]
)
def test_a_token_that_is_none_is_400(centre: Caller, token: str) -> None:
    for response in (centre.get(path_of(token)), centre.put(path_of(token), assessment())):
        assert findings(response, "invalid_parameter") == [("token", "case_token_expected")]
    assert Case.objects.count() == 0


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.CENTRE, Kind.IMMIGRATION}])
def test_only_the_centre_and_deciding_authorities_have_the_scope(kind: str, centre: Caller, path: str) -> None:
    caller = make_caller(kind)
    centre.put(path, assessment())
    for response in (caller.get(path), caller.call("HEAD", path), caller.put(path, assessment())):
        assert response.status_code == 403
        assert f'scope="{Scope.ASSESSMENTS_WRITE}"' in response.headers["WWW-Authenticate"]
    problem(caller.get(path), "insufficient_scope")
    assert Assessment.objects.count() == 1


def test_an_optional_month_is_absent_or_null(centre: Caller, path: str) -> None:
    pending = assessment(outcome="PENDING", decided_in=..., decided_by="_Z")
    stored = body(centre.put(path, pending), 201)
    assert "decided_in" not in stored
    assert body(centre.put(path, {**pending, "decided_in": None}))["version"] == stored["version"]


@pytest.mark.parametrize(
    "field", [f for f in d.coded_fields(d.ASSESSMENT) if not f.required], ids=lambda field: field.name
)
def test_an_absent_optional_code_is_not_asked(centre: Caller, path: str, field: object) -> None:
    name = field.name  # type: ignore[attr-defined]
    sent = assessment(**{"verified_exploitation_detail": ..., "reflection_days": ..., name: ...})
    stored = body(centre.put(path, sent), 201)
    assert stored[name] == "_N"
    assert body(centre.put(path, {**sent, name: "_N"}))["version"] == 1


@pytest.mark.parametrize("name", ["version", "recorded_at", "schema_version"])
def test_what_the_service_sets_is_refused_by_name(centre: Caller, path: str, name: str) -> None:
    assert findings(centre.put(path, assessment(**{name: "1"}))) == [(f"#/{name}", "read_only")]


def test_nothing_of_the_referral_belongs_into_an_assessment(centre: Caller, path: str) -> None:
    assert findings(centre.put(path, {**assessment(), "gender": "F"})) == [("#", "unknown_member")]
    assert findings(centre.put(path, referral()))[0] in {("#", "unknown_member"), ("#/outcome", "required")}
    assert Assessment.objects.count() == 0
