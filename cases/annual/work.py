"""What the server does for staff: it makes the drafts that were ordered, and renders what was published."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from cases.annual.drafting import make_draft
from cases.annual.errors import ReportRefused
from cases.annual.models import DONE, FAILED, OPEN, ReportOrder
from cases.annual.rendering import render_editions
from partners.audit import Actor
from partners.text import Text, both

PAUSE_SECONDS = 2.0
Tell = Callable[[str], Any]


def work(*, once: bool, tell: Tell = lambda _: None) -> None:
    """Do what waits, the oldest first. With `once` it ends when nothing does, else it waits for more. One worker at a time."""
    while True:
        is_busy = carry_out_next(tell)
        for publication in render_editions():
            tell(f"report {publication.year}, version {publication.version}")
        if once and not is_busy:
            return
        if not is_busy:
            time.sleep(PAUSE_SECONDS)


def carry_out_next(tell: Tell) -> bool:
    """Make the draft of the oldest open order; whether there was one. A refusal becomes the message of the order."""
    order = ReportOrder.objects.filter(state=OPEN).order_by("ordered_at", "pk").first()
    if order is None:
        return False
    tell(f"order {order.pk}: {order.year}")
    try:
        by, correction = Actor(user_id=order.user_id), Text(order.correction_da, order.correction_en)
        make_draft(by=by, year=order.year, correction=correction)
        outcome = {"state": DONE, "message": ""}
    except ReportRefused as refusal:
        outcome = {"state": FAILED, "message": both(refusal)}
    ReportOrder.objects.filter(pk=order.pk).update(**outcome)
    return True
