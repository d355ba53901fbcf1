"""Ending a process at a statement, and what a batch left behind when all was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection

from cases.intake.batches import results
from cases.intake.batches.results import Result
from cases.intake.models import Batch, StagedRow
from cases.models import Referral
from tests.callers import Caller

# Between two of these a process can be ended without any difference.
WRITING = ("INSERT", "UPDATE", "DELETE", "WITH", "ANALYZE")


class Killed(BaseException):
    """The process has ended."""


@contextmanager
def killed_before(statement: int) -> Iterator[list[str]]:
    """End the process before its writing statement of this number, from 0. It yields those that it had."""
    statements: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if len(statements) > statement:
            go_on_after_transaction()
        if sql.strip().startswith(WRITING):
            statements.append(sql)
            if len(statements) == statement + 1:
                raise Killed
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield statements


def is_killed(statement: int, work: Callable[[], object]) -> bool:
    """Whether some work was ended before a statement; False where it had come to its end."""
    try:
        with killed_before(statement):
            work()
    except Killed:
        go_on_after_transaction()
        return True
    return False


def go_on_after_transaction() -> None:
    """A transaction that was ended had nothing done yet, and is no part of the test's own, which goes on."""
    connection.needs_rollback = False


def legacy(batch: Batch, caller: Caller) -> dict[str, Any]:
    """All that a batch leaves behind, as another partner's of the same rows does."""
    batch.refresh_from_db()
    names = (
        "state",
        "stage",
        "dry_run",
        "handling",
        "total",
        "done",
        "applied",
        "stored",
        "waits",
        "findings",
        "questions",
    )
    stored = Referral.objects.filter(partner=caller.partner).order_by("reference", "version")
    waiting = StagedRow.objects.filter(batch_id=batch.pk).order_by("index")
    return {
        **{name: getattr(batch, name) for name in (*names, "created", "corrected", "unchanged", "rejected", "held")},
        "results": [without_chance(each) for each in results.page(batch)],
        "stored": [
            (each.reference, each.version, each.status, each.gender, each.superseded_at is None) for each in stored
        ],
        "waiting": list(waiting.values_list("index", "holds", "repeats", "contradicts")),
    }


def without_chance(result: Result) -> Result:
    """A result without its token, which was drawn, and without the moments at which the versions before were stored."""
    findings = tuple(replace(each, stored_at=None) for each in result.findings)
    return replace(result, case_token="" if result.case_token else None, findings=findings)
