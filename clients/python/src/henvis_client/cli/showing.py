"""Batches as people and programs read them, and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from henvis_client.bodies import BLOCKING, Batch, Finding, RowResult
from henvis_client.cli import asking
from henvis_client.cli import words as w
from henvis_client.cli.desk import MOST_ROWS, OK, REFUSED, ROWS, Desk
from henvis_client.profiles import LIVE
from henvis_client.texts import Text

# Of a large batch so many rows are fetched to be shown.
MOST_FETCHED = 500
HELD, CHECKS = "held", frozenset({"check", "delivery_check"})
QUESTIONS = (w.ROW, w.COLUMN, w.FIELD, w.GUESS, w.ALLOWED)
FINDINGS = (w.ROW, w.SHEET, w.KEY, w.CELL, w.COLUMN, w.CLASS, w.WHAT, w.SUGGESTION)


@contextmanager
def upload_bar(desk: Desk) -> Iterator[Callable[[int, int], None]]:
    """A bar of the bytes that have left."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=desk.errors, transient=True, disable=is_quiet(desk)) as bars:
        task = bars.add_task(desk.text(w.SENDING), total=None)
        yield lambda count, total: bars.update(task, completed=count, total=total)


@contextmanager
def job_bar(desk: Desk) -> Iterator[Callable[[Batch], None]]:
    """A bar of what Henvis has done of a batch: the stage, the rows, and the time that is left."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[eta]}"))
    with Progress(*columns, console=desk.errors, transient=True, disable=is_quiet(desk)) as bars:
        task = bars.add_task(desk.text(w.WORKING), total=None, eta="")

        def show(batch: Batch) -> None:
            eta = "" if batch.eta_seconds is None else f"{batch.eta_seconds:.0f} s"
            stage = batch.stage or desk.text(w.WORKING)
            bars.update(task, description=stage, completed=batch.done, total=batch.total, eta=eta)

        yield show


def is_quiet(desk: Desk) -> bool:
    """Whether nobody looks at bars."""
    return desk.as_json or not desk.errors.is_terminal


def exit_code(batch: Batch) -> int:
    """What a batch that was waited for comes to."""
    if batch.state in {"failed", "cancelled"}:
        return REFUSED
    return OK if batch.is_clean else ROWS


def verdict(batch: Batch) -> Text:
    """One sentence on a batch."""
    if batch.state in {"failed", "cancelled"}:
        return w.BATCH_FAILED
    if batch.is_clean:
        return w.ALL_RIGHT if batch.dry_run else w.ALL_STORED
    if batch.dry_run:
        return w.WOULD_NOT
    return w.SOME_STORED if batch.is_stored else w.NONE_STORED


def blocked_rows(desk: Desk, batch: Batch) -> list[RowResult]:
    """The rows that are to be corrected or confirmed, as many as are worth showing, in the order of the file."""
    if batch.results is not None:
        return [row for row in batch.results if row.outcome in BLOCKING]
    rows: list[RowResult] = []
    for outcome in sorted(BLOCKING):
        if getattr(batch.counts, outcome):
            rows += islice(desk.client.results(batch, outcome=outcome), MOST_FETCHED)
    return sorted(rows, key=lambda row: row.index)


def show(desk: Desk, batch: Batch, rows: list[RowResult], keys: Mapping[str, str]) -> None:
    """A batch for people."""
    desk.say(verdict(batch))
    if batch.problem:
        desk.say(w.PROBLEM, code=batch.problem)
    if batch.mode and batch.mode.upper() != LIVE:
        desk.say(w.TEST_MODE)
    counts = [(desk.text(text), getattr(batch.counts, name)) for name, text in w.OUTCOMES.items()]
    desk.table((w.OUTCOME, w.ROWS), counts)
    desk.table(FINDINGS, [finding_row(desk, None, each, keys) for each in batch.findings], w.OF_FILE)
    desk.table(QUESTIONS, asking.rows_of(desk, batch), w.QUESTIONS)
    lines = [finding_row(desk, row, each, keys) for row in rows for each in row.findings]
    desk.table(FINDINGS, lines, w.OF_ROWS)
    if len(lines) > MOST_ROWS:
        desk.say(w.MORE_ROWS, count=len(lines) - MOST_ROWS)
    if batch.questions:
        desk.say(w.HOW_ANSWER)
    if batch.id and rows:
        desk.say(w.HOW_ON, batch=batch.id)
    rules = rules_to_confirm(batch, rows)
    if batch.id and rules and not batch.dry_run:
        say_how_to_confirm(desk, batch, rules)


def rules_to_confirm(batch: Batch, rows: Iterable[RowResult]) -> list[str]:
    """The rules of the checks that wait for a word: of the whole file, and of rows that are held."""
    rows_held = (each for row in rows if row.outcome == HELD for each in row.findings)
    return sorted({each.rule for each in (*batch.findings, *rows_held) if each.kind in CHECKS})


def say_how_to_confirm(desk: Desk, batch: Batch, rules: Sequence[str]) -> None:
    """The whole command, with the rules, and the reasons to choose from."""
    reasons = desk.client.code_list(w.REASONS_LIST)
    options = " ".join(f"--confirm {rule}={next(iter(reasons))}" for rule in rules)
    desk.say(w.HOW_CONFIRM, batch=batch.id, options=options)
    desk.table((w.REASON, w.WHAT), [(code, label[desk.language]) for code, label in reasons.items()])


def finding_row(desk: Desk, row: RowResult | None, finding: Finding, keys: Mapping[str, str]) -> tuple[object, ...]:
    """A finding as a row of a table: with the row's number in Excel, and with the own key where it is known."""
    kind = desk.text(w.CLASSES[finding.kind]) if finding.kind in w.CLASSES else finding.kind
    place: tuple[object, ...] = (row.line, row.sheet, keys.get(row.reference or "")) if row else (None, None, None)
    return (*place, finding.cell, finding.column or finding.field, kind, finding.detail, finding.suggestion)


def batch_body(batch: Batch, rows: Iterable[RowResult], keys: Mapping[str, str]) -> dict[str, Any]:
    """A batch as JSON: as Henvis told of it, without the rows that are in order; own keys stand beside references."""
    body = {name: value for name, value in batch.raw.items() if name != "results"}
    return {"batch": body, "rows": [row_body(row, keys) for row in rows]}


def row_body(row: RowResult, keys: Mapping[str, str]) -> dict[str, Any]:
    """A row as JSON."""
    own_key = keys.get(row.reference or "")
    return {**row.raw, **({"own_key": own_key} if own_key else {})}
