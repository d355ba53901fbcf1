"""A process that works on a delivery may be ended at any statement: whoever goes on loses nothing and stores nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.intake.batches import committing, staging, work
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.jobs import work_batch
from cases.intake.models import BatchState, Handling, StagedRow
from cases.intake.readers import spool
from cases.models import Referral
from tests.callers import Caller
from tests.cases.intake.batches.killing import Killed, is_killed, legacy
from tests.cases.intake.batches.sending import Row, outcomes, row, send

pytestmark = pytest.mark.django_db
# The exploitation of a child by a partner: improbable, and possible.
HELD = {"age_band": "Y0T11", "minor_when_exploited": "YES", "recruiter": "PARTNER"}
# More statements than a delivery of these tests has.
MOST = 100
KINDS = ("new", "wrong", "held", "same", "corrected", "stale", "known token", "twin", "other twin")


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Chunks and ranges of few rows, and a spool of its own."""
    monkeypatch.setattr(staging, "CHUNK", 2)
    monkeypatch.setattr(work, "RANGE", 2)
    settings.HENVIS_SPOOL = tmp_path / "spool"


def rows_of(kinds: Sequence[str]) -> tuple[list[Row], list[Row]]:
    """What is stored before, and rows of these kinds. A twin has the reference of the row before it."""
    before: list[Row] = []
    rows: list[Row] = []
    for kind in kinds:
        each = row(gender="F")
        if kind in {"same", "corrected", "stale"}:
            before.append(each)
        changes: dict[str, dict[str, Any]] = {
            "wrong": {"gender": "Q"},
            "held": HELD,
            "corrected": {"gender": "M", "version": 1},
            "stale": {"gender": "M", "version": 2},
            "known token": {"case_token": "7KQ2M8XW4A4"},
        }
        if kind in {"twin", "other twin"} and rows:
            each = rows[-1] if kind == "twin" else {**rows[-1], "region": "DK02", "gender": "X"}
        rows.append({**each, **changes.get(kind, {})})
    return before, rows


def undisturbed(caller: Caller, before: list[Row], rows: list[Row], **wish: Any) -> dict[str, Any]:
    """What a delivery leaves behind that nobody interrupts."""
    if before:
        send(caller, before)
    return legacy(send(caller, rows, **wish), caller)


@pytest.mark.parametrize(
    ("kinds", "wish"),
    [(("new",) * 3, {}), (KINDS, {"handling": Handling.LENIENT}), (KINDS, {"dry_run": True})],
    ids=["strict", "lenient", "dry run"],
)
def test_a_delivery_that_is_ended_at_any_statement_and_sent_again_is_as_if_nothing_had_happened(
    ngo: Caller, other_ngo: Caller, kinds: Sequence[str], wish: dict[str, Any]
) -> None:
    before, rows = rows_of(kinds)
    expected = undisturbed(ngo, before, rows, **wish)
    if before:
        send(other_ngo, before)
    for statement in range(MOST):
        with transaction.atomic():
            key = str(uuid4())
            is_ended = is_killed(statement, partial(send, other_ngo, rows, key=key, **wish))
            batch = send(other_ngo, rows, key=key, **wish)
            assert legacy(batch, other_ngo) == expected, statement
            transaction.set_rollback(True)
        if not is_ended:
            break
    assert 10 < statement < MOST - 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=9),
    kills=st.lists(st.integers(0, 25), min_size=1, max_size=4),
    handling=st.sampled_from(list(Handling)),
)
def test_a_job_that_is_ended_again_and_again_comes_to_the_same_end(
    ngo: Caller, other_ngo: Caller, kinds: list[str], kills: list[int], handling: Handling
) -> None:
    with transaction.atomic():
        before, rows = rows_of(kinds)
        expected = undisturbed(ngo, before, rows, handling=handling)
        if before:
            send(other_ngo, before)
        batch = send(other_ngo, rows, handling=handling, respond_async=True)
        assert batch.state == BatchState.QUEUED
        for statement in kills:
            is_killed(statement, lambda: work_batch(str(batch.pk)))
        work_batch(str(batch.pk))
        assert legacy(batch, other_ngo) == expected
        assert not list(spool.directory().iterdir())
        transaction.set_rollback(True)


