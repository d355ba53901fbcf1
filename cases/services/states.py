"""How a period of a form stands, and what people read of it."""

from __future__ import annotations

from enum import StrEnum

from core.text import Text


class CountPeriodState(StrEnum):
    """How a period of a form stands."""

    NOT_DUE = "NOT_DUE"
    RECEIVED = "RECEIVED"
    LATE = "LATE"
    MISSING = "MISSING"


STATES: dict[CountPeriodState, Text] = {
    CountPeriodState.NOT_DUE: Text("Frist ikke nået", "Not due yet"),
    CountPeriodState.RECEIVED: Text("Modtaget", "Received"),
    CountPeriodState.LATE: Text("Modtaget for sent", "Received late"),
    CountPeriodState.MISSING: Text("Mangler", "Missing"),
}
