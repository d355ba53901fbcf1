"""The atoms of time: runs of months that no release and no year divides, one for every vintage in which their records differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.months import later
from stats.periods import Period
from stats.publishing.records import CountedRecord
from stats.publishing.sources import ReleaseSource
from stats.runs import MonthRun, make_runs

NOW = "now"


@dataclass(frozen=True)
class Timeline:
    """The atoms of time.

    `of_source`: which of them (by place) each release counts. `latest`: those of the records as they are now.
    """

    runs: tuple[MonthRun[CountedRecord], ...]
    of_source: dict[str, tuple[int, ...]]
    latest: tuple[int, ...]

    def of_years(self, first: int, last: int) -> tuple[int, ...]:
        """The atoms of some years in the latest vintage."""
        return tuple(n for n in self.latest if first <= self.runs[n].first.year <= last)

    def changes(self) -> Iterator[tuple[int, int]]:
        """Pairs of vintages of the same months: each later one with the one before it."""
        for n, run in enumerate(self.runs):
            if run.vintage:
                yield n - 1, n

    def records_changed(self, earlier: str, later: str) -> tuple[int, int]:
        """How many records were added and how many removed on the way from one release to a later one of the same period."""
        steps = [
            (self.runs[n].records - self.runs[n - 1].records, self.runs[n - 1].records - self.runs[n].records)
            for places in zip(self.of_source[earlier], self.of_source[later], strict=True)
            for n in range(min(places) + 1, max(places) + 1)
        ]
        return sum(len(newcomers) for newcomers, _ in steps), sum(len(leavers) for _, leavers in steps)


def make_timeline(
    sources: Sequence[ReleaseSource], records: Iterable[CountedRecord], span: tuple[date, date]
) -> Timeline:
    """The timeline of releases, given in the order of their moments. `records`: those of the whole span as they are now."""
    whole = Period("", *span)
    cuts = {
        span[0],
        *(month for month in whole.months() if month.month == 1),
        *(source.period.first for source in sources),
        *(later(source.period.last, 1) for source in sources),
    }
    counting = [(each.id, each.period, each.records) for each in sources]
    runs, of_source = make_runs(
        [*(cut for cut in cuts if cut <= span[1]), later(span[1], 1)],
        [*counting, (NOW, whole, tuple(records))],
    )
    return Timeline(runs, of_source, of_source.pop(NOW))
