"""Counts of the rows of one year of referral, and of what a partner has reported before: never another partner's.

Nothing is kept of a row but its part in them.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import numpy as np
from django.db import connection

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN
from cases.intake.checks.content import BETWEEN_CODES, MONTH, MONTH_PLACE, NAMES, SETS, Parts
from partners.kinds import Reporting

AT_ONCE = 1024
MASK = (1 << 256) - 1
UNSAID = frozenset({UNKNOWN, NOT_ASKED, NOT_APPLICABLE})
# Of 22 fields: rows that say less are alike by chance.
MOST_UNSAID = len(NAMES) - 10


@dataclass(slots=True)
class YearTally:
    """The rows of one year of referral.

    `changes`: the rows that are not stored already as they are. `digest`: the sum of the rows' digests. `new`: by month, the rows
    whose reference is not stored yet. `contents`: a hash of eight bytes of what each row says. `waiting`: rows to be counted.
    """

    rows: int = 0
    changes: int = 0
    digest: int = 0
    new: Counter[date] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in NAMES})
    contents: array[int] = field(default_factory=lambda: array("q"))
    waiting: list[Parts] = field(default_factory=list)

    def add(self, parts: Parts, digest: str, *, is_new: bool, is_change: bool) -> None:
        """Count a row. Of one that says next to nothing no content is kept: such rows are alike by chance."""
        self.rows += 1
        self.changes += is_change
        self.digest = (self.digest + int(digest, 16)) & MASK
        if is_new:
            self.new[date.fromisoformat(parts[MONTH_PLACE])] += 1
        if sum(map(UNSAID.__contains__, parts)) <= MOST_UNSAID:
            self.contents.append(hash(parts))
        self.waiting.append(parts)
        if len(self.waiting) == AT_ONCE:
            self.count_waiting()

    def count_waiting(self) -> None:
        """Count the values of the rows that wait: many at once is several times quicker."""
        for name, column in zip(NAMES, zip(*self.waiting, strict=True), strict=False):
            self.values[name].update(column)
        self.waiting.clear()

    def merge(self, other: YearTally) -> None:
        """Add the rows of another one."""
        other.count_waiting()
        self.rows += other.rows
        self.changes += other.changes
        self.digest = (self.digest + other.digest) & MASK
        self.new.update(other.new)
        for name, counts in other.values.items():
            self.values[name].update(counts)
        self.contents.extend(other.contents)

    @property
    def months(self) -> dict[date, int]:
        """How many rows each month has, once all of them are counted."""
        return {date.fromisoformat(month): count for month, count in self.values[MONTH].items()}

    @property
    def repeats(self) -> int:
        """The rows that say the same as another one before them."""
        return len(self.contents) - len(np.unique(np.frombuffer(self.contents, dtype=np.int64))) if self.contents else 0


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
