"""What a partner has reported before: its own current referrals as counts, never another partner's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection

from cases.intake.checks.content import BETWEEN_CODES, MONTH, NAMES, SETS
from partners.kinds import Reporting

# The completions are a table here: their room stands above this one, and its functions may not be known.
MONTHS = """
SELECT p.reporting, p.reporting_since, r.referred_in, count(r.id), false AS nil
FROM partners_partner p LEFT JOIN cases_referral r
    ON r.partner_id = p.id AND r.superseded_at IS NULL AND r.status <> 'withdrawn'
WHERE p.id = %(partner)s GROUP BY p.id, r.referred_in
UNION ALL
SELECT NULL, NULL, month, 0, true FROM reporting_monthcompletion WHERE partner_id = %(partner)s
"""
COUNTED = tuple(name for name in NAMES if name != MONTH)
COLUMNS = ", ".join(f"array_to_string({name}, '{BETWEEN_CODES}')" if name in SETS else name for name in COUNTED)
# One way through the rows counts every column. In each group all columns but one are NULL: `grouped` has a bit for every column,
# the last one's is the lowest, which is 0 for the column that is counted.
VALUES = f"""
SELECT year, GROUPING({", ".join(COUNTED)}) AS grouped, coalesce({COLUMNS}), count(*)
FROM (
    SELECT extract(year FROM referred_in)::int AS year, {", ".join(COUNTED)} FROM cases_referral
    WHERE partner_id = %(partner)s AND superseded_at IS NULL AND status <> 'withdrawn' AND referred_in = ANY(%(months)s)
) r
GROUP BY GROUPING SETS ({", ".join(f"(year, {name})" for name in COUNTED)})
"""
ALL_GROUPED = (1 << len(COUNTED)) - 1
BY_GROUPED = {ALL_GROUPED ^ 1 << place: name for place, name in enumerate(reversed(COUNTED))}
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class History:
    """A partner's referrals by month, and the values of each field by year.

    `nil`: the months that it has declared complete, which are no gap where nothing stands. `monthly_since`: the month since which
    it reports monthly.
    """

    months: Mapping[date, int] = field(default_factory=dict)
    values: Mapping[int, Counts] = field(default_factory=dict)
    nil: frozenset[date] = frozenset()
    monthly_since: date | None = None

    @classmethod
    def of(cls, partner_id: UUID, years: Iterable[int]) -> History:
        """What the partner has stored, by two statements. `years`: those whose values are counted."""
        months: dict[date, int] = {}
        values: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        nil: set[date] = set()
        since: date | None = None
        months_counted = [date(year, month, 1) for year in years for month in range(1, 13)]
        with connection.cursor() as cursor:
            cursor.execute(MONTHS, {"partner": partner_id})
            for reporting, begin, month, count, is_nil in cursor.fetchall():
                since = begin if reporting == Reporting.MONTHLY else since
                if is_nil:
                    nil.add(month)
                elif month is not None:
                    months[month] = count
            cursor.execute(VALUES, {"partner": partner_id, "months": months_counted})
            for year, grouping, value, count in cursor.fetchall():
                values[year][BY_GROUPED[grouping]][value] = count
        return cls(months, values, frozenset(nil), since)
