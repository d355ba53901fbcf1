"""Counts of the rows of one year of referral. Nothing is kept of a row but its part in them."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN
from cases.intake.checks.content import MONTH, MONTH_PLACE, NAMES, Parts

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
