"""The tables of a release, as its readers get them; those of a draft beside what was published before.

The cells of a draft come from a function of the database, which logs the look and gives protected cells alone. Of sums each code
has every measure. The total stands beside those of the two years before, and beside what others published: a wrong one is seen at
once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, product
from typing import Any

from django.db import connection, transaction

from cases.dimensions import table_id
from core.refusals import raised_as
from core.text import Text
from partners import audit
from partners.audit import Actor
from stats.errors import ReleaseRefused
from stats.models import PUBLIC, PublishedSumTable, PublishedSumTold, PublishedTable, Release
from stats.periods import Period
from stats.publishing import sources
from stats.publishing.choice import PROTECTED, Choice
from stats.reading import external, stored_sums
from stats.reading.cells import TableCells
from stats.reading.marks import number
from stats.reading.stored_sums import GatheredTable, of_quantity
from stats.staff import approval
from stats.staff.releases import last_published
from stats.staff.table_page import TablePage, TableValues, Values, earlier_cells
from stats.staff.words import DRAFT, label_of, label_of_code, label_of_measure, release_in_words, state_of, title_of
from stats.sums.datasets import DATASETS_AS_READ, SUM_DATASETS
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
            TableCells(of.codes, of.counts, of.hidden, absent),
            DATASETS_AS_READ[dataset],
            axes,
            knowing_of(dataset, margins),
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
        of_before = earlier_cells(code, values, None if before is None else {}, earlier)
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


PREVIEW = """
SELECT dataset, measure, axes, codes, counts, hidden, symbol, within, offered, told FROM henvis_preview(%s, %s)
"""
NO_VINTAGE = Text("Perioden har ingen udgivet udgave.", "The period has no published vintage.")
# The tables of persons by their stored names, and those of sums.
AllValues = tuple[Values, SumValues]


def pages(*, by: Actor, release: Release, before: Release | None) -> list[TablePage]:
    """Every table of a release in its order; the look is in the audit. Raises `ReleaseRefused` where the database refuses it."""
    values, sums = values_of_draft(by, release) if state_of(release) == DRAFT else read_published(by, release)
    published_before, sums_before = (None, None) if before is None else values_of_published(before)
    margins = margins_of(release)
    doubts = {each["axes"]: each["doubt"] for each in margins.get("tables", ()) if "doubt" in each}
    tables = Choice.of_settings(release.settings).tables
    of_persons = [
        TablePage.of(table, values, published_before, doubts) for table in tables if table_id(table) in values
    ]
    if before is not None and sums_before:
        sums_before = with_not_known(sums_before, margins_of(before))
    return [*of_persons, *sum_pages(with_not_known(sums, margins), sums_before)]


def margins_of(release: Release) -> Mapping[str, Any]:
    """What the proof of a release keeps for whoever approves it. Empty without a proof."""
    proof = approval.proof_of(release.pk)
    return proof.margins if proof else {}


def values_of_draft(by: Actor, release: Release) -> AllValues:
    """The tables of a draft. The database writes the row of the audit. Raises `ReleaseRefused`."""
    with raised_as(ReleaseRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PREVIEW, [release.pk, by.user_id])
        rows = cursor.fetchall()
    values = {
        (dataset, measure, axes): TableValues(
            dict(zip(codes, counts, strict=True)),
            frozenset(hidden),
            symbol,
            frozenset(within),
            is_offered,
            release.audience == PUBLIC,
            {code: (least, most) for code, (least, most) in json.loads(intervals or "{}").items()},
        )
        for dataset, measure, axes, codes, counts, hidden, symbol, within, is_offered, intervals in rows
    }
    persons = {axes: each for (dataset, _, axes), each in values.items() if dataset == PROTECTED.id}
    return persons, {key: each for key, each in values.items() if key[0] != PROTECTED.id}


def read_published(by: Actor, release: Release) -> AllValues:
    """The tables of a published release, with a row of the audit."""
    with transaction.atomic():
        audit.record(by=by, action="release.read", subject=release.pk)
        return values_of_published(release)


def values_of_published(release: Release) -> AllValues:
    """The tables of a published release, with what is told of their hidden cells now."""
    intervals = sources.intervals_of(release.pk, sources.published_ids())
    persons = {
        each.axes: TableValues(
            dict(zip(each.codes, each.counts, strict=True)),
            frozenset(each.hidden),
            each.symbol,
            frozenset(each.within),
            each.offered,
            release.audience == PUBLIC,
            intervals.get(each.axes, {}),
        )
        for each in PublishedTable.objects.filter(release_id=release.pk, dataset=PROTECTED.id)
    }
    return persons, sums_of_published(release)


def comparison_in_words(release: Release, before: Release | None) -> Text:
    """What a draft stands beside: an earlier vintage, the year before, or nothing."""
    if before is None:
        return NO_VINTAGE
    name = release_in_words(before)
    if before.period == release.period:
        return Text(
            f"Ved siden af står den seneste udgivne udgave, {name.da}.",
            f"Beside it stands the last published vintage, {name.en}.",
        )
    return Text(
        f"{NO_VINTAGE.da} Ved siden af står året før, {name.da}.",
        f"{NO_VINTAGE.en} Beside it stands the year before, {name.en}.",
    )


YEARS = 2
IN_ALL = Text("personer i alt", "persons in all")
NOTHING_PUBLISHED = Text("intet udgivet", "nothing published")


def total_facts(by: Actor, release: Release) -> Iterator[tuple[object, object]]:
    """The total of a draft, of the same period of the two years before, and what others published of these. The look is logged.

    Raises `ReleaseRefused` where the database refuses the look.
    """
    persons, _ = values_of_draft(by, release)
    if "" in persons:
        yield with_period(release.period, IN_ALL), persons[""].describe("")
    for period in periods_before(release.period):
        before = last_published(release.audience, period)
        values = values_of_published(before)[0] if before else {}
        shown = values[""].describe("") if "" in values else NOTHING_PUBLISHED
        yield with_period(period, IN_ALL), shown
    for period in (release.period, *periods_before(release.period)):
        yield from totals_of_others(period)


def periods_before(period: str) -> list[str]:
    """The same period of the two years before; of a pool none."""
    names: list[str] = []
    while len(names) < YEARS and (of := Period.parse(period)) and of.year_before:
        period = of.year_before
        names.append(period)
    return names


def totals_of_others(period: str) -> Iterator[tuple[object, object]]:
    """The totals that others published of a period, each with the release that has it."""
    language = str(Text(*Text._fields))
    for entry in external.of_audiences((PUBLIC,)):
        total = external.cells(entry.id).get("") if entry.period.id == period else None
        count = total.of("") if total else None
        if count is not None:
            name = Text(f"andre har offentliggjort ({entry.id})", f"published by others ({entry.id})")
            yield with_period(period, name), number(count, language)


def with_period(period: str, what: Text) -> Text:
    """What stands before a total: the period and what it is."""
    return Text(*(f"{label}, {each}" for label, each in zip(label_of(period), what, strict=True)))
