"""The measures of a table, computed in whole numbers: nobody has to divide, and every reader rounds alike.

A percentage has no decimals where its base is under 200, and one from there on: under 200 a decimal would claim more than one
person can move. Halves are rounded away from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cases.codelists.types import Text

SMALL_BASE = 200
Value = int | Decimal | None


class Measure(StrEnum):
    """What a cell shows."""

    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"
    CHANGE_PERCENT = "change_percent"


class Status(StrEnum):
    """Why a value is as it is; the codes are those of SDMX CL_OBS_STATUS (A normal, M cannot exist, L not collected)."""

    NORMAL = "A"
    UNDEFINED = "M"
    NOT_COLLECTED = "L"


@dataclass(frozen=True, slots=True)
class Unit:
    """How a measure is read."""

    label: Text
    unit: Text
    decimals: int


UNITS: dict[Measure, Unit] = {
    Measure.COUNT: Unit(Text("Antal", "Number"), Text("antal", "number"), 0),
    Measure.SHARE: Unit(Text("Andel af tabellens total", "Share of the table's total"), Text("procent", "per cent"), 1),
    Measure.CHANGE: Unit(Text("Ændring fra året før", "Change on the year before"), Text("antal", "number"), 0),
    Measure.CHANGE_PERCENT: Unit(
        Text("Ændring fra året før i procent", "Change on the year before, per cent"), Text("procent", "per cent"), 1
    ),
}
STATUSES: dict[Status, Text] = {
    Status.NORMAL: Text("Almindelig værdi; 0 betyder ingen", "Normal value; 0 means none"),
    Status.UNDEFINED: Text("Kan ikke beregnes: grundlaget er 0", "Cannot be computed: the base is 0"),
    Status.NOT_COLLECTED: Text("Ingen udgivelse for året før", "No release for the year before"),
}


def percent(part: int, base: int) -> Value:
    """`part` in per cent of a positive `base`."""
    decimals = 0 if base < SMALL_BASE else 1
    scaled = abs(part) * 100 * 10**decimals
    rounded = (2 * scaled + base) // (2 * base)
    signed = -rounded if part < 0 else rounded
    return signed if decimals == 0 else Decimal(signed).scaleb(-1)


def share(count: int, total: int) -> tuple[Value, Status]:
    """A count's share of the total."""
    return (percent(count, total), Status.NORMAL) if total else (None, Status.UNDEFINED)


def change(count: int, before: int | None) -> tuple[Value, Status]:
    """The difference to the year before, where there is a release of it."""
    return (count - before, Status.NORMAL) if before is not None else (None, Status.NOT_COLLECTED)


def change_percent(count: int, before: int | None) -> tuple[Value, Status]:
    """The difference to the year before in per cent of it."""
    if before is None:
        return None, Status.NOT_COLLECTED
    return (percent(count - before, before), Status.NORMAL) if before else (None, Status.UNDEFINED)
