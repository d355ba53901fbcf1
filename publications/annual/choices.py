"""The codes of orders with their words as Django's choices."""

from __future__ import annotations

from core.text import Text

ORDER_STATES = {
    "OPEN": Text("venter", "waiting"),
    "DONE": Text("dannet", "made"),
    "FAILED": Text("afvist", "refused"),
}
