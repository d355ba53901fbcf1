"""`send` and `commit`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

from henvis_client.bodies import Batch
from henvis_client.cli import showing
from henvis_client.cli import words as w
from henvis_client.cli.account import Yes
from henvis_client.cli.app import app, command
from henvis_client.cli.asking import Interview
from henvis_client.cli.batch_words import EARLIER_REFUSED
from henvis_client.cli.confirming import confirmations_of
from henvis_client.cli.desk import (
    INDENT,
    NETWORK,
    REFUSED,
    Desk,
    error_body,
)
from henvis_client.cli.files import BatchId, KeyColumn, PreferOption, report, to_send
from henvis_client.cli.help_texts import option
from henvis_client.cli.refusals import sentence_of
from henvis_client.cli.verdicts import reason
from henvis_client.errors import NetworkError, Problem, ServiceProblem
from henvis_client.outbox import Delivery, Entry, Outbox

Lenient = Annotated[
    bool,
    option(
        "Gem de rigtige rækker, selv om andre ikke er det.",
        "Store what is right, although other rows are not.",
        "--lenient",
    ),
]


@command(
    app,
    "send",
    "Send en fil. Svarer Henvis ikke, ligger den krypteret i udbakken og gemmes kun én gang.",
    "Send a file. Where Henvis does not answer, it stays encrypted in the outbox and is stored once only.",
)
def send(
    desk: Desk,
    file: Path,
    lenient: Lenient = False,
    prefer: PreferOption = None,
    key_column: KeyColumn = None,
    yes: Yes = False,
) -> None:
    """Keep a file in the outbox, send what is in it, and show what became of the file."""
    outbox = desk.around.outbox(desk.profile)
    interview = Interview(desk, file)
    with to_send(desk, file, key_column) as document:
        desk.confirm_live(yes)
        put = partial(outbox.put, document, name=file.name, lenient=lenient, prefer=prefer)
        batch = deliver(desk, outbox, put)
        while interview.settle(batch):
            batch = deliver(desk, outbox, put)
    report(desk, batch, desk.keys)


def deliver(desk: Desk, outbox: Outbox, put: Callable[[], Entry]) -> Batch:
    """Put a file into the outbox, send what is in it, and wait for what became of the file."""
    count = len(outbox.paths())
    entry = put()
    if len(outbox.paths()) == count:
        desk.say(w.ALREADY_WAITING)
    deliveries = drain(desk, outbox, entry)
    return wait(desk, outcome_of(desk, outbox, entry, deliveries))


def drain(desk: Desk, outbox: Outbox, own: Entry | None = None) -> list[Delivery]:
    """Send what waits, and say what became of all but `own`."""
    deliveries = []
    with showing.upload_bar(desk) as progress:
        for delivery in outbox.send(desk.client, watch=lambda entry: progress):
            deliveries.append(delivery)
            if own is None or delivery.entry.id != own.id:
                tell(desk, delivery)
    return deliveries


def tell(desk: Desk, delivery: Delivery) -> None:
    """Say what became of an entry."""
    name = delivery.entry.parcel.name
    if delivery.batch is not None:
        desk.say(w.EARLIER_DONE, name=name, batch=delivery.batch.id)
        if not delivery.batch.is_at_work:
            show_earlier(desk, delivery.batch)
    elif not delivery.is_kept and delivery.error is not None:
        desk.say(EARLIER_REFUSED, name=name, text=sentence_of(delivery.error, desk.language))
        for each in delivery.error.errors if isinstance(delivery.error, Problem) else ():
            desk.show(desk.violation(each), INDENT)


def show_earlier(desk: Desk, batch: Batch) -> None:
    """What became of a file that waited, and how to go on. A lost network loses the words alone: the next file is sent."""
    try:
        showing.show(desk, batch, showing.blocked_rows(desk, batch), desk.keys)
    except (NetworkError, ServiceProblem) as error:
        desk.complain(error)


def outcome_of(desk: Desk, outbox: Outbox, entry: Entry, deliveries: list[Delivery]) -> Batch:
    """The batch that an entry became. Ends the command where it is refused or kept."""
    own = next((each for each in deliveries if each.entry.id == entry.id), None)
    if own is not None and own.batch is not None:
        return own.batch
    if own is not None and own.error is not None and not own.is_kept:
        desk.fail(own.error)
    # The same file may have been sent before: a receipt counts where the entry has gone.
    receipts = () if entry.path.exists() else outbox.receipts()
    receipt = next((each for each in receipts if each.id == entry.id), None)
    if receipt is not None and receipt.batch_id is not None:
        return desk.client.batch(receipt.batch_id)
    if receipt is not None:
        desk.say(EARLIER_REFUSED, name=receipt.name, text=reason(desk, receipt.problem or ""))
        desk.finish({"error": {"code": receipt.problem}}, REFUSED)
    error = next((each.error for each in reversed(deliveries) if each.error is not None), NetworkError())
    desk.complain(error)
    desk.say(w.KEPT, count=len(outbox.paths()))
    return desk.finish({"error": error_body(error, desk.language), "waiting": len(outbox.paths())}, error.exit_code)


def wait(desk: Desk, batch: Batch) -> Batch:
    """The batch when Henvis is done with it. A lost network loses nothing here: Henvis has the file."""
    if batch.is_at_work:
        desk.say(w.ACCEPTED_AS, batch=batch.id)
    try:
        with showing.job_bar(desk) as watch:
            return desk.client.wait(batch, on_progress=watch)
    except (NetworkError, ServiceProblem) as error:
        desk.complain(error)
        return desk.finish({"error": error_body(error, desk.language), "batch": dict(batch.raw)}, NETWORK)


@command(app, "commit", "Gem det, der venter på dig.", "Store what waits for you.")
def commit(
    desk: Desk,
    batch_id: BatchId,
    lenient: Lenient = False,
    confirm: Annotated[
        list[str] | None,
        option("REGEL=BEGRUNDELSE: det er rigtigt.", "RULE=REASON: it is right.", metavar="RULE=REASON"),
    ] = None,
    yes: Yes = False,
) -> None:
    """Store a batch that was checked."""
    confirmations = confirmations_of(desk, batch_id, confirm or ())
    desk.confirm_live(yes)
    batch = desk.client.commit(batch_id, lenient=lenient or None, confirmations=confirmations)
    report(desk, wait(desk, batch), desk.keys)
