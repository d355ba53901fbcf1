"""Checking a stored release: its cells against its digest, its tables against each other, and all of it against the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from cases.dimensions import table_id, tables
from stats.counting import build as release
from stats.counting import cube, erasures
from stats.counting.build import Tally, Tell
from stats.counting.cube import Options
from stats.errors import UnknownRelease
from stats.models import Release

STORED = "SELECT dataset, axes, codes, counts FROM statistics_releasetable WHERE release_id = %s"
# Why records may be others than those tally.
ALTERED = "a record was added or changed past the program, a version was purged, or a partner's kind or mode was changed, since"
SUMS = """
SELECT dataset, axes, (SELECT coalesce(sum(n), 0) FROM unnest(counts) AS n)::bigint
FROM statistics_releasetable WHERE release_id = %s
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `passed` is None where it could not be made; `detail` says why, and names no figure."""

    name: str
    passed: bool | None
    detail: str = ""


def find(release_id: str) -> Release:
    """A release by its id. Raises `UnknownRelease`."""
    release = Release.objects.filter(pk=release_id).first()
    if release is None:
        raise UnknownRelease(release_id)
    return release


def verify(release_id: str, *, tell: Tell = lambda _: None) -> list[Check]:
    """Every check of a release. Raises `UnknownRelease`. Nothing is written."""
    release = find(release_id)
    options = Options.of_settings(release.settings)
    tell("stored cells")
    checks = [cells_check(release), *sums_checks(release, options)]
    if (present := options.codelists()) != release.codelists:
        lists_changed = sorted(name for name in release.codelists if present.get(name) != release.codelists[name])
        return [*checks, Check("rebuild", None, f"code lists have new versions: {', '.join(lists_changed)}")]
    return [*checks, *rebuild_checks(release, options, tell)]


def cells_check(release: Release) -> Check:
    """Whether the stored cells still have the release's digest."""
    same = cube.digest_of_source(STORED, [release.pk]) == release.digest
    return Check("cells have the release's digest", same, "" if same else "the stored cells were changed")


def sums_checks(release: Release, options: Options) -> Iterator[Check]:
    """Whether every table is there, and adds up to the dataset's records."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [release.pk])
        sums = {(dataset, axes): total for dataset, axes, total in cursor.fetchall()}
    for dataset in options.datasets():
        tables_expected = {table_id(axes) for axes in tables(options.of(dataset), options.depth)}
        there = {axes for of, axes in sums if of == dataset.id}
        missing = f"{len(tables_expected ^ there)} table(s) missing or too many" if tables_expected != there else ""
        yield Check(f"{dataset.id}: {len(tables_expected)} tables", not missing, missing)
        if not dataset.additive:
            continue
        wrong = sorted(axes for (of, axes), n in sums.items() if of == dataset.id and n != release.records[dataset.id])
        yield Check(f"{dataset.id}: every table adds up to the total", not wrong, "; ".join(wrong[:5]))


def rebuild_checks(row: Release, options: Options, tell: Tell) -> list[Check]:
    """Count again as of the release's moment, and compare. The transaction is rolled back."""
    with transaction.atomic():
        period = release.parse_period(row.period)
        tally = release.count(period, row.as_of, options, again=row.pk, tell=tell)
        checks = [snapshot_check(row, tally), recount_check(row, tally)]
        transaction.set_rollback(True)
    return checks


def snapshot_check(release: Release, tally: Tally) -> Check:
    """Whether the records as of the release's moment, with what erasures have kept, are the ones that it tally."""
    name = "the records are those counted"
    lists_changed = sorted(each for each, digest in tally.snapshots.items() if digest != release.snapshots[each])
    if lists_changed and (reason := excuse(release, rule_of(release))):
        return Check(name, None, reason)
    return Check(name, not lists_changed, f"{', '.join(lists_changed)}: {ALTERED}" if lists_changed else "")


def recount_check(release: Release, tally: Tally) -> Check:
    """Whether a new count gives the same cells."""
    name, same = "a new count gives the same cells", tally.digest == release.digest
    if not same and (reason := excuse(release, rule_of(release))):
        return Check(name, None, reason)
    return Check(name, same, "" if same else "the cells differ")


def rule_of(row: Release) -> str:
    """The rule by which the program counts an exact release now."""
    return release.rule(Options.of_settings(row.settings))


def excuse(release: Release, rule: str) -> str:
    """Why a new count may come to something else though nobody altered anything; empty where it may not.

    Another version of the program is none where the rule (that of now) is the same to the letter.
    """
    if release.rule != rule and (release.rule or another_version(release)):
        return f"it was built by version {release.software}, which counted by another rule"
    return erasures.WHY if erasures.erased_without_keeping(release.built_at) else ""


def another_version(release: Release) -> bool:
    """Whether another version of the program built it."""
    return release.software != settings.HENVIS_VERSION
