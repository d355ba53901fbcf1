"""Sums as releases store them: the rows of a draft, and what a release counted and shows, read back as a source.

A later vintage has to know what the ones before counted and showed, and whoever verifies a release compares these rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from stats.models import (
    PUBLIC,
    DraftSumCoverage,
    DraftSumTable,
    DraftSumTold,
    Proof,
    PublishedSumTable,
    Release,
    SumArrays,
    SumCoverageNumbers,
    SumLeaf,
    SumToldArrays,
)
from stats.periods import Period
from stats.sums.blocks import SumBlock
from stats.sums.datasets import SumDataset, SumTable
from stats.sums.leaves import CountLeaf, SumCoverage
from stats.sums.public import ProtectedSums
from stats.sums.sources import Place, SumSource
from stats.sums.views import SumPlan

AXES, CODES, MARKS = ",", "|", "+"
# A release is protected with these numbers (`publishing.choice`); of sums they mean the same.
PARAMETERS = ("threshold", "deviation", "variance")
COLUMNS_OF_COVERAGE = ("dataset", "due", "came", "beside", "knowing")
COLUMNS_OF_BOUNDS = ("of_id", "dataset", "measure", "axes", "codes", "least", "most")
Row = dict[str, Any]


def store_sums(release: str, plan: SumPlan, protection: ProtectedSums, coverage: SumCoverage) -> None:
    """Store what a draft shows and tells of a dataset, what is behind it, and what it counted; before its release seals it."""
    DraftSumTable.objects.bulk_create(
        DraftSumTable(release_id=release, **row) for row in table_rows(plan.dataset, plan.source, protection.shown)
    )
    DraftSumTold.objects.bulk_create(DraftSumTold(release_id=release, **row) for row in bounds_rows(plan, protection))
    DraftSumCoverage.objects.create(release_id=release, dataset=plan.dataset.id, **coverage.as_row())
    SumLeaf.objects.bulk_create(
        (
            SumLeaf(
                release_id=release,
                dataset=plan.dataset.id,
                partner_id=leaf.partner,
                sender_id=leaf.sender,
                period=leaf.period,
                month=leaf.month,
                marks=MARKS.join(leaf.marks),
                codes=CODES.join(leaf.codes),
                value=leaf.value,
            )
            for leaf in sorted(plan.source.leaves, key=repr)
        ),
        batch_size=5000,
    )


def codes_of_table(dataset: SumDataset, table: SumTable) -> Iterator[tuple[str, ...]]:
    """The codes of every cell of a table."""
    return product(*(dataset.codes[name] for name in table))


def table_rows(dataset: SumDataset, source: SumSource, shown: Mapping[Place, int]) -> list[Row]:
    """The tables of a release as they are stored. Zeros of a public one are left out: what is neither shown nor hidden is one."""
    rows = []
    for measure, table in product(dataset.measures, source.tables):
        cells = [(CODES.join(codes), shown.get((measure, table, codes))) for codes in codes_of_table(dataset, table)]
        cells_listed = [(name, value) for name, value in cells if value is not None and (value or not source.public)]
        hidden = [name for name, value in cells if value is None and source.public]
        rows.append(
            {
                "dataset": dataset.id,
                "measure": measure,
                "axes": AXES.join(table),
                "codes": [name for name, _ in cells_listed],
                "counts": [value for _, value in cells_listed],
                "hidden": hidden,
            }
        )
    return rows


def bounds_rows(plan: SumPlan, protection: ProtectedSums) -> list[Row]:
    """What everybody is told of hidden cells, of the new release and of earlier ones, as it is stored."""
    rows: dict[tuple[str, str, SumTable], Row] = {}
    for block in plan.blocks if protection.intervals else ():
        for source, (measure, table, codes), name in places_of(block):
            if name in protection.intervals:
                of = {"of_id": source.id, "dataset": plan.dataset.id, "measure": measure, "axes": AXES.join(table)}
                row = rows.setdefault((source.id, measure, table), {**of, "codes": [], "least": [], "most": []})
                if (code := CODES.join(codes)) not in row["codes"]:
                    least, most = protection.intervals[name]
                    row["codes"].append(code)
                    row["least"].append(least)
                    row["most"].append(most)
    return list(rows.values())


def places_of(block: SumBlock) -> Iterator[tuple[SumSource, Place, str]]:
    """Each cell of a block: its release, where this one shows it, and its name."""
    return ((source, cell.place, cell.id) for source in block.sources for cell in block.cells(source))


def sources_of(dataset: SumDataset, releases: Collection[str]) -> tuple[SumSource, ...]:
    """Those of some published releases (by id) that have the dataset, withdrawn or not: what was read stays known."""
    has_dataset = Exists(PublishedSumTable.objects.filter(release=OuterRef("pk"), dataset=dataset.id))
    rows = Release.objects.filter(has_dataset, pk__in=releases).order_by("as_of", "pk")
    return tuple(source_of(row, dataset) for row in rows)


def source_of(row: Release, dataset: SumDataset) -> SumSource:
    """A published release of a dataset as a source."""
    tables = list(PublishedSumTable.objects.filter(release_id=row.pk, dataset=dataset.id))
    report = Proof.objects.values_list("report", flat=True).get(pk=row.pk)
    return SumSource(
        row.pk,
        row.audience,
        period_of(row),
        row.as_of,
        tables_of(dataset, tables),
        leaves_of_release(row.pk, dataset),
        shown_of(dataset, tables, public=row.audience == PUBLIC),
        frozenset(report["sums"][dataset.id].get("cured", ())),
        **{name: row.settings[name] for name in PARAMETERS},
    )


def tables_of(dataset: SumDataset, rows: Iterable[SumArrays]) -> tuple[SumTable, ...]:
    """The tables of stored rows, the total first."""
    order = list(dataset.codes)
    names = {tuple(row.axes.split(AXES)) if row.axes else () for row in rows}
    return tuple(sorted(names, key=lambda table: (len(table), [order.index(name) for name in table])))


def shown_of(dataset: SumDataset, rows: Iterable[SumArrays], *, public: bool) -> dict[Place, int]:
    """Each cell that stored rows show, zeros of a public release too."""
    shown: dict[Place, int] = {}
    for row in rows:
        table = tuple(row.axes.split(AXES)) if row.axes else ()
        counts = dict(zip(row.codes, row.counts, strict=True))
        for codes in codes_of_table(dataset, table):
            name = CODES.join(codes)
            if name in counts or (public and name not in row.hidden):
                shown[row.measure, table, codes] = counts.get(name, 0)
    return shown


def leaves_of_release(release: str, dataset: SumDataset) -> frozenset[CountLeaf]:
    """The leaves that a release counted, as they were then: reports may have changed since."""
    return frozenset(
        CountLeaf(
            UUID(str(row.partner_id)),
            UUID(str(row.sender_id)),
            row.period,
            row.month,
            tuple(row.marks.split(MARKS)),
            dataset.codes_of_line(row.codes.split(CODES) if row.codes else ()),
            row.value,
        )
        for row in SumLeaf.objects.filter(release_id=release, dataset=dataset.id)
    )


def period_of(row: Release) -> Period:
    period = Period.parse(row.period)
    if period is None:
        raise LookupError("a release of no period")
    return period


def total_of(dataset: SumDataset, leaves: Iterable[CountLeaf], period: Period, place: Place) -> int:
    """What leaves of a period come to in a cell: of how it stood at the end, those of its last month."""
    measure, table, codes = place
    codes_wanted = dict(zip(table, codes, strict=True))
    places = [(n, codes_wanted[name]) for n, name in enumerate(dataset.codes) if name in codes_wanted]
    return sum(
        leaf.value
        for leaf in leaves
        if measure in leaf.marks
        and (leaf.month == period.last or not dataset.is_stock(measure))
        and all(leaf.codes[n] == code for n, code in places)
    )


def stored_bounds(model: type[SumToldArrays], release: str) -> list[Row]:
    """What a release tells of hidden sums as it is stored, in one order."""
    rows = model._default_manager.filter(release_id=release).order_by("of_id", "dataset", "measure", "axes")
    return list(rows.values(*COLUMNS_OF_BOUNDS))


def stored_coverage(model: type[SumCoverageNumbers], release: str) -> list[Row]:
    """What is behind the sums of a release as it is stored, in one order."""
    rows = model._default_manager.filter(release_id=release).order_by("dataset")
    return list(rows.values(*COLUMNS_OF_COVERAGE))
