"""What is behind the sums of a dataset: how many reports are due and came, and how many of these know each measure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.services import expectations
from stats.periods import Period
from stats.sums.datasets import SumDataset
from stats.sums.leaves import CountSnapshot, last_day, month_of

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SumCoverage:
    """What is behind the figures of a dataset: a function of calendars and blanks, told of the whole dataset and never by name.

    Of `due` reports `came` have come, and `beside` them others that nobody had asked for. `knowing`: by measure how many of all
    these know it in each of their lines. Where it is fewer than expected, each figure is "at least".
    """

    due: int
    came: int
    beside: int
    knowing: dict[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether every expected report has come, and every report knows every number. Of what nobody expects nobody knows."""
        return 0 < self.due <= self.came and all(number == self.came + self.beside for number in self.knowing.values())

    def as_row(self) -> dict[str, Any]:
        """The columns of it as a release stores them."""
        return asdict(self)


def read_coverage(dataset: SumDataset, period: Period, as_of: datetime, snapshot: CountSnapshot) -> SumCoverage:
    """What is behind a snapshot of a period."""
    by_period = expectations.coverage(dataset.form, period.first - WEEK, last_day(period), as_of)
    coverages = [each for at, each in by_period.items() if period.first <= month_of(at.first) <= period.last]
    came = sum(each.reports for each in coverages)
    return SumCoverage(sum(each.partners for each in coverages), came, snapshot.reports - came, dict(snapshot.knowing))
