"""The verification of a protected release: its cells, its records and its key; and the whole of it built again and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from stats.counting import erasures
from stats.counting.build import Tell
from stats.counting.cube import SEPARATOR
from stats.counting.verification import ALTERED, Check, another_version, excuse, find
from stats.errors import ReleaseRefused
from stats.models import (
    AUTHORITY,
    PUBLIC,
    ChangeArrays,
    DraftChange,
    DraftSumTable,
    DraftTold,
    ErasedCount,
    Proof,
    ProtectedCells,
    ProtectedTable,
    Publication,
    PublishedChange,
    PublishedSumTable,
    PublishedTable,
    PublishedTold,
    Release,
    SnapshotRecord,
    ToldArrays,
)
from stats.protection import perturbation
from stats.publishing import build, cell_noise, planning, release_sums, sources, vintage_changes, vintages
from stats.publishing.choice import PROTECTED, Choice, table_of
from stats.publishing.sources import NAMES, CountedRecord
from stats.publishing.store import codelists, row_of_bounds

# Why a release is not protected in the same way again where somebody was erased since.
REBUILT = {AUTHORITY: erasures.NOISE, PUBLIC: erasures.OTHERS}


def verify(release_id: str, *, tell: Tell = lambda _: None) -> list[Check]:
    """Every check of a protected release. Raises `UnknownRelease`. Nothing is written."""
    release = find(release_id)
    tell("stored cells")
    checks = [*cells_checks(release), *bounds_checks(release), *changes_checks(release), proof_check(release)]
    checks += release_sums.copies_checks(release)
    tell("records")
    if changed_lists := lists_changed(release):
        return [*checks, key_check(release), Check("rebuild", None, changed_lists)]
    checks += [
        records_check(release),
        *([shown_check(release)] if release.audience == PUBLIC else []),
        *release_sums.reports_checks(release),
        key_check(release),
    ]
    return [*checks, rebuild_check(release, tell)] if checks[-1].passed else checks


def cells_checks(release: Release) -> Iterator[Check]:
    """Whether the cells of the draft, and the published ones, still have the digest of the release."""
    models: list[tuple[str, type[ProtectedCells]]] = [("the draft's cells", ProtectedTable)]
    if Publication.objects.filter(pk=release.pk).exists():
        models.append(("the published cells", PublishedTable))
    for name, model in models:
        rows = model._default_manager.filter(release_id=release.pk, dataset=PROTECTED.id)
        sums = (DraftSumTable if model is ProtectedTable else PublishedSumTable)._default_manager
        same = planning.published_digest(rows, sums.filter(release_id=release.pk)) == release.digest
        yield Check(f"{name} have the release's digest", same, "" if same else "the cells were changed")


def bounds_checks(release: Release) -> Iterator[Check]:
    """Whether what is published of hidden cells is what the draft tells."""
    if Publication.objects.filter(pk=release.pk).exists():
        same = bounds_rows(DraftTold, release.pk) == bounds_rows(PublishedTold, release.pk)
        yield Check("the published intervals are the draft's", same, "" if same else "the intervals were changed")


def bounds_rows(model: type[ToldArrays], release_id: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What a release tells of hidden cells as it is stored, by release and table."""
    names = ("release_id", "of_id", "dataset", "axes", "codes", "least", "most")
    rows = model._default_manager.filter(release_id=release_id).values(*names)
    return {(row["of_id"], row["axes"]): dict(row) for row in rows}


def changes_checks(release: Release) -> Iterator[Check]:
    """Whether the stored changes are the differences between the draft's cells and those of the vintage before."""
    report = Proof.objects.get(pk=release.pk).report.get("changes")
    if report is None:
        return
    since = report["since"]
    tables_made = {
        table.axes: vintage_changes.row_of(release.pk, since, table)
        for table in vintage_changes.remake_tables(release, since)
    }
    models: list[tuple[str, type[ChangeArrays]]] = [("the draft's changes", DraftChange)]
    if Publication.objects.filter(pk=release.pk).exists():
        models.append(("the published changes", PublishedChange))
    for name, model in models:
        rows = model._default_manager.filter(release_id=release.pk).values(*(next(iter(tables_made.values()), {})))
        same = {row["axes"]: row for row in rows} == tables_made
        yield Check(f"{name} are those of the cells", same, "" if same else "the changes were changed")


def key_check(release: Release) -> Check:
    """Whether the key in the directory of keys is the one that was committed to."""
    name = "the key is the one committed to"
    try:
        same = (
            perturbation.commitment(cell_noise.read_key(cell_noise.key_name_of_release(release))) == release.commitment
        )
    except ReleaseRefused as refusal:
        return Check(name, None, str(refusal))
    return Check(name, same, "" if same else "another key")


