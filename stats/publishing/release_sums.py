"""Sums of counts in a release, of the same moment and period as its persons, with one key and one certificate for both.

They are verified as its persons are: what is published of them, and the reports counted again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from stats.counting.verification import ALTERED, Check, another_version
from stats.models import (
    PUBLIC,
    DraftSumCoverage,
    DraftSumTable,
    DraftSumTold,
    Publication,
    PublishedSumCoverage,
    PublishedSumTold,
    Release,
    SumArrays,
)
from stats.periods import Period
from stats.publishing.choice import Choice
from stats.sums.authority import protect_sums_for_authorities
from stats.sums.datasets import SUM_DATASETS, SumDataset
from stats.sums.leaves import CountSnapshot, read_snapshot
from stats.sums.planning import CountedSums, count_sums, take_source
from stats.sums.public import ProtectedSums, protect_sums
from stats.sums.stored import (
    Row,
    bounds_rows,
    leaves_of_release,
    period_of,
    shown_of,
    store_sums,
    stored_bounds,
    stored_coverage,
    table_rows,
    tables_of,
    total_of,
)
from stats.sums.views import SumPlan
from stats.umbrellas import Umbrellas

# A table as its digest has it: dataset, axes, codes, counts.
Line = tuple[str, str, list[str], list[int]]


@dataclass(frozen=True)
class ReleaseSums:
    """The sums of one dataset in a release to come: what was counted, and what is shown of it."""

    counts: CountedSums
    protection: ProtectedSums

    @property
    def plan(self) -> SumPlan:
        """The plan by which they are protected."""
        return self.counts.plan

    @property
    def dataset(self) -> str:
        return self.plan.dataset.id

    @property
    def tables(self) -> list[Row]:
        """The tables as they are stored."""
        return table_rows(self.plan.dataset, self.plan.source, self.protection.shown)

    @property
    def bounds(self) -> list[Row]:
        """What everybody is told of hidden cells, as it is stored."""
        return bounds_rows(self.plan, self.protection)

    def store(self) -> None:
        """Store them before their release seals them."""
        store_sums(self.plan.source.id, self.plan, self.protection, self.counts.coverage)


def count_chosen(
    choice: Choice,
    release: str,
    audience: str,
    period: Period,
    as_of: datetime,
    against: Collection[str],
    umbrellas: Umbrellas,
) -> tuple[CountedSums, ...]:
    """What was reported by a moment of each dataset that was chosen. It is called within the transaction of the snapshot.

    `release`: its id. `against`: the published releases (by id) that it reckons with.
    """
    sums_counted = []
    for name in choice.sums:
        source, snapshot = take_source(SUM_DATASETS[name], release, audience, period, as_of)
        source = replace(source, threshold=choice.threshold, deviation=choice.deviation, variance=choice.variance)
        sums_counted.append(count_sums(SUM_DATASETS[name], source, snapshot, against, umbrellas))
    return tuple(sums_counted)


def protect_all(plans: Iterable[CountedSums]) -> tuple[ReleaseSums, ...]:
    """Protect each dataset by itself: no figure of one is a sum of another's. Raises `ReleaseRefused`."""
    return tuple(ReleaseSums(each, protect_one(each.plan)) for each in plans)


def protect_one(plan: SumPlan) -> ProtectedSums:
    return protect_sums(plan) if plan.source.public else protect_sums_for_authorities(plan)


def reports_of(sums: Iterable[ReleaseSums]) -> dict[str, Any]:
    """What a proof keeps for staff on the server of each dataset; nothing of a release without sums."""
    reports = {each.dataset: each.protection.report for each in sums}
    return {"sums": reports} if reports else {}


def blocks_of(sums: Iterable[ReleaseSums]) -> list[dict[str, Any]]:
    """The blocks of the certificate. Each says its dataset: two datasets may have measures and dimensions of one name."""
    return [
        {"dataset": each.dataset, **block} for each in sums for block in each.protection.certificate.get("blocks", ())
    ]


def margins_of(sums: Iterable[ReleaseSums]) -> dict[str, Any]:
    """What the approver weighs of each dataset: no figure, but how many are shown and hidden, the audit, and the coverage."""
    margins = {each.dataset: margins_of_one(each) for each in sums}
    return {"sums": margins} if margins else {}