@pytest.mark.parametrize("handling", list(Handling))
def test_a_commit_that_is_ended_at_any_statement_and_asked_for_again_stores_everything_once(
    ngo: Caller, handling: Handling
) -> None:
    rows = [row() for _ in range(3)]
    batch = send(ngo, rows, dry_run=True)
    for statement in range(MOST):
        with transaction.atomic():
            ask = partial(committing.commit, by=ngo.principal, batch_id=batch.pk, handling=handling)
            is_ended = is_killed(statement, ask)
            with suppress(NothingWaits):  # it was at its end
                ask()
            batch.refresh_from_db()
            assert (batch.state, batch.stored, batch.created) == (BatchState.DONE, True, 3), statement
            assert Referral.objects.count() == 3 and not StagedRow.objects.exists()
            transaction.set_rollback(True)
        batch.refresh_from_db()
        if not is_ended:
            break
    assert 5 < statement < MOST - 1


def test_a_release_with_larger_chunks_goes_on(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = send(ngo, [row() for _ in range(5)], respond_async=True)
    stage, calls = staging.stage, []

    def die_at_second(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise Killed
        stage(*args)

    monkeypatch.setattr(staging, "stage", die_at_second)
    with pytest.raises(Killed):
        work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert batch.done == 2
    monkeypatch.setattr(staging, "CHUNK", 3)
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.total, Referral.objects.count()) == (BatchState.DONE, 5, 5, 5)


def empty_waiting() -> None:
    """What a crash of the database does to a table that is in no log."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_stagedrow")


@pytest.mark.parametrize("handling", list(Handling))
def test_what_a_crash_of_the_database_empties_is_read_again(ngo: Caller, other_ngo: Caller, handling: Handling) -> None:
    """At any statement. What was stored before is then unchanged."""
    _, rows = rows_of(("new",) * 3)
    for statement in range(MOST):
        with transaction.atomic():
            batch = send(other_ngo, rows, handling=handling, respond_async=True)
            is_ended = is_killed(statement, partial(work_batch, str(batch.pk)))
            empty_waiting()
            work_batch(str(batch.pk))
            batch.refresh_from_db()
            assert (batch.state, batch.stored, batch.created + batch.unchanged) == (BatchState.DONE, True, 3), statement
            assert sorted(map(str, Referral.objects.values_list("reference", flat=True))) == sorted(
                r["reference"] for r in rows
            )
            transaction.set_rollback(True)
        if not is_ended:
            break
    assert 10 < statement < MOST - 1


def test_what_waited_and_is_gone_is_never_taken_for_stored(ngo: Caller) -> None:
    batch = send(ngo, [row(), row()], dry_run=True)
    empty_waiting()
    with pytest.raises(NothingWaits):
        committing.commit(by=ngo.principal, batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.stored, batch.waits, Referral.objects.exists()) == (False, False, False)


def test_nor_by_a_job(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 1)
    batch = send(ngo, [row(), row()], dry_run=True)
    committing.commit(by=ngo.principal, batch_id=batch.pk)
    empty_waiting()
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.stored, batch.waits) == (BatchState.FAILED, False, False)
    assert not Referral.objects.exists()


def test_rows_that_are_held_and_gone_are_not_taken_for_stored(ngo: Caller) -> None:
    batch = send(ngo, [row(), row(**HELD)], handling=Handling.LENIENT)
    assert (batch.stored, batch.held, batch.waits) == (True, 1, True)
    empty_waiting()
    with pytest.raises(NothingWaits):
        committing.commit(by=ngo.principal, batch_id=batch.pk)
    assert outcomes(batch) == ["created", "held"]