def proof_check(release: Release) -> Check:
    """Whether the audit passed."""
    has_passed = Proof.objects.get(pk=release.pk).passed
    return Check("the audit passed", has_passed, "" if has_passed else "the draft cannot be published")


def lists_changed(release: Release) -> str:
    """Why the records cannot be read as they were counted; empty where they can."""
    if (present := codelists(Choice.of_settings(release.settings))) != release.codelists:
        lists_changed_since = sorted(name for name in release.codelists if present.get(name) != release.codelists[name])
        return f"code lists have new versions: {', '.join(lists_changed_since)}"
    first = SnapshotRecord.objects.filter(release_id=release.pk).first()
    return "records have other dimensions than then" if first is not None and len(first.codes) != len(NAMES) else ""


def records_check(release: Release) -> Check:
    """Whether the records as of the release's moment, with what erasures have kept, are the ones that it counted."""
    name, records_frozen, now = "the records are those counted", sources.records_of(release.pk), counted_now(release)
    missing = {each.id for each in records_frozen} - {each.id for each in now}
    places = [n for n, name in enumerate(NAMES) if name in axes_of(release)]
    if (
        tally(now, places) == tally(records_frozen, places)
        and len(missing) <= ErasedCount.objects.filter(release=release).count()
    ):
        return Check(name, True)
    reason = excuse(release, sources.rule_of_records())
    return Check(name, None if reason else False, reason or ALTERED)


def counted_now(release: Release) -> tuple[CountedRecord, ...]:
    """What the release would count by the records as they are, with what erasures have kept."""
    period = sources.period_of(release.period)
    with transaction.atomic():
        now = sources.read_records(period, release.as_of, release.pk)
        if release.audience != PUBLIC or not period.pool:
            return now
        against = Proof.objects.values_list("against", flat=True).get(pk=release.pk)
        return vintages.freeze_published_years(
            period, now, sources.published_within(*sources.whole_years([period]), against)
        )


def axes_of(release: Release) -> set[str]:
    """The dimensions that the tables of a release have: of their code lists the versions are known."""
    return {axis.dimension for table in Choice.of_settings(release.settings).tables for axis in table}


def tally(records_counted: Iterable[CountedRecord], places: Sequence[int]) -> Counter[tuple[date, tuple[str, ...]]]:
    """How often each month and combination of codes occurs, in some dimensions (by place)."""
    return Counter((each.month, tuple(each.codes[n] for n in places)) for each in records_counted)


def shown_check(release: Release) -> Check:
    """Whether every figure that a public release shows is the number of the records that it counted."""
    name, records_counted = "every figure shown is the number of the records", sources.records_of(release.pk)
    wrong = [
        row.axes or "total"
        for row in ProtectedTable.objects.filter(release_id=release.pk, dataset=PROTECTED.id)
        if not as_counted(row, records_counted)
    ]
    return Check(name, not wrong, ", ".join(wrong[:5]))


def as_counted(row: ProtectedTable, records_counted: Iterable[CountedRecord]) -> bool:
    """Whether what a public table shows, and tells by its symbol, is what the records are."""
    sides = [(axis, NAMES.index(axis.dimension)) for axis in table_of(row.axes)]
    counts_found = Counter(
        SEPARATOR.join(axis.code_of(each.codes[n], each.month) for axis, n in sides) for each in records_counted
    )
    shown = dict(zip(row.codes, row.counts, strict=True))
    if row.symbol is not None and any(
        (counts_found[code] <= row.symbol) != (code in row.within) for code in row.hidden
    ):
        return False
    return all(counts_found[code] == n for code, n in shown.items()) and counts_found.keys() <= {*shown, *row.hidden}


def rebuild_check(release: Release, tell: Tell) -> Check:
    """Whether the same records, key, facts and insiders give the same cells."""
    name = "protecting the same records again gives the same cells"
    why = "the cells or their intervals differ, or facts were decided otherwise since"
    try:
        again = build.protect(build.plan_rebuild(release, tell))
        rows = {(each.of, each.axes): row_of_bounds(release.pk, each) for each in again.bounds}
        digest = planning.published_digest(again.tables, [row for each in again.sums for row in each.tables])
        same_bounds = rows == bounds_rows(DraftTold, release.pk) and release_sums.tells_the_same(release, again.sums)
        if digest == release.digest and same_bounds:
            return Check(name, True)
    except ReleaseRefused as refusal:
        why = str(refusal)
    reason = REBUILT[release.audience] if erasures.erased_since(release.built_at) else ""
    if another_version(release):
        reason = f"it was built by version {release.software}, which may have protected in another way"
    return Check(name, None if reason else False, reason or why)
