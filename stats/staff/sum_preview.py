"""The sums of a release as its readers get them, table by table: for each code every measure, beside what was published before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, product
from typing import Any

from core.text import Text
from stats.models import PUBLIC, PublishedSumTable, PublishedSumTold, Release
from stats.publishing import sources
from stats.reading import stored_sums
from stats.reading.cells import TableCells
from stats.reading.stored_sums import GatheredTable, of_quantity
from stats.staff.sums import label_of_code, label_of_measure, title_of
from stats.staff.table_page import TablePage, TableValues, beside
from stats.sums.datasets import SUM_DATASETS
from stats.sums.of_forms import OF_SUMS
from stats.sums.stored import AXES, CODES

# By the dataset, the measure and the axes of a stored table.
SumValues = Mapping[tuple[str, str, str], TableValues]
COUNTED = Text("Hvad der tælles", "What is counted")


def sum_pages(own: SumValues, before: SumValues | None) -> Iterator[TablePage]:
    """Every table of sums of a release, dataset by dataset. `before`: what was published before."""
    keys = sorted(own, key=lambda key: (list(SUM_DATASETS).index(key[0]), place_of(key)))
    for (dataset, axes), of_table in groupby(keys, key=lambda key: (key[0], key[2])):
        yield page_of(dataset, axes, [measure for _, measure, _ in of_table], own, before)


def with_not_known(values: SumValues, margins: Mapping[str, Any]) -> SumValues:
    """The tables of a release, of which those cells are no data that are none to its readers. `margins`: those of its proof."""
    tables: dict[tuple[str, str], GatheredTable] = defaultdict(GatheredTable)
    absent = 0 if all(each.absent_is_zero for each in values.values()) else None
    for (dataset, measure, axes), each in values.items():
        tables[dataset, axes].add(measure, each.counts.keys(), each.counts.values(), each.hidden)
    not_known = {
        (dataset, axes): stored_sums.with_not_known(
            TableCells(of.codes, of.counts, of.hidden, absent), OF_SUMS[dataset], axes, knowing_of(dataset, margins)
        )
        for (dataset, axes), of in tables.items()
    }
    return {
        (dataset, measure, axes): replace(each, not_known=of_quantity(not_known[dataset, axes], measure).not_known)
        for (dataset, measure, axes), each in values.items()
    }


def knowing_of(dataset: str, margins: Mapping[str, Any]) -> Mapping[str, int] | None:
    """By measure how many reports behind a dataset have it in each of their lines. None: the proof does not say so."""
    knowing: Mapping[str, int] | None = margins.get("sums", {}).get(dataset, {}).get("coverage", {}).get("knowing")
    return knowing


def place_of(key: tuple[str, str, str]) -> tuple[int, list[int], int]:
    """Where a table stands in its dataset: the total first, then by its dimensions, and by the measures of the form."""
    dataset, measure, axes = key
    of, names = SUM_DATASETS[dataset], axes.split(AXES) if axes else []
    return len(names), [list(of.codes).index(name) for name in names], list(of.measures).index(measure)


def page_of(dataset: str, axes: str, measures: Sequence[str], own: SumValues, before: SumValues | None) -> TablePage:
    """A table: a row for each code and measure of which something is told."""
    of, names, rows, figures_shown = SUM_DATASETS[dataset], axes.split(AXES) if axes else [], [], 0
    for codes, measure in product(product(*(of.codes[name] for name in names)), measures):
        values, code = own[dataset, measure, axes], CODES.join(codes)
        earlier = None if before is None else before.get((dataset, measure, axes))
        figures_shown += values.shown(code) is not None
        labels = [label_of_code(dataset, name, each) for name, each in zip(names, codes, strict=True)]
        of_before = beside(code, values, None if before is None else {}, earlier)
        rows.append(((*labels, label_of_measure(dataset, measure)), (values.describe(code), *of_before)))
    dimensions = [str(each.label) for each in of.table.dimensions if each.name in names]
    return TablePage(
        title=title_of(dataset, names),
        summary=str(
            Text(f"{figures_shown} af {len(rows)} tal vises.", f"{figures_shown} of {len(rows)} figures are shown.")
        ),
        headings=(*dimensions, str(COUNTED)),
        rows=tuple(rows),
        rest="",
    )


def sums_of_published(release: Release) -> dict[tuple[str, str, str], TableValues]:
    """The tables of sums of a published release, with what is told of their hidden cells now."""
    rows_of_bounds = PublishedSumTold.objects.filter(of_id=release.pk, release__in=sources.published_ids())
    intervals = {
        (row.dataset, row.measure, row.axes): dict(zip(row.codes, zip(row.least, row.most, strict=True), strict=True))
        for row in rows_of_bounds.order_by("release__publication__published_at", "release_id")
    }
    return {
        (row.dataset, row.measure, row.axes): TableValues(
            dict(zip(row.codes, row.counts, strict=True)),
            frozenset(row.hidden),
            None,
            frozenset(),
            True,
            release.audience == PUBLIC,
            intervals.get((row.dataset, row.measure, row.axes), {}),
        )
        for row in PublishedSumTable.objects.filter(release_id=release.pk)
    }
