"""The tables of a release, as its readers get them; those of a draft beside what was published before.

The cells of a draft come from a function of the database, which logs the look and gives protected cells alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from cases.dimensions import table_id
from core.refusals import raised_as
from core.text import Text
from partners import audit
from partners.audit import Actor
from stats.errors import ReleaseRefused
from stats.models import PUBLIC, PublishedTable, Release
from stats.publishing import sources
from stats.publishing.choice import PROTECTED, Choice
from stats.staff import approval
from stats.staff.sum_preview import SumValues, sum_pages, sums_of_published, with_not_known
from stats.staff.table_page import TablePage, TableValues, Values
from stats.staff.words import DRAFT, release_in_words, state_of

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


def stands_beside(release: Release, before: Release | None) -> Text:
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
