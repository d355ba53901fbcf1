"""`jobs`: the files that Henvis works on, and those that it has seen."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Annotated

import typer

from henvis_client.bodies import Batch
from henvis_client.cli import batch_words as b
from henvis_client.cli import words as w
from henvis_client.cli.app import command, jobs
from henvis_client.cli.batches import wait
from henvis_client.cli.desk import INDENT, Desk
from henvis_client.cli.files import report
from henvis_client.cli.moments import moment
from henvis_client.cli.verdicts import has_stored, rows_of
from henvis_client.errors import UsageError
from henvis_client.texts import Text

MOST_JOBS = 50


@command(jobs, "watch", "Følg en fil, den seneste uden ID.", "Follow a file, the latest one without an ID.")
def watch_job(desk: Desk, batch_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None) -> None:
    """Follow a batch to its end."""
    receipts = desk.around.outbox(desk.profile).receipts()
    identity = batch_id or next((each.batch_id for each in receipts if each.batch_id), None)
    if identity is None:
        raise UsageError("no_job", w.NO_JOB)
    report(desk, wait(desk, desk.client.batch(identity)), desk.keys)


@command(jobs, "list", "De seneste filer.", "The latest files.")
def list_jobs(desk: Desk) -> None:
    """List the own batches, newest first."""
    latest = list(islice(desk.client.batches(), MOST_JOBS))
    if not latest:
        desk.say(w.NO_FILES)
    show_batches(desk, latest)
    desk.finish({"batches": [dict(each.raw) for each in latest]})


def show_batches(desk: Desk, batches: list[Batch]) -> None:
    """Files, each with its moment here, its name where this machine knows it, and how it stands."""
    names = {each.batch_id: each.name for each in desk.around.outbox(desk.profile).receipts() if each.batch_id}
    for batch in batches:
        desk.show(summary(desk, batch, names))
        desk.show(batch.id, INDENT)


def summary(desk: Desk, batch: Batch, names: Mapping[str, str]) -> str:
    """A file in one line."""
    name = f"{names[batch.id]}: " if batch.id in names else ""
    rows = "" if batch.total is None else f", {desk.text(rows_of(batch.total))}"
    return f"{moment(batch.raw.get('created_at'), desk.text(w.MOMENT))}  {name}{desk.text(state_of(batch))}{rows}"


def state_of(batch: Batch) -> Text:
    """How a file stands. It waits for somebody only where rows of it do that were to be stored."""
    if batch.state in b.STATES:
        return b.STATES[batch.state]
    if batch.dry_run:
        return b.TRIED
    if batch.state == "needs_review" and batch.raw.get("commit_until"):
        return b.WAITING
    if not has_stored(batch):
        return b.NOT_STORED
    return b.STORED if batch.is_clean else b.PARTLY
