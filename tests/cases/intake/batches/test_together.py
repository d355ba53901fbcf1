"""Deliveries beside each other, beside single referrals, cancellations and erasures, and beside a worker that is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.db import OperationalError, connection

from cases import tokens
from cases.intake.batches import committing, holding, results, soft_checks, storing, work
from cases.intake.batches.arrival import KeyInFlight, receive
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.holding import BatchBusy
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch, BatchState, Handling, StagedRow
from cases.intake.readers import spool
from cases.models import Case, Referral
from config import env
from partners.jobs import worker
from tests.callers import Caller, as_web_server
from tests.cases.intake.batches.sending import delivery, ndjson, outcomes, row, send, told
from tests.jobs.toys import wait_for
from tests.oversight.rights.world import arrive, erase_person, remaining_rows
from tests.threads import Background, at_once, wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "0123456789abcdefghijkl"
TAKEN = "7KQ2M8XW4A4"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def sent_or_busy(caller: Caller, content: bytes) -> str:
    """Send something under the one key; the state of its batch, or that somebody else is at it."""
    with as_web_server():
        try:
            return receive(by=caller.principal, key=KEY, delivery=delivery(content)).batch.state
        except KeyInFlight:
            return "busy"


def test_one_delivery_twenty_times_at_once_is_stored_once(ngo: Caller) -> None:
    content = ndjson([row() for _ in range(5)])
    tally = Counter(at_once([partial(sent_or_busy, ngo, content)] * 20))
    assert tally["done"] and set(tally) <= {"done", "busy"}
    assert (Batch.objects.count(), Referral.objects.count(), StagedRow.objects.count()) == (1, 5, 0)


def test_overlapping_deliveries_of_one_partner_store_each_row_once(ngo: Caller) -> None:
    rows = [row() for _ in range(9)]
    parts = [rows[:6], rows[3:], rows[::-1]]
    at_once([partial(send, ngo, part, handling=handling) for part in parts for handling in Handling])
    assert sorted(Referral.objects.values_list("version", flat=True)) == [1] * 9


def test_partners_that_quote_the_same_tokens_in_other_orders_do_not_stop_each_other(
    ngo: Caller, other_ngo: Caller
) -> None:
    texts = [tokens.mint() for _ in range(15)]
    orders = [(ngo, texts), (other_ngo, texts[::-1])] * 2
    at_once([partial(send, caller, [row(case_token=text) for text in order]) for caller, order in orders])
    assert (Referral.objects.count(), Case.objects.count()) == (60, 15)


def between(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, do: Callable[[], object]) -> None:
    """Do something at the moment at which a function is called, once."""
    before, calls = getattr(module, name), iter([do])

    def call(*args: Any, **options: Any) -> Any:
        for each in calls:
            each()
        return before(*args, **options)

    monkeypatch.setattr(module, name, call)


@pytest.mark.parametrize("handling", list(Handling))
def test_a_referral_that_is_put_between_checking_and_storing_is_neither_lost_nor_doubled(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, handling: Handling
) -> None:
    rows = [row(gender="F"), row()]
    path, body = f"/api/v1/referrals/{rows[0]['reference']}", {k: v for k, v in rows[0].items() if k != "reference"}
    between(monkeypatch, storing, "store", lambda: ngo.put(path, {**body, "gender": "M"}))
    batch = send(ngo, rows, handling=handling)
    assert outcomes(batch) == ["rejected", "created"]
    assert told(results.page(batch)[0]) == {"version_needed"}
    assert Referral.objects.get(reference=rows[0]["reference"]).gender == "M"


@pytest.mark.parametrize("step", ["mark_repeats", "store"])
def test_who_is_erased_between_two_steps_does_not_come_back(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    person = arrive(ngo)
    rows = [{**row(gender="X"), "reference": person.references[0]}, row()]
    needles = person.needles
    between(monkeypatch, storing, step, lambda: erase_person(person))
    batch = send(ngo, rows, handling=Handling.LENIENT, prefer_latest=True)
    assert (batch.state, batch.created, Referral.objects.count()) == (BatchState.DONE, 1, 1)
    assert remaining_rows(needles) == {}


def test_an_erasure_waits_for_the_chunk_that_is_staged(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would not find what is about to be written."""
    person = arrive(ngo)
    needles = person.needles
    with Background() as background:

        def erase() -> None:
            background.start(lambda: erase_person(person))
            wait_until_blocked()

        between(monkeypatch, soft_checks, "hold_unconfirmed", erase)
        send(ngo, [{**row(gender="M"), "reference": person.references[0]}, row()], dry_run=True)
    assert remaining_rows(needles) == {}


@pytest.mark.parametrize("handling", list(Handling))
def test_a_new_token_that_is_taken_is_drawn_again(
    ngo: Caller, other_ngo: Caller, monkeypatch: pytest.MonkeyPatch, handling: Handling
) -> None:
    """By a case that is there, by another row with a new one, and by one that quotes it."""
    send(other_ngo, [row(case_token=TAKEN)])
    monkeypatch.setattr(work, "RANGE", 2)
    fresh, quoted = tokens.mint(), tokens.mint()
    drawn = iter([fresh, TAKEN, fresh, quoted])
    mint = tokens.mint
    monkeypatch.setattr(tokens, "mint", lambda: next(drawn, None) or mint())
    batch = send(ngo, [row(), row(), row(), row(), row(case_token=quoted)], handling=handling)
    assert (batch.state, batch.created) == (BatchState.DONE, 5)
    assert len({each.case_token for each in results.page(batch)} | {TAKEN}) == 6


