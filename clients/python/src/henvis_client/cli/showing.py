"""Batches as people and programs read them, and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from henvis_client.bodies import BLOCKING, Batch, RowResult
from henvis_client.cli import asking, confirming, verdicts
from henvis_client.cli import batch_words as w
from henvis_client.cli.desk import INDENT, OK, REFUSED, ROWS, USAGE, Desk
from henvis_client.cli.findings import checks_to_confirm, show_findings
from henvis_client.cli.words import SENDING, WORKING
from henvis_client.profiles import LIVE

# Of a large batch so many rows are fetched to be shown.
MOST_FETCHED = 500


@contextmanager
def upload_bar(desk: Desk) -> Iterator[Callable[[int, int], None]]:
    """A bar of the bytes that have left."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=desk.errors, transient=True, disable=is_quiet(desk)) as bars:
        task = bars.add_task(desk.text(SENDING), total=None)
        yield lambda count, total: bars.update(task, completed=count, total=total)


@contextmanager
def job_bar(desk: Desk) -> Iterator[Callable[[Batch], None]]:
    """A bar of what Henvis has done of a batch: the stage, the rows, and the time that is left."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[eta]}"))
    with Progress(*columns, console=desk.errors, transient=True, disable=is_quiet(desk)) as bars:
        task = bars.add_task(desk.text(WORKING), total=None, eta="")

        def show(batch: Batch) -> None:
            eta = "" if batch.eta_seconds is None else f"{batch.eta_seconds:.0f} s"
            stage = desk.text(w.STAGES.get(batch.stage or "", WORKING))
            bars.update(task, description=stage, completed=batch.done, total=batch.total, eta=eta)

        yield show


def is_quiet(desk: Desk) -> bool:
    """Whether nobody looks at bars."""
    return desk.as_json or not desk.errors.is_terminal


def exit_code(batch: Batch) -> int:
    """What a batch that was waited for comes to."""
    if batch.state in {"failed", "cancelled"}:
        return REFUSED
    if batch.questions and not batch.is_stored:
        return USAGE
    return OK if batch.is_clean else ROWS


def blocked_rows(desk: Desk, batch: Batch) -> list[RowResult]:
    """The rows that are to be corrected or confirmed, as many as are worth showing, in the order of the file."""
    if batch.results is not None:
        return [row for row in batch.results if row.outcome in BLOCKING]
    rows: list[RowResult] = []
    for outcome in sorted(BLOCKING):
        if getattr(batch.counts, outcome):
            rows += islice(desk.client.results(batch, outcome=outcome), MOST_FETCHED)
    return sorted(rows, key=lambda row: row.index)


def say_what_happened(desk: Desk, batch: Batch) -> None:
    """What became of a file, and what is wanting."""
    desk.say_text(verdicts.verdict(desk, batch))
    if batch.problem:
        desk.say_text(verdicts.reason(desk, batch.problem))
    if batch.mode and batch.mode.upper() != LIVE:
        desk.say(w.TEST_MODE)


def show(desk: Desk, batch: Batch, rows: list[RowResult], keys: Mapping[str, str]) -> None:
    """A batch for people."""
    say_what_happened(desk, batch)
    for text in verdicts.counts(desk, batch):
        desk.show(text, INDENT)
    show_findings(desk, batch, rows, keys)
    if batch.questions:
        asking.show_questions(desk, batch)
    if batch.id and rows:
        desk.say(w.HOW_ON)
        desk.say_command(f"henvis errors {batch.id}")
    checks = checks_to_confirm(batch, rows)
    if verdicts.has_right_rows(batch):
        desk.say(w.HOW_LENIENT)
        desk.say_command(f"henvis commit {batch.id} --lenient")
    elif batch.counts.rejected and not batch.dry_run:
        desk.say(w.HOW_CORRECT)
    if checks and batch.dry_run and batch.id:
        confirming.say_later(desk, batch)
    elif checks and batch.state == "needs_review":
        confirming.say_how(desk, batch, checks)


def batch_body(batch: Batch, rows: Iterable[RowResult], keys: Mapping[str, str]) -> dict[str, Any]:
    """A batch as JSON: as Henvis told of it, without the rows that are in order; own keys stand beside references."""
    body = {name: value for name, value in batch.raw.items() if name != "results"}
    return {"batch": body, "rows": [row_body(row, keys) for row in rows]}


def row_body(row: RowResult, keys: Mapping[str, str]) -> dict[str, Any]:
    """A row as JSON."""
    own_key = keys.get(row.reference or "")
    return {**row.raw, **({"own_key": own_key} if own_key else {})}
