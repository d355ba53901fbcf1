"""The measures of a table, computed in whole numbers: nobody has to divide, and every reader rounds alike.

A percentage has no decimals where its base is under 200, and one from there on: under 200 a decimal would claim more than one
person can move. Halves are rounded away from zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.text import Text

SMALL_BASE = 200
Value = int | Decimal | None


class Measure(StrEnum):
    """What a cell shows."""

    COUNT = "count"
    LEAST = "least"
    MOST = "most"
    SHARE = "share"
    CHANGE = "change"
    CHANGE_PERCENT = "change_percent"


class CellStatus(StrEnum):
    """Why a value is as it is; the codes are those of SDMX CL_OBS_STATUS.

    A normal, M cannot exist, L not collected, Q suppressed: whatever the reason, and for zero as for any other number.
    Of external figures: P provisional, I put in by another than the source (we computed it), V not validated, O missing. B: the
    series breaks before it, since another than the producer of the period before counted.
    """

    NORMAL = "A"
    DERIVED = "I"
    PROVISIONAL = "P"
    UNVERIFIED = "V"
    BREAK = "B"
    UNDEFINED = "M"
    NOT_COLLECTED = "L"
    NOT_PUBLISHED = "O"
    HIDDEN = "Q"


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """How a measure is read."""

    label: Text
    unit: Text


UNITS: dict[Measure, MeasureWords] = {
    Measure.COUNT: MeasureWords(Text("Antal", "Number"), Text("antal", "number")),
    Measure.LEAST: MeasureWords(Text("Mindst", "At least"), Text("antal", "number")),
    Measure.MOST: MeasureWords(Text("Højst", "At most"), Text("antal", "number")),
    Measure.SHARE: MeasureWords(
        Text("Andel af tabellens total", "Share of the table's total"), Text("procent", "per cent")
    ),
    Measure.CHANGE: MeasureWords(Text("Ændring fra året før", "Change from the year before"), Text("antal", "number")),
    Measure.CHANGE_PERCENT: MeasureWords(
        Text("Ændring fra året før i procent", "Change from the year before, per cent"), Text("procent", "per cent")
    ),
}
STATUSES: dict[CellStatus, Text] = {
    CellStatus.NORMAL: Text("Almindelig værdi; 0 betyder ingen", "Normal value; 0 means none"),
    CellStatus.DERIVED: Text(
        "Beregnet af andre offentliggjorte tal, ikke selv offentliggjort",
        "Computed from other published figures, not published itself",
    ),
    CellStatus.PROVISIONAL: Text("Foreløbigt tal, senere rettet", "Provisional figure, later revised"),
    CellStatus.UNVERIFIED: Text(
        "Modsagt af en anden kilde eller af en rettelse", "Contradicted by another source or by an erratum"
    ),
    CellStatus.BREAK: Text(
        "Databrud: perioden før er opgjort af en anden, og der beregnes ingen ændring hen over bruddet",
        "Break in the series: another counted the period before, and no change is computed across the break",
    ),
    CellStatus.UNDEFINED: Text("Kan ikke beregnes: grundlaget er 0", "Cannot be computed: the base is 0"),
    CellStatus.NOT_COLLECTED: Text("Ingen udgivelse for året før", "No release for the year before"),
    CellStatus.NOT_PUBLISHED: Text(
        "Ikke offentliggjort: hverken nul eller skjult, men ukendt",
        "Not published: neither zero nor hidden, but not known",
    ),
    CellStatus.HIDDEN: Text(
        "Skjult: tallet kunne vise færre personer end udgivelsens grænse, eller et sådant tal kunne beregnes af det",
        "Hidden: it could show fewer persons than the release's threshold, or such a number could be computed from it",
    ),
}
ValueWithStatus = tuple[Value, CellStatus]
CONCEALED: ValueWithStatus = (None, CellStatus.HIDDEN)
# The measures that tell what a hidden count may be.
BOUNDS = frozenset({Measure.LEAST, Measure.MOST})

# What only figures of external releases can be, and what comes after one.
EXTERNAL = frozenset(
    {CellStatus.PROVISIONAL, CellStatus.DERIVED, CellStatus.UNVERIFIED, CellStatus.NOT_PUBLISHED, CellStatus.BREAK}
)
# Of a number that is as it was published and may be spoken of.
ORDINARY = frozenset({CellStatus.NORMAL, CellStatus.BREAK})
CHANGES = frozenset({Measure.CHANGE, Measure.CHANGE_PERCENT})
# Of what is computed from several figures the weakest tells: they stand in this order.
WEAKNESS = {status: n for n, status in enumerate(CellStatus)}


def weakest(*statuses: CellStatus) -> CellStatus:
    """The status of what is computed from figures of these statuses."""
    return max(statuses, key=WEAKNESS.__getitem__)


def legend(threshold: int | None, *, external: bool = False) -> dict[CellStatus, Text]:
    """What the statuses of an answer mean: of exact figures, which hide none, or of protected ones with this threshold.

    `external`: whether some of its figures are of external releases.
    """
    absent = {CellStatus.HIDDEN} | (frozenset() if external else EXTERNAL)
    statuses = {status: text for status, text in STATUSES.items() if status not in absent}
    if threshold is None:
        return statuses
    hidden = Text(
        f"Skjult: tallet kunne vise færre end {threshold} personer, eller et sådant tal kunne beregnes af det",
        f"Hidden: it could show fewer than {threshold} persons, or such a number could be computed from it",
    )
    return {**statuses, CellStatus.HIDDEN: hidden}


def decimals(values: Iterable[Value]) -> int:
    """How many decimals values are shown with."""
    return 1 if any(isinstance(value, Decimal) for value in values) else 0


def percent(part: int, base: int) -> Value:
    """`part` in per cent of a positive `base`."""
    decimals = 0 if base < SMALL_BASE else 1
    scaled_part = abs(part) * 100 * 10**decimals
    magnitude = (2 * scaled_part + base) // (2 * base)
    with_sign = -magnitude if part < 0 else magnitude
    return with_sign if decimals == 0 else Decimal(with_sign).scaleb(-1)


def count(shown: int | None) -> ValueWithStatus:
    """A count; None is hidden, here and below. What is hidden hides all that is computed from it."""
    return CONCEALED if shown is None else (shown, CellStatus.NORMAL)


def share(shown: int | None, total: int | None) -> ValueWithStatus:
    """A count's share of the total. With noise on both, a part can be more than the whole: it is shown as all of it."""
    if shown is None or total is None:
        return CONCEALED
    return (percent(min(shown, total), total), CellStatus.NORMAL) if total else (None, CellStatus.UNDEFINED)


def change(shown: int | None, before: int | None) -> ValueWithStatus:
    """The difference to the year before."""
    return CONCEALED if shown is None or before is None else (shown - before, CellStatus.NORMAL)


def change_percent(shown: int | None, before: int | None) -> ValueWithStatus:
    """The difference to the year before in per cent of it."""
    if shown is None or before is None:
        return CONCEALED
    return (percent(shown - before, before), CellStatus.NORMAL) if before else (None, CellStatus.UNDEFINED)
