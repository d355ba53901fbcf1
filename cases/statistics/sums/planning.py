"""What a release of sums is a function of: the reports as of a moment, who made them, and what was published before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.services import expectations
from cases.statistics.errors import refuse
from cases.statistics.models import AUTHORITY, PUBLIC
from cases.statistics.periods import Period
from cases.statistics.publishing.insiders import umbrellas_now
from cases.statistics.sums.datasets import SumDataset, SumTable
from cases.statistics.sums.knowledge import SumPlan
from cases.statistics.sums.leaves import CountSnapshot, last_day, month_of, read_snapshot
from cases.statistics.sums.sources import SumSource, find_contributors

WEEK = timedelta(days=7)
# So many dimensions a table has at most, besides time.
MOST_DIMENSIONS = {PUBLIC: 1, AUTHORITY: 2}


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
        """Whether every expected report has come, and every report knows every number."""
        return self.came >= self.due and all(number == self.came + self.beside for number in self.knowing.values())


def read_coverage(dataset: SumDataset, period: Period, as_of: datetime, snapshot: CountSnapshot) -> SumCoverage:
    """What is behind a snapshot of a period."""
    by_period = expectations.coverage(dataset.form, period.first - WEEK, last_day(period), as_of)
    coverages = [each for at, each in by_period.items() if period.first <= month_of(at.first) <= period.last]
    came = sum(each.reports for each in coverages)
    return SumCoverage(sum(each.partners for each in coverages), came, snapshot.reports - came, dict(snapshot.knowing))


def plan_sums(
    dataset: SumDataset,
    source: SumSource,
    earlier: Iterable[SumSource],
    key: bytes,
    tell: Callable[[str], None] = lambda _: None,
) -> SumPlan:
    """The plan of a release to come, which has its leaves. Raises `ReleaseRefused` for what is not published.

    `earlier`: every release of the dataset that was ever published. Those of the same year bear on it: there are no pools of sums.
    """
    releases_linked = tuple(each for each in earlier if each.period.first.year == source.period.first.year)
    check_period_of_sums(dataset, source)
    check_vintage_of_sums(source, releases_linked)
    leaves = [leaf for each in (*releases_linked, source) for leaf in each.leaves]
    return SumPlan(dataset, source, releases_linked, find_contributors(leaves, umbrellas_now()), key, tell)


def take_source(
    dataset: SumDataset,
    release: str,
    audience: str,
    period: Period,
    as_of: datetime,
    tables: Sequence[SumTable] | None = None,
) -> tuple[SumSource, CountSnapshot]:
    """A release to come (by its id), with what was reported by a moment; every table of one dimension, or those that are named.

    Raises `ReleaseRefused` for a table that the dataset does not have, or with too many dimensions.
    """
    every_table = dataset.with_margins(tuple(dataset.one_way if tables is None else tables), MOST_DIMENSIONS[audience])
    snapshot = read_snapshot(dataset, period, as_of)
    return SumSource(release, audience, period, as_of, every_table, snapshot.leaves), snapshot


def check_period_of_sums(dataset: SumDataset, source: SumSource) -> None:
    """Raise `ReleaseRefused` for a period of which there are no sums: the public reads years, authorities quarters."""
    is_year = source.period.annual
    if source.period.pool or (source.public or dataset.yearly) != is_year:
        raise refuse(
            f"{dataset.id} udgives ikke for {source.period.id}: offentligheden læser år, og myndigheder læser kvartaler.",
            f"{dataset.id} is not published of {source.period.id}: the public reads years, and authorities read quarters.",
        )


def check_vintage_of_sums(source: SumSource, earlier: Iterable[SumSource]) -> None:
    """Raise `ReleaseRefused` for a vintage that is not later than the last one, or lacks one of its tables."""
    for each in earlier:
        if (each.audience, each.period) != (source.audience, source.period):
            continue
        if source.as_of <= each.as_of:
            raise refuse(
                f"{each.id} er opgjort pr. et senere tidspunkt: en ny udgave skal være opgjort senere end den.",
                f"{each.id} is as of a later moment: a new vintage looks at a later one.",
            )
        if not set(each.tables) <= set(source.tables):
            raise refuse(
                f"En ny udgave har alle tabeller fra den forrige, {each.id}; den kan have flere.",
                f"A new vintage has every table of the last one, {each.id}; it may have more.",
            )