def test_a_commit_and_a_cancellation_at_once_have_one_outcome(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = send(ngo, [row()], dry_run=True)
    between(monkeypatch, committing, "keep_confirmations", partial(beside, partial(cancel, ngo, batch)))
    with pytest.raises(NothingWaits):
        committing.commit(by=ngo.principal, batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.stored, Referral.objects.exists()) == (BatchState.CANCELLED, False, False)


def beside[T](do: Callable[[], T]) -> T:
    """Do something in another process's place: on a connection of its own."""
    (answer,) = at_once([do])
    return answer


def cancel(caller: Caller, batch: Batch) -> str:
    """Cancel a batch; its state."""
    return committing.cancel(by=caller.principal, batch_id=batch.pk).state


@pytest.mark.parametrize("step", ["mark_repeats", "compare", "store"])
def test_a_delivery_that_is_cancelled_while_it_is_worked_on_stops(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    batch = send(ngo, [row(), row(gender="Q")], dry_run=step == "compare", respond_async=True)
    between(monkeypatch, storing, step, lambda: beside(partial(cancel, ngo, batch)))
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.stored, outcomes(batch)) == (BatchState.CANCELLED, False, [])
    assert not StagedRow.objects.exists() and not Referral.objects.exists() and not [*spool.directory().iterdir()]


def test_what_is_stored_before_a_cancellation_stays_with_its_results(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "RANGE", 2)
    batch = send(ngo, [row() for _ in range(5)], handling=Handling.LENIENT, respond_async=True)
    before, calls = storing.store, []

    def store(*args: Any, **options: Any) -> bool:
        calls.append(1)
        if len(calls) == 2:
            beside(partial(cancel, ngo, batch))
        return before(*args, **options)

    monkeypatch.setattr(storing, "store", store)
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.stored, Referral.objects.count()) == (BatchState.CANCELLED, True, 2)
    assert outcomes(batch) == ["created"] * 2 and not StagedRow.objects.exists()


def test_a_delivery_whose_job_works_on_it_is_answered_and_not_told_to_wait(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sender may have lost the first answer."""
    rows, states = [row()], []
    batch = send(ngo, rows, key=KEY, respond_async=True)
    again = partial(send, ngo, rows, key=KEY, respond_async=True)
    between(monkeypatch, storing, "mark_repeats", lambda: states.append(beside(again)))
    work_batch(str(batch.pk))
    assert [(each.pk, each.state) for each in states] == [(batch.pk, BatchState.RUNNING)]
    assert Referral.objects.count() == 1


def hold_and_lose(batch: Batch, answers: list[bool]) -> None:
    """Hold a batch, let somebody ask for it, and lose the connection."""
    with holding.hold(batch.pk):
        answers.append(beside(partial(is_busy, batch)))
        connection.connection.close()


def is_busy(batch: Batch) -> bool:
    """Whether somebody works on a batch."""
    try:
        with holding.hold(batch.pk):
            return False
    except BatchBusy:
        return True


def test_whoever_loses_the_connection_lets_go(ngo: Caller) -> None:
    batch = send(ngo, [row()], dry_run=True)
    answers: list[bool] = []
    with pytest.raises(OperationalError):
        beside(partial(hold_and_lose, batch, answers))
    assert answers == [True]
    wait_for(lambda: not is_busy(batch))  # the server notices a moment later


def process() -> subprocess.Popen[bytes]:
    """A worker with the web server's role, in a process of its own."""
    given = connection.settings_dict
    port = f"&port={given['PORT']}" if given["PORT"] else ""
    url = (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={quote(given['HOST'], safe='')}{port}"
    )
    environment = {**os.environ, "DATABASE_URL": env.acting_as_web(url), "HENVIS_SPOOL": str(configured.HENVIS_SPOOL)}
    return subprocess.Popen([sys.executable, "-m", "tests.cases.intake.batches.process"], env=environment)


def test_a_worker_that_is_killed_in_the_middle_of_a_delivery_loses_nothing_and_doubles_nothing(ngo: Caller) -> None:
    rows = [row() for _ in range(1_500)]
    with as_web_server():
        batch = send(ngo, rows, handling=Handling.LENIENT, respond_async=True)
    assert batch.state == BatchState.QUEUED
    killed = process()
    try:
        wait_for(lambda: Batch.objects.filter(pk=batch.pk, done__gt=0, stage="checking").exists())
    finally:
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
    batch.refresh_from_db()
    assert (batch.state, batch.done > 0, batch.applied < 1_500) == (BatchState.RUNNING, True, True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    assert asyncio.run(worker.work(["intake"], once=True))
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.total) == (BatchState.DONE, 1_500, 1_500)
    assert (Referral.objects.count(), StagedRow.objects.count()) == (1_500, 0)
    assert not [*spool.directory().iterdir()]
