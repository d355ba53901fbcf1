"""The atoms of time: runs of months that no release divides, once for every vintage in which their records differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.statistics.periods import Period
from cases.statistics.publishing.records import Record
from cases.statistics.publishing.sources import Source


@dataclass(frozen=True, slots=True)
class Run:
    """Months from first to last in one vintage, with the records counted in them."""

    first: date
    last: date
    vintage: int
    records: frozenset[Record]

    @property
    def label(self) -> str:
        """`2023-01..2023-03`, later vintages `…@1`."""
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}" + (f"@{self.vintage}" if self.vintage else "")


@dataclass(frozen=True)
class Timeline:
    """The atoms of time, and which of them each source counts."""

    runs: tuple[Run, ...]
    of_source: dict[str, tuple[int, ...]]
    latest: tuple[int, ...]

    def of_years(self, first: int, last: int) -> tuple[int, ...]:
        """The atoms of some years in the latest vintage."""
        return tuple(n for n in self.latest if first <= self.runs[n].first.year <= last)

    def changes(self) -> Iterator[tuple[int, int]]:
        """Each vintage of some months with the one that was found before it."""
        for n, run in enumerate(self.runs):
            if run.vintage:
                yield n - 1, n


def timeline(sources: Sequence[Source], records: Iterable[Record], span: tuple[date, date]) -> Timeline:
    """The atoms of time of sources, given in the order of their moments. `records`: those of the whole span now."""
    months = Period("", *span).months()
    cuts = sorted(
        {span[0], *(m for m in months if m.month == 1), *(s.period.first for s in sources), *map(after, sources)}
    )
    spans = [(a, b) for a, b in pairwise([*(cut for cut in cuts if cut <= span[1]), following(span[1])])]
    now = list(records)
    runs: list[Run] = []
    of_source: dict[str, list[int]] = {source.id: [] for source in sources}
    latest = []
    for first, end in spans:
        vintages: dict[frozenset[Record], int] = {}
        covering = [source for source in sources if source.period.first <= first and end <= after(source)]
        for source, counted in [
            *((s, within(s.records, first, end)) for s in covering),
            (None, within(now, first, end)),
        ]:
            if counted not in vintages:
                runs.append(Run(first, before(end), len(vintages), counted))
                vintages[counted] = len(runs) - 1
            if source is not None:
                of_source[source.id].append(vintages[counted])
        latest.append(vintages[within(now, first, end)])
    return Timeline(tuple(runs), {name: tuple(places) for name, places in of_source.items()}, tuple(latest))


def within(records: Iterable[Record], first: date, end: date) -> frozenset[Record]:
    """The records of the months from first until end."""
    return frozenset(record for record in records if first <= record.month < end)


def following(month: date) -> date:
    """The next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def before(month: date) -> date:
    """The month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def after(source: Source) -> date:
    """The month after a source's last."""
    return following(source.period.last)
