"""Deliveries: what becomes of each row is what would become of it alone."""

from __future__ import annotations

from uuid import UUID

import pytest

from cases import dictionary as d
from cases.errors import DomainError
from cases.intake import submit
from cases.intake.batches import results
from cases.intake.batches.arrival import KeyReused
from cases.intake.models import BatchState, Handling, StagedRow
from cases.intake.values import input_of
from cases.models import Case, Referral
from cases.versions import NONE, Condition
from tests.callers import Caller
from tests.cases.intake.batches.sending import Row, outcomes, row, send, told

pytestmark = pytest.mark.django_db


def test_new_rows_are_stored_with_cases_and_told_with_their_tokens(ngo: Caller) -> None:
    rows = [row() for _ in range(3)]
    batch = send(ngo, rows)
    assert (batch.state, batch.stored, batch.created, batch.total) == (BatchState.DONE, True, 3, 3)
    stored = {str(each.reference): each for each in Referral.objects.select_related("case")}
    for result, sent in zip(results.page(batch), rows, strict=True):
        assert (str(result.reference), result.version) == (sent["reference"], 1)
        assert result.case_token == stored[sent["reference"]].case.token
    assert not StagedRow.objects.exists()


def test_the_same_file_again_changes_nothing(ngo: Caller) -> None:
    rows = [row() for _ in range(3)]
    send(ngo, rows)
    again = send(ngo, rows)
    assert outcomes(again) == ["unchanged"] * 3
    assert Referral.objects.count() == 3


def test_the_same_key_answers_with_the_same_batch_and_another_file_is_refused(ngo: Caller) -> None:
    rows, key = [row()], "0123456789abcdefghijkl"
    first, again = send(ngo, rows, key=key), send(ngo, rows, key=key)
    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        send(ngo, [row()], key=key)


def test_of_a_strict_delivery_with_an_error_nothing_is_stored(ngo: Caller) -> None:
    batch = send(ngo, [row(), row(gender="Q"), row()])
    assert outcomes(batch) == ["created", "rejected", "created"]
    assert (batch.state, batch.stored, batch.waits) == (BatchState.NEEDS_REVIEW, False, True)
    assert not Referral.objects.exists() and not Case.objects.exists()


def test_of_a_lenient_delivery_what_is_right_is_stored(ngo: Caller) -> None:
    batch = send(ngo, [row(), row(gender="Q"), row()], handling=Handling.LENIENT)
    assert (batch.state, batch.created, batch.rejected) == (BatchState.DONE, 2, 1)
    assert Referral.objects.count() == 2


def test_all_findings_of_a_row_are_told(ngo: Caller) -> None:
    wrong = row(gender="Q", region="nowhere", referred_in="2025", citizenship=7, surplus=1)
    del wrong["consent"]
    (result,) = results.page(send(ngo, [wrong]))
    assert told(result) == {"code_unknown", "month_expected", "code_expected", "unknown_member", "required"}
    assert {each.field for each in result.findings} >= {"gender", "region", "referred_in", "citizenship", "consent"}


HISTORIES = ("nothing", "one", "two", "withdrawn")


def with_history(caller: Caller, sent: Row, history: str) -> str | None:
    """Store what stands before a row is sent; the token of its case."""
    path, body = f"/api/v1/referrals/{sent['reference']}", {name: sent[name] for name in sent if name != "reference"}
    if history == "nothing":
        return None
    assert caller.put(path, body).status_code == 201
    if history in {"two", "withdrawn"}:
        assert caller.put(path, {**body, "gender": "M"}, If_Match='"1"').status_code == 200
    if history == "withdrawn":
        assert caller.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"2"').status_code == 200
    return str(Referral.objects.select_related("case").filter(reference=sent["reference"])[0].case.token)


def row_after(caller: Caller, history: str, content: str, token: str, version: int | None) -> Row:
    """A row that is sent after a history: with the same content or another, and with a token and a version or without."""
    sent = row(gender="F")
    own = with_history(caller, sent, history)
    last = "M" if history in {"two", "withdrawn"} else "F"
    sent["gender"] = last if content == "same" else "X"
    tokens = {"own": own, "other": "7KQ2M8XW4A4"}
    further = {"version": version, "case_token": tokens.get(token)}
    return {**sent, **{name: value for name, value in further.items() if value is not None}}


def alone(caller: Caller, sent: Row) -> tuple[str, int | None]:
    """What becomes of a row that is sent alone: its outcome, and its version."""
    version = sent.get("version")
    values = {each.name: input_of(each).read(sent[each.name]) for each in d.REFERRAL if each.name in sent}
    condition = Condition(versions=frozenset({version})) if version else NONE
    try:
        result = submit.put(by=caller.principal, reference=UUID(sent["reference"]), values=values, condition=condition)
    except DomainError:
        return "rejected", None
    outcome = "created" if result.created else "corrected" if result.changed else "unchanged"
    return outcome, result.referral.version


@pytest.mark.parametrize("version", [None, 1, 2, 3])
@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("content", ["same", "other"])
@pytest.mark.parametrize("token", ["none", "own", "other"])
def test_a_row_of_many_becomes_what_it_becomes_alone(
    ngo: Caller, other_ngo: Caller, version: int | None, history: str, content: str, token: str
) -> None:
    """Two partners with the same history: one sends the row alone, the other in a file, first as a rehearsal."""
    expected = alone(ngo, row_after(ngo, history, content, token, version))
    sent = row_after(other_ngo, history, content, token, version)
    before = Referral.objects.count()
    (rehearsed,) = results.page(send(other_ngo, [sent], dry_run=True))
    assert Referral.objects.count() == before
    (result,) = results.page(send(other_ngo, [sent], handling=Handling.LENIENT))
    assert (rehearsed.outcome, rehearsed.version) == (result.outcome, result.version) == expected
    assert rehearsed.findings == result.findings
