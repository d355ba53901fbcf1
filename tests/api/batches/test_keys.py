"""Exactly once: one key and one file are stored once, whoever sends them how often."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases.intake.batches import committing, holding, jobs, storing
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch
from cases.models import Referral
from partners.audit import COMMAND
from partners.credentials import add_client
from partners.jobs import INTAKE, LARGE, worker
from partners.jobs.models import Job
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
    rules,
    send,
    whole,
)
from tests.api.batches.test_commits import HELD, REASON
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


def test_a_replay_while_a_commit_s_job_waits_and_works_is_answered_as_the_commit_was(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The delivery and the commit alike: its file is gone, and its job is not."""
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 1)
    rows = [row(), row()]
    sent = partial(send, ngo, rows, dry_run=True, Idempotency_Key=KEY)
    first = sent()
    batch_id = UUID(whole(first)["id"])
    ask = partial(ngo.post, f"{BATCHES}/{batch_id}/commit", {"handling": "strict"})
    committed = ask()
    assert whole(committed, 202)["state"] == "queued"

    def again(state: str) -> None:
        for answer in at_once([sent, ask]):
            assert (whole(answer, 202)["id"], whole(answer, 202)["state"]) == (str(batch_id), state)
            assert answer.headers["Location"] == committed.headers["Location"] == first.headers["Location"]
            assert int(answer.headers["Retry-After"]) > 0
        problem(ngo.post(f"{BATCHES}/{batch_id}/commit", {"handling": "lenient"}), "batch_running")

    again("queued")
    store = storing.store
    calls: list[str] = []

    def ask_amid(*args: Any, **options: Any) -> bool:
        again("running")
        calls.append("asked")
        return store(*args, **options)

    monkeypatch.setattr(storing, "store", ask_amid)
    asyncio.run(worker.work([INTAKE, LARGE], once=True))
    assert (calls, Job.objects.get().status) == (["asked"], "succeeded")
    for answer in (sent(), ask()):
        assert (whole(answer)["state"], whole(answer)["stored"], whole(answer)["counts"]["created"]) == (
            "done",
            True,
            2,
        )
    assert (Batch.objects.count(), Referral.objects.count()) == (1, 2)


def test_a_commit_that_confirms_what_the_first_did_not_is_told_to_wait(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no repeat: what it confirms would be lost."""
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 1)
    batch = whole(send(ngo, [row(**HELD), row(**HELD)], Prefer="handling=lenient"))
    path = f"{BATCHES}/{batch['id']}/commit"
    [rule] = {rule for each in rules(batch) for rule in each}
    first, second = ({"confirmations": [{"rule": rule, "indexes": [n], "reason_code": REASON}]} for n in (0, 1))
    for _ in range(2):
        whole(ngo.post(path, first), 202)
    problem(ngo.post(path, second), "batch_running")
    work_batch(batch["id"])
    work_again = whole(ngo.post(path, second), 202)
    work_batch(work_again["id"])
    assert Referral.objects.count() == 2


def test_only_while_the_first_request_is_answered_the_second_is_told_to_come_back(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(), row()]
    ask = partial(send, ngo, rows, Idempotency_Key=KEY, Prefer="respond-async")
    hand_over, answers = jobs.hand_over, []

    def ask_before(*args: Any, **options: Any) -> None:
        answers.extend(at_once([ask]))
        hand_over(*args, **options)

    monkeypatch.setattr(jobs, "hand_over", ask_before)
    whole(ask(), 202)
    problem(answers[0], "idempotency_in_flight")
    assert whole(ask(), 202)["state"] == "queued"


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
