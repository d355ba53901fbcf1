"""The share of referrals in which a field is not known (`_U`). One statement for any number of partners and years.

What is counted are current referrals that are not withdrawn, and whose processing is not restricted, by the year of the referral.
Where a question was not asked or does not apply, a referral does not count for the field at all. These are exact counts about
records: callers ask who may see them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection

from cases import dictionary as d
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN
from cases.fields import CodedField, CodeSetField
from cases.linking.restriction import restriction_of_record
from cases.versions import Status
from core.text import Text
from partners.kinds import Mode

FIELDS: tuple[CodedField | CodeSetField, ...] = tuple(
    field for field in d.REFERRAL if isinstance(field, CodedField | CodeSetField) and UNKNOWN in field.codelist.names
)
LABELS: Mapping[str, Text] = {field.name: field.label for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Share:
    """Of `base` referrals a field is not known in `unknown`; where it was not asked or does not apply, a referral is not in it."""

    unknown: int = 0
    base: int = 0

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None where nobody was asked."""
        return (200 * self.unknown + self.base) // (2 * self.base) if self.base else None


@dataclass(frozen=True, slots=True)
class YearShares:
    """A partner's referrals of a year, and the share not known of each field."""

    referrals: int
    fields: Mapping[str, Share]


NO_SHARES = YearShares(0, {field.name: Share() for field in FIELDS})
Shares = Mapping[tuple[UUID, int], YearShares]


@cache
def statement() -> str:
    """Counts by partner and year: all referrals, then for each field those where it is not known, and those that count for it."""
    counts = ", ".join(
        f"count(*) FILTER (WHERE {unknown}), count(*) FILTER (WHERE {base})"
        for unknown, base in map(conditions, FIELDS)
    )
    return f"""
        SELECT r.partner_id, extract(year FROM r.referred_in)::int, count(*), {counts}
        FROM cases_referral r JOIN partners_partner p ON p.id = r.partner_id
        WHERE r.superseded_at IS NULL AND r.status <> '{Status.WITHDRAWN}' AND p.mode = '{Mode.LIVE}'
            AND NOT {restriction_of_record("r")}
            AND r.referred_in BETWEEN %(first)s AND %(last)s AND (%(partners)s::uuid[] IS NULL OR r.partner_id = ANY(%(partners)s))
        GROUP BY 1, 2
    """


def conditions(field: CodedField | CodeSetField) -> tuple[str, str]:
    """The conditions that a field is not known, and that a referral counts for it."""
    if isinstance(field, CodeSetField):
        return f"'{UNKNOWN}' = ANY(r.{field.name})", f"NOT '{NOT_ASKED}' = ANY(r.{field.name})"
    return f"r.{field.name} = '{UNKNOWN}'", f"r.{field.name} NOT IN ('{NOT_ASKED}', '{NOT_APPLICABLE}')"


def not_known(first_year: int, last_year: int, partners: Collection[UUID] | None = None) -> Shares:
    """The shares of live partners (None: of all) by partner and year. Who has no referral in a year is left out."""
    values = {
        "first": date(first_year, 1, 1),
        "last": date(last_year, 12, 1),
        "partners": None if partners is None else list(partners),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement(), values)
        rows = cursor.fetchall()
    return {(partner, year): year_shares(referrals, counts) for partner, year, referrals, *counts in rows}


def year_shares(referrals: int, counts: Iterable[int]) -> YearShares:
    """The counts of a row of the statement by the names of the fields."""
    numbers = iter(counts)
    return YearShares(referrals, {field.name: Share(next(numbers), next(numbers)) for field in FIELDS})


def together(shares: Shares) -> dict[int, YearShares]:
    """The shares of all partners together, by year."""
    by_year: dict[int, list[YearShares]] = defaultdict(list)
    for (_, year), each in shares.items():
        by_year[year].append(each)
    return {year: add(those) for year, those in by_year.items()}


def add(shares: Collection[YearShares]) -> YearShares:
    fields = {
        name: Share(sum(each.fields[name].unknown for each in shares), sum(each.fields[name].base for each in shares))
        for name in LABELS
    }
    return YearShares(sum(each.referrals for each in shares), fields)
