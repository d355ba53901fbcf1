"""The codes of orders with their words as Django's choices. Functions, so that migrations carry no text."""

from __future__ import annotations

from core.text import Text
from partners.choices import Choices, of

ORDER_STATES = {
    "OPEN": Text("venter", "waiting"),
    "DONE": Text("dannet", "made"),
    "FAILED": Text("afvist", "refused"),
}


def order_states() -> Choices:
    """The states of orders."""
    return of(ORDER_STATES)
