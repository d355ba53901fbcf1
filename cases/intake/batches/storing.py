"""Comparing what is staged with what is stored, and storing it: all of a batch at once, or a range of its rows.

Both run under the lock of the partner's row, as a single referral does. A dry run compares and stores nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from cases import dictionary as d
from cases import months, tokens
from cases.intake.batches import statements
from cases.intake.models import Batch, Outcome
from cases.opening import is_token_taken
from cases.windows import partner_years
from cases.windows.partner_years import GRACE_OF_ANSWERS
from cases.windows.years import WindowAct
from partners import locks
from partners.kinds import Mode

# A job may take longer over one statement than a request may, and wait longer for its turn among the partner's writers.
PATIENCE = ("SET LOCAL statement_timeout = '10min'", "SET LOCAL lock_timeout = '5min'")
# What waits has no index of references. Row by row, as is planned where results are thought to be few, a join of many never ends.
NO_LOOPS = "SET LOCAL enable_nestloop = off"
# So many rows are worked on while the sender waits.
MOST_AT_ONCE = 5_000
# With so many rows the database must know how many they are: it takes a table that was just filled for empty, and joins it badly.
MANY = 1_000


@dataclass(frozen=True, slots=True)
class RowRange:
    """The rows of a batch from `first` to before `last`."""

    first: int
    last: int


def mark_repeats(batch: Batch) -> None:
    """Find the rows of a batch that share a reference, once all are staged."""
    if batch.done > MANY:
        # On its own: its lock lets no other batch do so, and would be held until the transaction ends.
        run("ANALYZE intake_stagedrow")
    with transaction.atomic():
        have_patience(batch)
        run(NO_LOOPS)
        run(statements.MARK_REPEATS, {"batch": batch.pk})
        run(statements.MARK_CONTRADICTIONS, {"batch": batch.pk})
        run(statements.REJECT_CONTRADICTED, {"batch": batch.pk})


def compare(batch: Batch, rows: RowRange) -> None:
    """Write the result that each staged row of the range would have now."""
    with transaction.atomic():
        have_patience(batch)
        compare_now(batch, rows)


def compare_now(batch: Batch, rows: RowRange) -> list[str]:
    """The same in the caller's transaction, whose lock keeps the results true until it ends.

    The first range forgets all results of an earlier comparison. Answers which records are open by themselves.
    """
    if rows.first == 0:
        run(statements.FORGET_RESULTS, {"batch": batch.pk})
    closed_years = closures(batch)
    run(statements.compare(), {**parameters(batch, rows), **closed_years})
    return list(closed_years["open_digests"])


def store(batch: Batch, rows: RowRange, *, whole: bool) -> bool:
    """Store the rows of the range that can be stored, in the caller's transaction; whether it did.

    `whole`: all of them or none. Then nothing is stored where one is rejected or held. Raises `IntegrityError` where a new token is
    taken (`draw_tokens_again`).
    """
    have_patience(batch)
    at = locks.serialise(batch.partner_id)
    open_digests = compare_now(batch, rows)
    if whole and blocking(batch):
        return False
    if run(statements.STAGED_IN_RANGE, parameters(batch, rows)):
        write(batch, rows, at)
        # Hardly ever is one open, so that a delivery costs nothing more.
        if open_digests:
            opening = {"open_digests": open_digests, "user": batch.committed_by_id, "grace": GRACE_OF_ANSWERS}
            run(statements.SHORTEN_OPENINGS, {**parameters(batch, rows, at), **opening})
    return True


def write(batch: Batch, rows: RowRange, at: datetime) -> None:
    """Open the cases, end the versions that are corrected, and append the new ones."""
    values = parameters(batch, rows, at)
    run(statements.OPEN_CASES_OF_TOKENS, values)
    run(statements.OPEN_NEW_CASES, values)
    run(statements.SUPERSEDE, values)
    run(statements.append(), values)


def parameters(batch: Batch, rows: RowRange, at: datetime | None = None) -> dict[str, Any]:
    """What the statements of a delivery are given by name. `at`: the moment of storing, which a comparison does not have."""
    return {
        "batch": batch.pk,
        "partner": batch.partner_id,
        "client": batch.client_id,
        "test": batch.partner.mode == Mode.TEST,
        "latest": batch.prefer_latest,
        "schema": d.SCHEMA_VERSION,
        "first": rows.first,
        "last": rows.last,
        "at": at,
    }


def closures(batch: Batch) -> dict[str, Any]:
    """What is closed to the batch's partner today, as parameters of `statements.compare`."""
    years, day, closed_years = partner_years.years_of(batch.partner_id), months.today(), []
    for year in range(months.FIRST_MONTH.year, day.year + 1):
        rules = [years.refusal(year, act, day) for act in (WindowAct.NEW, WindowAct.CORRECT)]
        if any(rules):
            closed_years.append((year, *rules))
    return {
        "closed_years": [year for year, _, _ in closed_years],
        "closed_for_new": [rule for _, rule, _ in closed_years],
        "closed_for_corrections": [rule for _, _, rule in closed_years],
        "open_digests": sorted(years.open_digests),
    }


def counts(batch: Batch) -> dict[Outcome, int]:
    """How many rows have each outcome."""
    found_counts = {Outcome(outcome): number for outcome, number in run(statements.COUNT, {"batch": batch.pk})}
    return {outcome: found_counts.get(outcome, 0) for outcome in Outcome}


def blocking(batch: Batch) -> bool:
    """Whether a row of the batch is rejected or held."""
    numbers = counts(batch)
    return bool(numbers[Outcome.REJECTED] or numbers[Outcome.HELD])


def is_lost(batch: Batch) -> bool:
    """Whether what waited of a batch is gone: a crash of the database empties the table, which is in no log of its."""
    values = {"batch": batch.pk, "total": batch.total or 0, "stored": batch.stored}
    ((answer,),) = run(statements.IS_LOST, values)
    return bool(answer)


def forget_staged(batch_id: UUID) -> None:
    """Delete what waits."""
    run(statements.FORGET_STAGED, {"batch": batch_id})


def forget_unheld(batch_id: UUID) -> None:
    """Delete what waits, but for the rows that a check holds."""
    run(f"{statements.FORGET_STAGED} AND NOT holds", {"batch": batch_id})


def draw_tokens_again(batch: Batch, error: IntegrityError) -> None:
    """Draw new tokens for the rows whose token is taken. Raises the error where it says something else."""
    if not is_token_taken(error):
        raise error
    values = {"batch": batch.pk, "test": batch.partner.mode == Mode.TEST, "first": batch.applied}
    with transaction.atomic():
        for (index,) in run(statements.TAKEN_TOKENS, values):
            change = (
                "UPDATE intake_stagedrow SET new_token = %(token)s WHERE batch_id = %(batch)s AND index = %(index)s"
            )
            run(change, {"batch": batch.pk, "index": index, "token": tokens.mint()})


def have_patience(batch: Batch) -> None:
    """Let the statements of this transaction take their time, where nobody waits for their answer."""
    run(statements.FRESH_PLANS)
    if batch.done > MOST_AT_ONCE:
        for setting in PATIENCE:
            run(setting)
        cast(Any, connection).be_patient()
    run(statements.TRUST_NO_SMALL_TABLE)


def run(sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Run a statement; the rows that it answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
