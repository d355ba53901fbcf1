"""How far a referral has come: by its own versions and by time, and nothing of anybody else's."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.linking import decisions
from cases.models import Case, Referral
from partners.audit import COMMAND
from partners.kinds import Mode
from stats.models import PUBLIC
from tests.callers import Caller, assessment, make_caller, referral
from tests.oversight.returns.world import case_manager, send_back
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
TABLES = {"": {"": 70}, "gender": {"F": 46, "M": 24, "X": 0}}


def progress(caller: Caller, path: str) -> dict[str, Any]:
    """What the API tells of a referral."""
    answer = caller.get(f"{path}/progress")
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = json.loads(answer.content)
    return body


def release(year: str = "2025", vintage: int = 1, **changes: Any) -> str:
    """A published release whose records are those of now."""
    moment = timezone.now()
    return str(publish(PUBLIC, year, TABLES, vintage=vintage, as_of=moment, **changes).pk)


def test_it_is_received_counted_and_published_version_by_version(ngo: Caller) -> None:
    path, stored = ngo.referral(referred_in="2025-03")
    first = release()
    ngo.put(path, referral(referred_in="2025-04"), If_Match='"1"')
    second = release(vintage=2)
    said = progress(ngo, path)
    assert said["received_at"] == stored["recorded_at"] < said["recorded_at"]
    assert (said["version"], said["counted"]) == (2, "COUNTED")
    assert said["releases"] == [{"release": first, "version": 1}, {"release": second, "version": 2}]


def test_a_release_of_other_months_or_of_before_is_none_of_it(ngo: Caller) -> None:
    release()
    path, _ = ngo.referral(referred_in="2025-03")
    release("2024")
    assert progress(ngo, path)["releases"] == []


def test_a_release_that_was_withdrawn_or_made_after_a_withdrawal_is_none_of_it(ngo: Caller) -> None:
    path, _ = ngo.referral(referred_in="2025-03")
    first = publish(PUBLIC, "2025", TABLES, as_of=timezone.now())
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    second = publish(PUBLIC, "2025", TABLES, vintage=2, as_of=timezone.now())
    said = progress(ngo, path)
    assert said["releases"] == [{"release": first.pk, "version": 1}]
    assert (said["counted"], said["outcome"]) == ("WITHDRAWN", "_Z")
    withdraw(first, second)
    assert progress(ngo, path)["releases"] == []


def test_a_rehearsal_counts_nowhere() -> None:
    caller = make_caller("NGO", mode=Mode.TEST)
    path, _ = caller.referral(referred_in="2025-03")
    release()
    said = progress(caller, path)
    assert (said["counted"], said["releases"]) == ("TEST", [])


def test_the_outcome_needs_consent_as_it_does_elsewhere(ngo: Caller, immigration: Caller) -> None:
    for consent, outcome in (("GIVEN", "IDENTIFIED"), ("NOT_GIVEN", "_Z"), ("NOT_ASKED", "_Z")):
        path, stored = ngo.referral(consent=consent)
        immigration.put(f"/api/v1/cases/{stored['case_token']}/assessment", assessment())
        assert progress(ngo, path)["outcome"] == outcome


def nothing(path: str, token: str) -> None:
    """Nobody else knows the person."""


def linked(path: str, token: str) -> None:
    """Another organisation referred the person under a token of its own, and staff found it out; the referral was decided on."""
    other, authority = make_caller("POLICE"), make_caller("IMMIGRATION")
    _, second = other.referral(referred_in="2025-01")
    other.referral(case_token=token, referred_in="2025-02", consent="GIVEN")
    authority.put(f"/api/v1/cases/{token}/assessment", assessment(decided_in="2025-03"))
    cases = [Case.objects.get(token=each).pk for each in (token, second["case_token"])]
    decisions.merge(by=COMMAND, cases=cases, reason_code="CONFIRMED")


def moved(path: str, token: str) -> None:
    """Staff found that the referral is another person's than its token says."""
    own = Referral.objects.current().get(reference=path.rpartition("/")[2])
    make_caller("NGO").referral(case_token=token)
    keys = [(own.partner_id, own.reference)]
    decisions.split(by=COMMAND, case=own.case_id, referrals=keys, assessments=[], reason_code="TWO_PERSONS")


@pytest.mark.parametrize("consent", ["NOT_GIVEN", "NOT_ASKED", "GIVEN"])
@pytest.mark.parametrize("others", [linked, moved])
def test_two_worlds_that_differ_in_what_others_sent_answer_alike(
    ngo: Caller, consent: str, others: Callable[[str, str], None]
) -> None:
    """Of `outcome`, which consent shows, the partner may learn more; of all else nothing."""
    answers = []
    for happen in (nothing, others):
        path, stored = ngo.referral(referred_in="2025-03", consent=consent)
        happen(path, stored["case_token"])
        answers.append((path, stored))
    release()
    said = [told(progress(ngo, path), stored, consent) for path, stored in answers]
    assert said[0] == said[1]
    assert said[0]["releases"] == [{"release": "2025.p1", "version": 1}]


def told(said: dict[str, Any], stored: dict[str, Any], consent: str) -> dict[str, Any]:
    """What is told beside what is the referral's own: its name and its moments."""
    assert said.pop("reference") == stored["reference"]
    assert said.pop("received_at") == said.pop("recorded_at") == stored["recorded_at"]
    if consent == "GIVEN":
        said.pop("outcome")
    return said


def test_others_ask_in_vain_and_a_read_is_written_down(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral()
    assert other_ngo.get(f"{path}/progress").status_code == 404
    assert ngo.get(f"/api/v1/referrals/{uuid4()}/progress").status_code == 404
    tag = ngo.get(path).headers["ETag"]
    send_back(path)
    progress(ngo, path)
    assert ngo.get(path).headers["ETag"] == tag  # the referral is what its partner sent, whatever was asked about it


def test_what_was_asked_stands_with_it_and_names_nobody(ngo: Caller) -> None:
    path, _ = ngo.referral()
    send_back(path, reason_code="TOO_GENERAL", field="citizenship", days=-1)
    answer = ngo.get(f"{path}/progress", Accept_Language="da").content.decode()
    [inquiry] = json.loads(answer)["returns"]
    assert (inquiry["state"], inquiry["field"], inquiry["version"]) == ("OPEN", "citizenship", 1)
    assert inquiry["reason"] == "Der er en kode, som siger mere præcist"
    assert inquiry["due"] == (timezone.localdate() - timedelta(days=1)).isoformat()
    assert case_manager().username not in answer
