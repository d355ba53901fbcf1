"""The verification of the sums of a protected release: what is published of them, and the reports counted again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stats.counting.verify import ALTERED, Check, another_version
from stats.models import (
    PUBLIC,
    DraftSumCoverage,
    DraftSumTable,
    DraftSumTold,
    Publication,
    PublishedSumCoverage,
    PublishedSumTold,
    Release,
)
from stats.publishing.choice import Choice
from stats.publishing.release_sums import ReleaseSums
from stats.sums.datasets import SUM_DATASETS, SumDataset
from stats.sums.leaves import CountSnapshot, read_snapshot
from stats.sums.stored import (
    Row,
    leaves_of_release,
    period_of,
    shown_of,
    stored_coverage,
    stored_told,
    tables_of,
    total_of,
)


def datasets_of_release(release: Release) -> list[SumDataset]:
    """The datasets of sums that a release has."""
    return [SUM_DATASETS[name] for name in Choice.of_settings(release.settings).sums]


def copies_checks(release: Release) -> Iterator[Check]:
    """Whether what is published of hidden sums and of their coverage is what the draft has."""
    if datasets_of_release(release) and Publication.objects.filter(pk=release.pk).exists():
        same_bounds = stored_told(DraftSumTold, release.pk) == stored_told(PublishedSumTold, release.pk)
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
    return in_order(row for each in again for row in each.bounds) == in_order(stored_told(DraftSumTold, release.pk))


def in_order(rows: Iterable[Row]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)
