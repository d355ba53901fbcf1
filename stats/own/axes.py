"""What own referrals can be counted by: every coded field of a referral at each of its levels, and the month, quarter or year.

The axes are those of the statistics (`citizenship.eu`), and more: a partner may count its own records by any code of theirs. Months
have no code list, so their codes are those of the span that is counted. A set counts a referral under each of its codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases import dictionary as d
from cases.codelists.common import none, not_asked
from cases.codelists.types import Code
from cases.dimensions import Axis, dimension
from cases.errors import Violation
from cases.fields import CodedField, CodeSetField, Field
from cases.months import month_id, quarter_id, year_id
from core.text import Text, in_quotes
from stats.errors import QueryRefused
from stats.periods import Period
from stats.reading.query import TEXTS as OF_STATISTICS

MOST = 3
# A referral is in a cell for each combination of its codes: with three full sets in more than two thousand.
MOST_SETS = 2
Months = Sequence[date]

AND = Text("og", "and")
TEXTS = {
    "too_many_axes": Text(f"Højst {MOST} akser.", f"At most {MOST} axes."),
    "too_many_sets": Text(
        f"Højst {MOST_SETS} felter, hvor en henvisning kan have flere svar. Brug det tredje som filter.",
        f"At most {MOST_SETS} fields to which a referral may have several answers. Use the third as a filter.",
    ),
}


@dataclass(frozen=True, slots=True)
class SummaryAxis:
    """One axis: the column that it reads, a referral's codes from that and its month, and its codes where these months count.

    A referral has one code or more; more than one where `is_set` alone.
    """

    id: str
    column: str
    label: Text
    codes_of: Callable[[Any, date], Collection[str]]
    codes: Callable[[Months], Iterable[Code]]
    is_set: bool = False


def axis_of_statistics(axis: Axis) -> SummaryAxis:
    """The side of an axis of the statistics."""
    return SummaryAxis(
        axis.id, axis.dimension, axis.label, lambda leaf, month: (axis.code_of(leaf, month),), lambda _: axis.codes
    )


def set_axis(field: CodeSetField) -> SummaryAxis:
    """The side of a set: its codes, then none of them, then not asked."""
    empty = none()
    codes = {code.code: code for code in (*field.codelist.codes, empty, not_asked())}.values()
    return SummaryAxis(
        field.name, field.name, field.label, lambda value, _: value or (empty.code,), lambda _: codes, is_set=True
    )


def field_axes(field: Field) -> Iterable[SummaryAxis]:
    """The sides of a field of the dictionary; none of one without codes."""
    match field:
        case CodedField():
            return map(axis_of_statistics, dimension(field).axes)
        case CodeSetField():
            return (set_axis(field),)
    return ()


def time_axis(level: str, label: Text, name: Callable[[date], str]) -> SummaryAxis:
    """The side of the month of referral at one level."""

    def codes(months: Months) -> Iterable[Code]:
        names = dict.fromkeys(name(month) for month in months)
        return [Code(each, period.label if (period := Period.parse(each)) else Text(each, each)) for each in names]

    column = d.REFERRED_IN.name
    return SummaryAxis(f"{column}.{level}" if level else column, column, label, lambda _, month: (name(month),), codes)


SIDES: dict[str, SummaryAxis] = {
    side.id: side
    for side in (
        time_axis("", d.REFERRED_IN.label, month_id),
        time_axis("quarter", Text("Henvisningskvartal", "Quarter of referral"), quarter_id),
        time_axis("year", Text("Henvisningsår", "Year of referral"), year_id),
        *(side for field in d.REFERRAL for side in field_axes(field)),
    )
}


def parse(text: str) -> tuple[SummaryAxis, ...]:
    """The sides of `by`, in the order that was asked for. Raises `QueryRefused`."""
    names_given = text.split(",")
    if not set(names_given) <= SIDES.keys():
        raise refusal("axis_unknown", OF_STATISTICS["axis_unknown"])
    if len({SIDES[name].column for name in names_given}) < len(names_given):
        raise refusal("axis_repeated", OF_STATISTICS["axis_repeated"])
    if len(names_given) > MOST:
        raise refusal("too_many_axes", TEXTS["too_many_axes"])
    sides = tuple(SIDES[name] for name in names_given)
    if sum(side.is_set for side in sides) > MOST_SETS:
        raise refusal("too_many_sets", TEXTS["too_many_sets"])
    return sides


def words_of_axes(sides: Iterable[SummaryAxis], language: str) -> str:
    """What the sides are called, with *and* between."""
    return f" {AND(language)} ".join(in_quotes(side.label(language), language) for side in sides)


def refusal(code: str, text: Text) -> QueryRefused:
    """The refusal of `by`."""
    return QueryRefused(Violation("by", code, text, tuple(SIDES)))
