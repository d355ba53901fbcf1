"""Storing what waits, and no longer waiting for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.codelists import CONFIRMATION_REASON
from cases.intake.models import Batch, Confirmation, StagedRow
from cases.models import Referral
from tests.api.asserts import body, findings, problem
from tests.api.batches.sending import BATCHES, outcomes, row, rules, send, whole
from tests.callers import Caller

pytestmark = pytest.mark.django_db(transaction=True)
REASON = CONFIRMATION_REASON.names[0]
# The exploitation of a child by a partner: improbable, and possible.
HELD = {"age_band": "Y0T11", "minor_when_exploited": "YES", "recruiter": "PARTNER"}


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def commit(caller: Caller, batch: dict[str, Any], sent: object = None, status: int = 200) -> dict[str, Any]:
    return whole(caller.post(f"{BATCHES}/{batch['id']}/commit", {} if sent is None else sent), status)


def test_a_dry_run_is_committed_and_committing_again_changes_nothing(ngo: Caller) -> None:
    dry = whole(send(ngo, [row(), row()], dry_run=True))
    assert (dry["commit_until"] is not None, Referral.objects.count()) == (True, 0)
    first = commit(ngo, dry)
    assert (first["state"], first["stored"], first["commit_until"]) == ("done", True, None)
    assert outcomes(first) == [("created", 1)] * 2
    assert commit(ngo, dry)["counts"] == first["counts"]
    assert Referral.objects.count() == 2


def test_strict_in_review_is_committed_as_lenient(ngo: Caller) -> None:
    strict = whole(send(ngo, [row(), row(gender="wrong")]))
    assert commit(ngo, strict, {"handling": "strict"})["stored"] is False
    lenient = commit(ngo, strict, {"handling": "lenient"})
    assert (lenient["stored"], lenient["handling"], Referral.objects.count()) == (True, "lenient", 1)


def test_a_commit_is_handled_as_its_body_says_or_else_as_is_preferred(ngo: Caller) -> None:
    rows = [row(), row(gender="wrong")]
    path = f"{BATCHES}/{whole(send(ngo, rows))['id']}/commit"
    kept = ngo.post(path, {"handling": "strict"}, Prefer="handling=lenient, return=minimal")
    assert (whole(kept)["handling"], whole(kept)["stored"]) == ("strict", False)
    assert kept.headers["Preference-Applied"] == "return=minimal"
    stored = ngo.post(path, {}, Prefer="handling=lenient, respond-async")
    assert (whole(stored)["handling"], whole(stored)["stored"], Referral.objects.count()) == ("lenient", True, 1)
    assert stored.headers["Preference-Applied"] == "handling=lenient"


def test_a_check_holds_its_row_until_it_is_confirmed_and_the_same_content_is_not_asked_again(ngo: Caller) -> None:
    rows = [row(), row(**HELD)]
    batch = whole(send(ngo, rows))
    assert (batch["state"], [outcome for outcome, _ in outcomes(batch)]) == ("needs_review", ["created", "held"])
    [rule] = {rule for each in rules(batch) for rule in each}
    assert not Referral.objects.exists()
    stored = commit(ngo, batch, {"confirmations": [{"rule": rule, "indexes": [1], "reason_code": REASON}]})
    assert (stored["stored"], stored["counts"]["held"], Referral.objects.count()) == (True, 0, 2)
    assert {outcome for outcome, _ in outcomes(whole(send(ngo, rows)))} == {"unchanged"}


@pytest.mark.parametrize(
    ("sent", "place_of_it", "code"),
    [
        ([], "#", "object_expected"),
        ({"handling": "easy"}, "#/handling", "code_expected"),
        ({"handling": 1}, "#/handling", "code_expected"),
        ({"confirm": []}, "#", "unknown_member"),
        ({"confirmations": {}}, "#/confirmations", "list_expected"),
        ({"confirmations": [1]}, "#/confirmations/0", "object_expected"),
        ({"confirmations": [{}]}, "#/confirmations/0/rule", "required"),
        ({"confirmations": [{"rule": "RULE"}]}, "#/confirmations/0/reason_code", "required"),
        (
            {"confirmations": [{"rule": "code_unknown", "reason_code": REASON}]},
            "#/confirmations/0/rule",
            "code_unknown",
        ),
        ({"confirmations": [{"rule": ["x"], "reason_code": REASON}]}, "#/confirmations/0/rule", "code_unknown"),
        (
            {"confirmations": [{"rule": "RULE", "reason_code": "BECAUSE"}]},
            "#/confirmations/0/reason_code",
            "code_unknown",
        ),
        (
            {"confirmations": [{"rule": "RULE", "reason_code": REASON, "why": "x"}]},
            "#/confirmations/0",
            "unknown_member",
        ),
        (
            {"confirmations": [{"rule": "RULE", "reason_code": REASON, "indexes": [True]}]},
            "#/confirmations/0/indexes",
            "indexes_expected",
        ),
        (
            {"confirmations": [{"rule": "RULE", "reason_code": REASON, "indexes": [2**31]}]},
            "#/confirmations/0/indexes",
            "indexes_expected",
        ),
        ({"confirmations": [{"rule": "RULE", "reason_code": REASON}] * 201}, "#/confirmations", "too_many_items"),
    ],
)
def test_what_is_no_commit_is_refused(ngo: Caller, sent: Any, place_of_it: str, code: str) -> None:
    batch = whole(send(ngo, [row(**HELD)]))
    [rule] = rules(batch)[0]
    for each in sent.get("confirmations", []) if isinstance(sent, dict) else []:
        if isinstance(each, dict) and each.get("rule") == "RULE":
            each["rule"] = rule
    answer = ngo.post(f"{BATCHES}/{batch['id']}/commit", sent)
    assert (place_of_it, code) in findings(answer)
    assert not Referral.objects.exists()


def test_a_confirmation_fits_what_was_asked_or_repeats_another(ngo: Caller) -> None:
    """Also once its row is stored, as long as others wait. Where one fits nothing, none is kept."""
    rows = [row(**HELD), row(gender="wrong"), row(**HELD)]
    batch = whole(send(ngo, rows, Prefer="handling=lenient"))
    [rule] = rules(batch)[0]
    first, last = ({"rule": rule, "reason_code": REASON, "indexes": [n]} for n in (0, 2))
    for change, place, code in (
        ({"rule": "one_value"}, "rule", "rule_not_asked"),
        ({"indexes": []}, "indexes", "indexes_not_asked"),
        ({"indexes": [1]}, "indexes", "indexes_not_asked"),
        ({"indexes": [99]}, "indexes", "indexes_not_asked"),
    ):
        answer = ngo.post(f"{BATCHES}/{batch['id']}/commit", {"confirmations": [first, {**last, **change}]})
        assert findings(answer) == [(f"#/confirmations/1/{place}", code)]
    assert not Referral.objects.exists() and not Confirmation.objects.exists()
    for _ in range(2):
        assert commit(ngo, batch, {"confirmations": [first]})["counts"]["created"] == 1
    counts = commit(ngo, batch, {"confirmations": [first, last]})["counts"]
    assert (counts["created"], counts["rejected"], counts["held"]) == (2, 1, 0)


def test_what_is_cancelled_waits_no_more(ngo: Caller) -> None:
    batch = whole(send(ngo, [row()], dry_run=True))
    for _ in range(2):
        cancelled = whole(ngo.call("DELETE", f"{BATCHES}/{batch['id']}"))
        assert (cancelled["commit_until"], cancelled["stored"]) == (None, False)
    assert not StagedRow.objects.exists()
    problem(ngo.post(f"{BATCHES}/{batch['id']}/commit", {}), "nothing_waits")
    assert body(ngo.get(f"{BATCHES}/{batch['id']}"))["commit_until"] is None
    assert Batch.objects.count() == 1


def test_what_is_stored_cannot_be_cancelled(ngo: Caller) -> None:
    batch = whole(send(ngo, [row()]))
    after = whole(ngo.call("DELETE", f"{BATCHES}/{batch['id']}"))
    assert (after["state"], after["stored"], Referral.objects.count()) == ("done", True, 1)