def margins_of_one(sums: ReleaseSums) -> dict[str, Any]:
    """By measure the cells that are shown and hidden; by block the room to spare; and how many reports are behind it."""
    shown = Counter(measure for measure, _, _ in sums.protection.shown)
    cells = Counter(
        {cell.place: cell.measure for block in sums.plan.blocks for cell in block.cells(sums.plan.source)}.values()
    )
    report = sums.protection.report
    return {
        "measures": {
            name: {"shown": shown[name], "hidden": cells[name] - shown[name]} for name in sums.plan.dataset.measures
        },
        "withheld": report.get("withheld", []),
        "audit": {name: each["margins"] for name, each in report["audit"].items()},
        "passed": sums.protection.passed,
        "coverage": sums.counts.coverage.as_row(),
    }


def lines_of(rows: Iterable[SumArrays | Mapping[str, Any]]) -> list[Line]:
    """The tables of sums for the digest of a release, whether they are stored or not."""
    lines: list[Line] = []
    for row in rows:
        dataset, measure, axes, codes, counts, hidden = (
            row[name] if isinstance(row, Mapping) else getattr(row, name)
            for name in ("dataset", "measure", "axes", "codes", "counts", "hidden")
        )
        lines += [(dataset, f"{measure};{axes}", codes, counts), (dataset, f"{measure};{axes} hidden", hidden, [])]
    return lines


def datasets_of_release(release: Release) -> list[SumDataset]:
    """The datasets of sums that a release has."""
    return [SUM_DATASETS[name] for name in Choice.of_settings(release.settings).sums]


def copies_checks(release: Release) -> Iterator[Check]:
    """Whether what is published of hidden sums and of their coverage is what the draft has."""
    if datasets_of_release(release) and Publication.objects.filter(pk=release.pk).exists():
        same_bounds = stored_bounds(DraftSumTold, release.pk) == stored_bounds(PublishedSumTold, release.pk)
        same_coverage = stored_coverage(DraftSumCoverage, release.pk) == stored_coverage(
            PublishedSumCoverage, release.pk
        )
        same = same_bounds and same_coverage
        detail = "" if same else "the intervals or the coverage were changed"
        yield Check("what is published beside sums is the draft's", same, detail)


def reports_checks(release: Release) -> Iterator[Check]:
    """By dataset whether the reports as of the release's moment are those that it counted, and the figures are their sums."""
    for dataset in datasets_of_release(release):
        snapshot = read_snapshot(dataset, period_of(release), release.as_of)
        yield reports_check(release, dataset, snapshot)
        if release.audience == PUBLIC:
            yield shown_sums_check(release, dataset)


def reports_check(release: Release, dataset: SumDataset, snapshot: CountSnapshot) -> Check:
    """Whether the reports are the ones that were counted, and as many as it says. Calendars may have changed: how many were due."""
    (behind,) = (each for each in stored_coverage(DraftSumCoverage, release.pk) if each["dataset"] == dataset.id)
    same = (
        snapshot.digest == release.snapshots[dataset.id]
        and snapshot.leaves == leaves_of_release(release.pk, dataset)
        and (behind["came"] + behind["beside"], behind["knowing"]) == (snapshot.reports, dict(snapshot.knowing))
    )
    name = f"{dataset.id}: the reports are those counted"
    if not same and another_version(release):
        return Check(name, None, f"it was built by version {release.software}, which may have counted by another rule")
    return Check(name, same, "" if same else ALTERED)


def shown_sums_check(release: Release, dataset: SumDataset) -> Check:
    """Whether every figure that a public release shows is the sum of what it counted."""
    rows = list(DraftSumTable.objects.filter(release_id=release.pk, dataset=dataset.id))
    leaves = leaves_of_release(release.pk, dataset)
    wrong = sorted(
        {
            f"{measure} {','.join(table) or 'total'}"
            for (measure, table, codes), value in shown_of(dataset, rows, public=True).items()
            if total_of(dataset, leaves, period_of(release), (measure, table, codes)) != value
        }
    )
    name = f"{dataset.id}: every figure shown is the sum of the reports"
    return Check(name, bool(tables_of(dataset, rows)) and not wrong, "; ".join(wrong[:5]))


def tells_the_same(release: Release, again: Iterable[ReleaseSums]) -> bool:
    """Whether protecting again tells the same of hidden sums."""
    return in_order(row for each in again for row in each.bounds) == in_order(stored_bounds(DraftSumTold, release.pk))


def in_order(rows: Iterable[Row]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)
