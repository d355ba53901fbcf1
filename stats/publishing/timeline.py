"""The atoms of time: runs of months that no release and no year divides, one for every vintage in which their records differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.months import later
from stats.periods import Period
from stats.publishing.records import CountedRecord
from stats.publishing.sources import ReleaseSource


@dataclass(frozen=True, slots=True)
class MonthRun:
    """The months from first to last in one vintage, with their records."""

    first: date
    last: date
    vintage: int
    records: frozenset[CountedRecord]

    @property
    def label(self) -> str:
        """`2023-01..2023-03`, later vintages `…@1`."""
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}" + (f"@{self.vintage}" if self.vintage else "")


@dataclass(frozen=True)
class Timeline:
    """The atoms of time.

    `of_source`: which of them (by place) each release counts. `latest`: those of the records as they are now.
    """

    runs: tuple[MonthRun, ...]
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
    months = Period("", *span).months()
    cuts = sorted(
        {
            span[0],
            *(m for m in months if m.month == 1),
            *(s.period.first for s in sources),
            *map(month_after, sources),
        }
    )
    spans = [(a, b) for a, b in pairwise([*(cut for cut in cuts if cut <= span[1]), later(span[1], 1)])]
    now = list(records)
    runs: list[MonthRun] = []
    of_source: dict[str, list[int]] = {source.id: [] for source in sources}
    latest: list[int] = []
    for first, end in spans:
        vintages: dict[frozenset[CountedRecord], int] = {}
        covering = [source for source in sources if source.period.first <= first and end <= month_after(source)]
        for places, records_counted in [*((of_source[each.id], each.records) for each in covering), (latest, now)]:
            of_run = frozenset(record for record in records_counted if first <= record.month < end)
            if of_run not in vintages:
                vintages[of_run] = len(runs)
                runs.append(MonthRun(first, later(end, -1), len(vintages) - 1, of_run))
            places.append(vintages[of_run])
    return Timeline(tuple(runs), {name: tuple(places) for name, places in of_source.items()}, tuple(latest))


def month_after(source: ReleaseSource) -> date:
    """The month after the last of a release."""
    return later(source.period.last, 1)
