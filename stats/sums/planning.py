"""What a release of sums is a function of: the reports as of a moment, who made them, and what was published before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from stats.errors import refuse
from stats.models import AUTHORITY, PUBLIC
from stats.periods import Period
from stats.sums.datasets import SumDataset, SumTable, check_period_of_sums
from stats.sums.leaves import CountSnapshot, SumCoverage, read_coverage, read_snapshot
from stats.sums.sources import SumSource, find_contributors
from stats.sums.stored import sources_of
from stats.sums.views import SumPlan
from stats.umbrellas import Umbrellas

# So many dimensions a table has at most, besides time.
MOST_DIMENSIONS = {PUBLIC: 1, AUTHORITY: 2}


@dataclass(frozen=True)
class CountedSums:
    """What a release to come counts of a dataset: the plan by which it is protected, the reports, and what is behind them."""

    plan: SumPlan
    snapshot: CountSnapshot
    coverage: SumCoverage


def count_sums(
    dataset: SumDataset, source: SumSource, snapshot: CountSnapshot, against: Collection[str], umbrellas: Umbrellas
) -> CountedSums:
    """A release to come, as `take_source` has it, beside the published ones (by id), without its key.

    `umbrellas`: those that the whole release reckons with.
    """
    plan = make_plan(dataset, source, sources_of(dataset, against), umbrellas)
    return CountedSums(plan, snapshot, read_coverage(dataset, source.period, source.as_of, snapshot))


def make_plan(dataset: SumDataset, source: SumSource, earlier: Iterable[SumSource], umbrellas: Umbrellas) -> SumPlan:
    """The plan of a release to come, which has its leaves, without its key.

    `earlier`: every release of the dataset that was ever published. Those of the same year bear on it: there are no pools of sums.
    """
    releases_linked = tuple(each for each in earlier if each.period.first.year == source.period.first.year)
    leaves = [leaf for each in (*releases_linked, source) for leaf in each.leaves]
    return SumPlan(dataset, source, releases_linked, find_contributors(leaves, umbrellas), b"")


def check_sums(plan: SumPlan) -> None:
    """Raise `ReleaseRefused` for what is not published: a period that is not read, or a vintage that is not later."""
    check_period_of_sums(plan.dataset, plan.source.audience, plan.source.period)
    check_vintage_of_sums(plan.source, plan.earlier)


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
