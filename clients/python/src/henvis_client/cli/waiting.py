"""`outbox`: what waits to be sent."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from henvis_client.cli import words as w
from henvis_client.cli.account import Yes
from henvis_client.cli.app import command, outbox
from henvis_client.cli.batches import drain
from henvis_client.cli.desk import (
    INDENT,
    OK,
    REFUSED,
    ROWS,
    Desk,
    error_body,
    number,
)
from henvis_client.cli.moments import moment
from henvis_client.outbox import Delivery, entry_body


@command(outbox, "list", "Vis, hvad der venter.", "Show what waits.")
def list_entries(desk: Desk) -> None:
    """List the entries in the order in which they came, each with its id, by which it can be deleted."""
    bodies = [entry_body(entry) for entry in desk.around.outbox(desk.profile).entries()]
    if not bodies:
        desk.say(w.OUTBOX_EMPTY)
    for body in bodies:
        since = moment(body["queued_at"], desk.text(w.MOMENT))
        desk.show(f"{since}  {desk.text(w.ENTRY, name=body['name'], size=number(desk, body['bytes']))}")
        desk.show(body["id"], INDENT)
    desk.finish({"waiting": bodies})


@command(outbox, "send", "Send, hvad der venter.", "Send what waits.")
def send_entries(desk: Desk, yes: Yes = False) -> None:
    """Send the entries in the order in which they came."""
    box = desk.around.outbox(desk.profile)
    if not box.paths():
        desk.say(w.OUTBOX_EMPTY)
        desk.finish({"sent": [], "waiting": 0})
    desk.confirm_live(yes)
    deliveries = drain(desk, box)
    count = len(box.paths())
    failure = next((each.error for each in deliveries if each.is_kept and each.error), None)
    if failure is not None:
        desk.complain(failure)
        desk.say(w.KEPT, count=count)
    desk.finish({"sent": [body_of(each, desk.language) for each in deliveries], "waiting": count}, code_of(deliveries))


def body_of(delivery: Delivery, language: str) -> dict[str, Any]:
    """A delivery as JSON."""
    batch = None if delivery.batch is None else {k: v for k, v in delivery.batch.raw.items() if k != "results"}
    error = None if delivery.error is None else error_body(delivery.error, language)
    return {**entry_body(delivery.entry), "kept": delivery.is_kept, "batch": batch, "error": error}


def code_of(deliveries: list[Delivery]) -> int:
    """The exit code: what waits on goes before what was refused, and that before rows to correct."""
    failures = [each.error.exit_code for each in deliveries if each.is_kept and each.error]
    if failures:
        return max(failures)
    if any(each.error for each in deliveries):
        return REFUSED
    return OK if all(each.batch and (each.batch.is_clean or each.batch.is_at_work) for each in deliveries) else ROWS


@command(outbox, "clear", "Slet, hvad der venter, uden at sende det.", "Delete what waits, without sending it.")
def clear_entries(
    desk: Desk, entry_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None, yes: Yes = False
) -> None:
    """Delete the entries, or one."""
    box = desk.around.outbox(desk.profile)
    waiting = 1 if entry_id else len(box.paths())
    if not yes and waiting:
        desk.confirm(w.CONFIRM_CLEAR_ONE if waiting == 1 else w.CONFIRM_CLEAR, count=waiting)
    count = box.clear(entry_id)
    desk.say(w.CLEARED_ONE if count == 1 else w.CLEARED, count=count)
    desk.finish({"deleted": count})
