"""What the server does for staff: it makes the drafts that were ordered, and renders what was published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cases.annual.drafting import make_draft
from cases.annual.errors import ReportRefused
from cases.annual.models import DONE, FAILED, OPEN, ReportOrder
from cases.annual.rendering import render, waiting
from partners.audit import Actor
from partners.text import Text, both

Tell = Callable[[str], Any]


def work(tell: Tell = lambda _: None) -> None:
    """Make the drafts that were ordered, the oldest first, and render what was published. At once nothing where nothing waits."""
    while carry_out_next(tell):
        pass
    for publication in waiting():
        try:
            render(publication)
            tell(f"report {publication.year}, version {publication.version}")
        except (
            RuntimeError
        ) as error:  # of the compiler: whatever else the worker does goes on, and the next round tries again
            tell(
                f"report {publication.year}, version {publication.version} could not be rendered: {type(error).__name__}"
            )


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
