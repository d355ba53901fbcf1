"""Orders: staff ask for drafts and proposals in the admin, and the worker of the server, with the owner's role and keys, builds.

A job says that something was ordered, and nothing of what. The order's row does, which the database lets nobody change.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.db import transaction

from cases.dimensions import table_id
from core.failures import BROKE, is_outage, where_it_broke
from core.text import Text, both, say
from partners import jobs
from partners.audit import Actor
from stats.errors import ReleaseRefused
from stats.models import DONE, FAILED, OPEN, PROPOSE, RUNNING, BuildOrder
from stats.publishing import build, proposals
from stats.publishing.choice import Choice

log = structlog.get_logger("henvis.worker")
NOT_BUILT = "order not carried out"
TASK = "releases.build"
INTERRUPTED = say(
    "Arbejdet blev afbrudt; bestillingen tages op igen.", "The builder was interrupted; the order is taken up again."
)
INTERRUPTED_TWICE = say(
    "Arbejdet blev afbrudt to gange. Serverens log oplyser måske hvorfor. Bestil igen.",
    "The builder was interrupted twice. The server's log may say why. Order again.",
)
FAILED_AUDIT = say(
    "Fortrolighedskontrollen fandt fejl: udkastet kan ikke udgives.",
    "The disclosure check failed: the draft cannot be published.",
)


def build_ordered() -> None:
    """The task `releases.build`: carry out the oldest open order. Where another is open it comes after, with a job of its own.

    So what readers wait for is drawn between two builds. One job of this task runs at a time.
    """
    take_back_interrupted()
    if carry_out_next(log_progress):
        jobs.defer(TASK)


def log_progress(what: str) -> None:
    """Say in the log which order it is."""
    log.info(what)


def take_back_interrupted() -> None:
    """Open the order at which a worker ended. One at which a second worker has ended fails: it may be what ends them."""
    running = BuildOrder.objects.filter(state=RUNNING)
    running.filter(message=both(INTERRUPTED)).update(state=FAILED, message=both(INTERRUPTED_TWICE))
    running.update(state=OPEN, message=both(INTERRUPTED))


def carry_out_next(tell: build.Tell) -> bool:
    """Do what the oldest open order asks for; whether there was one."""
    order = take_next()
    if order is not None:
        carry_out(order, tell)
    return order is not None


def take_next() -> BuildOrder | None:
    """The oldest open order, which is running from now on. None: no order is open."""
    with transaction.atomic():
        order = (
            BuildOrder.objects.select_for_update(skip_locked=True)
            .filter(state=OPEN)
            .order_by("ordered_at", "pk")
            .first()
        )
        if order is not None:
            BuildOrder.objects.filter(pk=order.pk).update(state=RUNNING)
    return order


def carry_out(order: BuildOrder, tell: build.Tell) -> None:
    """Do what an order asks for. A refusal becomes the message of the order, and so does that the program failed.

    `tell` hears which order it is, and no more: a log must not tell how many cells a rule hides.
    """
    tell(f"order {order.pk}: {order.period} for {order.audience}")
    try:
        outcome = propose_tables(order) if order.kind == PROPOSE else build_draft(order)
    except ReleaseRefused as refusal:
        outcome = {"state": FAILED, "message": both(refusal)}
    except Exception as error:
        if is_outage(error):
            raise
        log.error(NOT_BUILT, order=order.pk, **where_it_broke(error))
        outcome = {"state": FAILED, "message": "\n".join(BROKE)}
    BuildOrder.objects.filter(pk=order.pk).update(**outcome)


def propose_tables(order: BuildOrder) -> dict[str, Any]:
    """The columns of an order of proposals that is answered. Raises `ReleaseRefused`."""
    answers = proposals.propose(period=order.period, audience=order.audience)
    return {"state": DONE, "message": "", "proposals": [each.as_answer() for each in answers]}


def build_draft(order: BuildOrder) -> dict[str, Any]:
    """The columns of an order whose draft is built. Raises `ReleaseRefused`."""
    draft = build.build(
        by=Actor(user_id=order.user_id),
        choice=choice_of(order),
        period=order.period,
        audience=order.audience,
        change_notes=Text(order.change_notes_da, order.change_notes_en),
        reason=Text(order.reason_da, order.reason_en),
    )
    return {"state": DONE, "message": "" if draft.passed else both(FAILED_AUDIT), "release": draft.release}


def choice_of(order: BuildOrder) -> Choice:
    """The tables and parameters of an order; without tables, those that would be offered of the ones `among` which to choose.

    Raises `ReleaseRefused`.
    """
    choice = {**(order.choice or {})}
    among = choice.pop("among", None)
    if not choice.get("tables"):
        proposal = proposals.choose(period=order.period, audience=order.audience, among=among)
        choice = {**choice, "tables": [table_id(table) for table in proposal.tables]}
    return Choice.parse(choice)
