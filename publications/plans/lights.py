"""How far an indicator is: a rule over numbers and years, and nothing else.

1. The latest year that was observed counts. Without an observation, or where its value is not shown, it is *not known*.
2. A value that meets the target is *reached*.
3. On the straight line from the baseline to the target, which ends in the year in which the target is due, each year has a value.
   A value that meets that of its year is *on track*. Any other is *behind*.
4. Of a value that is only the least, what a higher one could turn to the contrary is *not known*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.text import Text


class TargetDirection(StrEnum):
    """Whether more is better, or less is."""

    UP = "UP"
    DOWN = "DOWN"


class PlanLight(StrEnum):
    """How far an indicator is."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_KNOWN = "not_known"


LIGHTS: dict[PlanLight, Text] = {
    PlanLight.REACHED: Text("Målet er nået", "Target reached"),
    PlanLight.ON_TRACK: Text("På vej", "On track"),
    PlanLight.BEHIND: Text("Bagud", "Behind"),
    PlanLight.NOT_KNOWN: Text("Kendes ikke", "Not known"),
}
# A shape of its own for each, so that nothing depends on a colour.
SHAPES: dict[PlanLight, str] = {
    PlanLight.REACHED: "★",
    PlanLight.ON_TRACK: "●",
    PlanLight.BEHIND: "▼",
    PlanLight.NOT_KNOWN: "○",
}
RULES: tuple[Text, ...] = (
    Text(
        "Det seneste år, der er målt, tæller. Er intet målt, eller vises værdien ikke, kendes det ikke.",
        "The latest year that was measured counts. Where nothing was measured, or the value is not shown, it is not known.",
    ),
    Text("Opfylder værdien målet, er målet nået.", "Where the value meets the target, the target is reached."),
    Text(
        "Ellers sammenlignes værdien med den rette linje fra udgangspunktet til målet i det år, hvor det skal være nået. Er den "
        "mindst lige så god som linjens værdi for året, er indikatoren på vej. Ellers er den bagud.",
        "Else the value is compared with the straight line from the baseline to the target in the year when it is due. Where it is "
        "at least as good as the line in that year, the indicator is on track. Else it is behind.",
    ),
    Text(
        "Har ikke alle indberettet, er en sum et minimumstal. Kunne et højere tal vende afgørelsen, kendes det ikke.",
        "Where not everybody has reported, a sum is at least this much. Where a higher number could turn it round, it is not "
        "known.",
    ),
)


@dataclass(frozen=True, slots=True)
class IndicatorPath:
    """The line from a baseline to a target. The target is due after the year of the baseline."""

    baseline_year: int
    baseline: Decimal
    due_year: int
    target: Decimal
    direction: TargetDirection

    def line_value(self, year: int) -> Fraction:
        """The value of the line in a year: exact, and flat before the baseline and after the target."""
        years = min(max(year, self.baseline_year), self.due_year) - self.baseline_year
        share = Fraction(years, self.due_year - self.baseline_year)
        return Fraction(self.baseline) + (Fraction(self.target) - Fraction(self.baseline)) * share

    def meets(self, value: Decimal, goal: Fraction) -> bool:
        """Whether a value is at least as good as another."""
        return value >= goal if self.direction == TargetDirection.UP else value <= goal


def light(path: IndicatorPath, values: Iterable[tuple[int, Decimal | None]], least: Collection[int] = ()) -> PlanLight:
    """How far an indicator is. `values`: each year that was observed, once, with its value; None where that is not shown.

    `least`: the years of which the value is only the least.
    """
    year, value = max(values, key=lambda pair: pair[0], default=(0, None))
    if value is None:
        return PlanLight.NOT_KNOWN
    is_good = path.meets(value, path.line_value(year))
    if year in least and is_good != (path.direction == TargetDirection.UP):
        return PlanLight.NOT_KNOWN
    if path.meets(value, Fraction(path.target)):
        return PlanLight.REACHED
    return PlanLight.ON_TRACK if is_good else PlanLight.BEHIND
