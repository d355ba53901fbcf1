"""Words of the client for what the service names by codes: every code has one."""

from __future__ import annotations

from cases.intake.findings import FindingClass
from cases.intake.models import BatchStage, BatchState, Outcome
from cases.intake.rulebook import RULES
from henvis_client.bodies import BLOCKING
from henvis_client.cli import batch_words, refusals, words
from henvis_client.cli.verdicts import OUTCOMES
from partners.kinds import Mode, Scope


def test_every_code_of_the_service_has_words() -> None:
    assert set(batch_words.STAGES) == set(map(str, BatchStage))
    assert set(OUTCOMES) | BLOCKING == set(map(str, Outcome))
    assert set(words.SCOPES) == set(map(str, Scope))
    assert set(words.MODES) == set(map(str, Mode))
    assert set(batch_words.KINDS) == set(map(str, FindingClass)) - {"error"}
    assert set(batch_words.STATES) == set(map(str, BatchState)) - {"done", "needs_review"}


def test_own_words_are_of_rules_and_problems_that_there_are() -> None:
    from api.http.problem_catalogue import PROBLEMS

    assert set(refusals.RULES) <= set(RULES)
    assert set(refusals.PROBLEMS) <= {*PROBLEMS, "invalid_client"}
