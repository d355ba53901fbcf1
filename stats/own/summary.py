"""Counting own referrals: exactly, as they stand now, in one statement.

PostgreSQL groups by the stored codes and the month; levels are rolled up here by the code lists' own rule, which may depend on the
month. What is counted are current versions that are not withdrawn. A set counts a referral under each of its codes, so only the
numbers of a table without sets add up to its total. Totals count each referral once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from uuid import UUID

from django.db.models import Count, QuerySet

from cases import dictionary as d
from cases.codelists.types import Code
from cases.erased.models import ExpiredYear
from cases.errors import Violation
from cases.models import Referral
from cases.months import FIRST_MONTH, span, this_month
from cases.versions import Status
from core.text import Text
from stats.errors import QueryRefused
from stats.own.axes import SummaryAxis, words_of_axes

MOST_ROWS = 50_000
TOO_MANY_CROSSINGS = Text(
    "For mange henvisninger har mange svar i begge felter: vælg færre måneder, eller ét af felterne.",
    "Too many referrals have many answers in both fields: choose fewer months, or one of the fields.",
)
# So many combinations of codes are added up, which takes seconds: two sets with many codes have hundreds for each row.
MOST_CROSSINGS = 2_000_000
TOO_MANY = Text(
    "Tabellen bliver for stor med alle nuller: vælg færre akser, eller brug zeros=exclude.",
    "The table is too large with every zero: choose fewer axes, or use zeros=exclude.",
)
SEVERAL = Text(
    "En henvisning tælles under hvert af sine svar på {fields}, så tallene kan give mere end i alt. I alt tæller hver "
    "henvisning én gang.",
    "A referral counts under each of its answers to {fields}, so numbers may add up to more than the total. Totals count "
    "each referral once.",
)
GONE = Text(
    "Personer fra {years} er slettet, fordi opbevaringstiden er gået: tallene er ikke hele året.",
    "Persons of {years} were erased because the time for which they are kept is over: the numbers are not of the whole year.",
)
MONTH = d.REFERRED_IN.name
# The first and the last month that rows are narrowed to; None where they are not.
MonthBounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """A table: each row has a code for each side, in the order of the code lists, and its number.

    `codes`: of each side all that there are, with a referral or without. `margins`: of each side the referrals of a code, each
    counted once. So does `total`. `years_gone`: those of which persons were erased because their time was over.
    """

    sides: tuple[SummaryAxis, ...]
    codes: Sequence[Sequence[Code]]
    rows: Sequence[tuple[tuple[Code, ...], int]]
    margins: Sequence[Counter[str]]
    total: int
    years_gone: Sequence[int] = ()

    @property
    def sets(self) -> list[SummaryAxis]:
        """The sides by which a referral may count more than once."""
        return [side for side in self.sides if side.is_set]

    def note(self, language: str) -> str | None:
        """That numbers may add up to more than the total, and of which years they are not whole; None where neither is so."""
        notes = [SEVERAL(language).format(fields=words_of_axes(self.sets, language))] if self.sets else []
        if self.years_gone:
            notes.append(GONE(language).format(years=", ".join(map(str, self.years_gone))))
        return " ".join(notes) or None


def current_referrals(partner_id: UUID) -> QuerySet[Referral]:
    """The partner's current referrals that are not withdrawn."""
    rows: QuerySet[Referral] = Referral.objects.of(partner_id).current().exclude(status=Status.WITHDRAWN)
    return rows


def count(
    rows: QuerySet[Referral], sides: tuple[SummaryAxis, ...], bounds_given: MonthBounds, *, zeros: bool
) -> Summary:
    """The rows by the sides. `bounds_given`: the months that the rows are narrowed to, which a time axis shows whole.

    With `zeros` every combination of codes is there, and a time axis has no gaps; without, only what was found. Raises
    `QueryRefused` where that would be too much.
    """
    columns = list(dict.fromkeys((MONTH, *(side.column for side in sides))))
    rows_found = list(rows.order_by().values(*columns).annotate(referrals=Count("*")))
    counts: Counter[tuple[str, ...]] = Counter()
    margins: list[Counter[str]] = [Counter() for _ in sides]
    crossings = 0
    for row in rows_found:
        codes_found = [side.codes_of(row[side.column], row[MONTH]) for side in sides]
        crossings += prod(map(len, codes_found))
        if crossings > MOST_CROSSINGS:
            raise QueryRefused(Violation("by", "answer_too_large", TOO_MANY_CROSSINGS))
        counts.update(dict.fromkeys(product(*codes_found), row["referrals"]))
        for margin, names in zip(margins, codes_found, strict=True):
            margin.update(dict.fromkeys(names, row["referrals"]))
    months_found = {row[MONTH] for row in rows_found}
    every_month = counted_months([*months_found], bounds_given)
    years_passed = years_gone(every_month)
    # What is left of a year of which persons were erased is shown, and no zero.
    months = tuple(month for month in every_month if month.year not in years_passed or month in months_found)
    codes = [tuple(side.codes(months)) for side in sides]
    total = sum(row["referrals"] for row in rows_found)
    rows_shown = dense(codes, counts) if zeros else sparse(codes, counts)
    return Summary(sides, codes, rows_shown, margins, total, years_passed)


def years_gone(months: Sequence[date]) -> list[int]:
    """The years of these months that are not whole any more."""
    if not months:
        return []
    rows = ExpiredYear.objects.filter(year__range=(months[0].year, months[-1].year))
    return sorted(set(rows.values_list("year", flat=True)))


def counted_months(rows_found: Sequence[date], bounds_given: MonthBounds) -> tuple[date, ...]:
    """The months of a time axis: from the one asked for, or the first one found, to the one asked for, or the present one.

    What lies behind the present month is not zero, but not known yet; nor is there anything before the calendar begins.
    """
    first, last = bounds_given
    if first is None and not rows_found:
        return ()
    return span(max(first or min(rows_found), FIRST_MONTH), min(last or this_month(), this_month()))


def dense(codes: Sequence[tuple[Code, ...]], counts: Counter[tuple[str, ...]]) -> list[tuple[tuple[Code, ...], int]]:
    """A row for every combination of codes. Raises `QueryRefused` where they are too many."""
    if prod(map(len, codes)) > MOST_ROWS:
        raise QueryRefused(Violation("by", "answer_too_large", TOO_MANY))
    return [(cell, counts[tuple(code.code for code in cell)]) for cell in product(*codes)]


def sparse(codes: Sequence[tuple[Code, ...]], counts: Counter[tuple[str, ...]]) -> list[tuple[tuple[Code, ...], int]]:
    """A row for every combination that was found, in the same order."""
    places = [{code.code: n for n, code in enumerate(side)} for side in codes]
    in_order = sorted(
        (tuple(place[code] for place, code in zip(places, cell, strict=True)), number)
        for cell, number in counts.items()
    )
    return [(tuple(side[n] for side, n in zip(codes, cell, strict=True)), number) for cell, number in in_order]
