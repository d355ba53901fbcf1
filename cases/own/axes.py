"""What own referrals can be counted by: every coded field of a referral at each of its levels, and the month, quarter or year.

The axes are those of the statistics (`citizenship.eu`), and more: a partner may count its own records by any code of theirs. Months
have no code list, so their codes are those of the span that is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases import dictionary as d
from cases.codelists.types import Code
from cases.dimensions import Axis, dimension
from cases.errors import Violation
from cases.fields import CodeSetField
from cases.months import month_id, quarter_id, year_id
from cases.statistics.errors import QueryRefused
from cases.statistics.periods import Period
from cases.statistics.reading.query import TEXTS as OF_STATISTICS
from partners.text import Text

MOST = 3
Months = Sequence[date]

TEXTS = {
    "too_many_axes": Text(f"Højst {MOST} akser.", f"At most {MOST} axes."),
    "set_not_countable": Text(
        "En henvisning kan have flere af feltets koder, så tallene ikke ville gå op. Brug feltet som filter.",
        "A referral may have several of the field's codes, so the numbers would not add up. Use the field as a filter.",
    ),
}


@dataclass(frozen=True, slots=True)
class SummaryAxis:
    """One axis: the column that it reads, a referral's code from that and its month, and its codes where these months count."""

    id: str
    column: str
    label: Text
    code_of: Callable[[Any, date], str]
    codes: Callable[[Months], Iterable[Code]]


def of_axis(axis: Axis) -> SummaryAxis:
    """The side of an axis of the statistics."""
    return SummaryAxis(axis.id, axis.dimension, axis.label, axis.code_of, lambda _: axis.codes)


def of_time(level: str, label: Text, name: Callable[[date], str]) -> SummaryAxis:
    """The side of the month of referral at one level."""

    def codes(months: Months) -> Iterable[Code]:
        names = dict.fromkeys(name(month) for month in months)
        return [Code(each, period.label if (period := Period.parse(each)) else Text(each, each)) for each in names]

    column = d.REFERRED_IN.name
    return SummaryAxis(f"{column}.{level}" if level else column, column, label, lambda _, month: name(month), codes)


SIDES: dict[str, SummaryAxis] = {
    side.id: side
    for side in (
        of_time("", d.REFERRED_IN.label, month_id),
        of_time("quarter", Text("Henvisningskvartal", "Quarter of referral"), quarter_id),
        of_time("year", Text("Henvisningsår", "Year of referral"), year_id),
        *(of_axis(axis) for field in d.coded_fields(d.REFERRAL) for axis in dimension(field).axes),
    )
}
SETS = frozenset(field.name for field in d.REFERRAL if isinstance(field, CodeSetField))


def parse(text: str) -> tuple[SummaryAxis, ...]:
    """The sides of `by`, in the order that was asked for. Raises `QueryRefused`."""
    names_given = text.split(",")
    if SETS & set(names_given):
        raise refusal("set_not_countable", TEXTS["set_not_countable"])
    if not set(names_given) <= SIDES.keys():
        raise refusal("axis_unknown", OF_STATISTICS["axis_unknown"])
    if len({SIDES[name].column for name in names_given}) < len(names_given):
        raise refusal("axis_repeated", OF_STATISTICS["axis_repeated"])
    if len(names_given) > MOST:
        raise refusal("too_many_axes", TEXTS["too_many_axes"])
    return tuple(SIDES[name] for name in names_given)


def refusal(code: str, text: Text) -> QueryRefused:
    """The refusal of `by`."""
    return QueryRefused(Violation("by", code, text, tuple(SIDES)))
