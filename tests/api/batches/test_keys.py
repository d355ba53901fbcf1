"""Exactly once: one key and one file are stored once, whoever sends them how often."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases.intake.batches import holding
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch
from cases.models import Referral
from partners.audit import COMMAND
from partners.credentials import add_client
from tests.api.asserts import problem
from tests.api.batches.sending import (
    BATCHES,
    CSV,
    MULTIPART,
    as_csv,
    file_part,
    outcomes,
    parts,
    post,
    row,
    send,
    whole,
)
from tests.callers import Caller, issue_token
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "5e0d7c64-92f1-4b0a-8f3d-1c6b7a9e2d45"
HUNDRED, TOGETHER = 100, 20


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    return tmp_path / "spool"


def test_the_same_again_is_answered_again(ngo: Caller) -> None:
    rows = [row(), row()]
    first = send(ngo, rows, Idempotency_Key=KEY)
    assert "Idempotency-Replayed" not in first.headers
    for key in (KEY, f'"{KEY}"', f" {KEY} "):
        again = send(ngo, rows, Idempotency_Key=key)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert whole(again) == whole(first)
        assert again.headers["Location"] == first.headers["Location"]
    assert (Batch.objects.count(), Referral.objects.count()) == (1, 2)


def test_a_key_is_the_partners_whichever_client_sends_it(ngo: Caller) -> None:
    rows = [row()]
    first = whole(send(ngo, rows, Idempotency_Key=KEY))
    client, secret = add_client(by=COMMAND, partner=ngo.partner)
    other = Caller(ngo.partner, client, secret, issue_token(client))
    assert whole(send(other, rows, Idempotency_Key=KEY)) == first


def test_a_key_of_other_content_or_of_another_wish_is_422(ngo: Caller) -> None:
    rows = [row()]
    whole(send(ngo, rows, Idempotency_Key=KEY))
    for answer in (
        send(ngo, [row()], Idempotency_Key=KEY),
        send(ngo, rows, dry_run=True, Idempotency_Key=KEY),
        send(ngo, rows, more="&prefer=latest", Idempotency_Key=KEY),
        send(ngo, rows, Idempotency_Key=KEY, Prefer="handling=lenient"),
    ):
        problem(answer, "idempotency_key_reused")
    assert (Batch.objects.count(), Referral.objects.count()) == (1, 1)


def test_a_refused_file_leaves_its_key_free(ngo: Caller) -> None:
    assert post(ngo, b"nonsense,a\r\n1,2\r\n", CSV, Idempotency_Key=KEY).status_code == 400
    answer = send(ngo, [row()], Idempotency_Key=KEY)
    assert "Idempotency-Replayed" not in answer.headers
    assert outcomes(whole(answer)) == [("created", 1)]


def test_a_refused_file_is_refused_again_under_its_key(ngo: Caller) -> None:
    answers = [post(ngo, b"nonsense,a\r\n1,2\r\n", CSV, Idempotency_Key=KEY) for _ in range(2)]
    first, second = (problem(answer, "columns_wrong") for answer in answers)
    assert {**first, "instance": ""} == {**second, "instance": ""}
    assert [*Batch.objects.values_list("state", "key_digest")] == [("failed", None)] * 2


def test_a_lost_202_is_answered_again_while_its_job_waits_works_and_has_ended(ngo: Caller) -> None:
    rows = [row(), row()]
    ask = partial(send, ngo, rows, Idempotency_Key=KEY, Prefer="respond-async")
    first = ask()
    batch_id = UUID(whole(first, 202)["id"])
    with holding.hold(batch_id):
        while_it_works = ask()
    for again in (ask(), while_it_works):
        assert whole(again, 202)["id"] == str(batch_id)
        assert (again.headers["Location"], "Retry-After" in again.headers) == (first.headers["Location"], True)
    work_batch(str(batch_id))
    assert outcomes(whole(ask())) == [("created", 1)] * 2
    assert (Batch.objects.count(), Referral.objects.count()) == (1, 2)


def test_a_hundred_at_once_under_one_key_are_stored_once(ngo: Caller, place: Path) -> None:
    """Each is answered: the first ones by 409 while it is worked on, and with the same delivery in the end."""
    raw = parts(file_part(as_csv([row() for _ in range(3)])))
    statuses: Counter[int] = Counter()
    for _ in range(HUNDRED // TOGETHER):
        answers = at_once([partial(post, ngo, raw, MULTIPART, Idempotency_Key=KEY)] * TOGETHER)
        statuses.update(answer.status_code for answer in answers)
        assert all(answer.headers["Retry-After"] for answer in answers if answer.status_code == 409)
    assert set(statuses) <= {200, 409}
    assert statuses[200] > HUNDRED - TOGETHER
    assert (Batch.objects.count(), Referral.objects.count()) == (1, 3)
    assert [*place.glob("*")] == []


def test_the_same_rows_under_many_keys_are_stored_once(ngo: Caller) -> None:
    rows = [row() for _ in range(5)]
    answers = at_once([partial(send, ngo, rows, Idempotency_Key=str(uuid4())) for _ in range(8)])
    tally = Counter(outcome for answer in answers for outcome in outcomes(whole(answer)))
    assert tally == {("created", 1): 5, ("unchanged", 1): 35}
    assert Referral.objects.count() == 5


def test_a_dry_run_is_remembered_like_any_other(ngo: Caller) -> None:
    rows = [row()]
    first = whole(send(ngo, rows, dry_run=True, Idempotency_Key=KEY))
    whole(send(ngo, rows))
    assert whole(send(ngo, rows, dry_run=True, Idempotency_Key=KEY)) == first
    assert BATCHES in send(ngo, rows, dry_run=True, Idempotency_Key=KEY).headers["Location"]
