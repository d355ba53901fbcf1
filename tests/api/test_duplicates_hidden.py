"""Partners are told nothing of candidates: not that they are one, not what was decided, not by any answer that changes."""

from __future__ import annotations

import json

import pytest
from django.conf import settings

from cases.duplicates.models import Decision, Duplicate
from tests.api.asserts import LIST, body
from tests.callers import Caller, assessment
from tests.cases.duplicates.world import RARE, crowd, decide_pair, run_search

CODE = {"linkage_code": "c" * 64}


@pytest.fixture
def paths(ngo: Caller, police: Caller) -> list[tuple[Caller, str]]:
    """All that two partners can read of referrals that are a candidate pair."""
    crowd(ngo.partner, 20)
    read = []
    for caller in (ngo, police):
        path, _ = caller.referral(**RARE)
        assert caller.put(f"{path}/linkage-code", CODE).status_code == 204
        read += [(caller, each) for each in (path, f"{path}/versions", f"{path}/outcome", LIST)]
    return read


def answers(paths: list[tuple[Caller, str]]) -> list[tuple[int, bytes, str | None]]:
    responses = [caller.get(path) for caller, path in paths]
    return [(response.status_code, response.content, response.headers.get("ETag")) for response in responses]


@pytest.mark.parametrize(("decision", "reason"), [(Decision.SAME, "MATCH"), (Decision.DIFFERENT, "TWO_KNOWN")])
def test_no_answer_changes_when_a_pair_is_found_and_decided(
    paths: list[tuple[Caller, str]], decision: Decision, reason: str
) -> None:
    before = answers(paths)
    assert run_search().listed == 1
    assert answers(paths) == before
    decide_pair(decision, reason)
    assert not Duplicate.objects.exists()
    assert answers(paths) == before


@pytest.mark.parametrize(
    ("decision", "reason", "changed"),
    [(Decision.SAME, "MATCH", ["outcome"]), (Decision.DIFFERENT, "TWO_KNOWN", [])],
)
def test_of_one_person_the_outcome_is_the_person_s_and_nothing_else_changes(
    paths: list[tuple[Caller, str]], immigration: Caller, decision: Decision, reason: str, changed: list[str]
) -> None:
    (_, first), *_ = paths
    token = body(paths[0][0].get(first))["case_token"]
    assert immigration.put(f"/api/v1/cases/{token}/assessment", assessment()).status_code == 201
    run_search()
    before = answers(paths)
    decide_pair(decision, reason)
    pairs = zip(paths, before, answers(paths), strict=True)
    assert [path.rsplit("/", 1)[1] for (_, path), one, other in pairs if one != other] == changed


def test_nothing_in_the_api_mentions_a_candidate() -> None:
    described = json.loads((settings.BASE_DIR / "openapi.json").read_text())
    for name in ("WithdrawalReasonCode", "WithdrawalReasonCodeOrNotApplicable"):
        del described["components"]["schemas"][name]  # a partner's own word for its own referral
    text = json.dumps(described).lower().replace("duplicate_member", "")
    assert "duplicate" not in text.replace('"duplicate"', "")
    assert not [path for path in described["paths"] if "duplicate" in path or "candidate" in path]
