"""Checking a stored release: its cells against its digest, its tables against each other, and all of it against the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from cases.dimensions import DATASETS, table_id, tables
from cases.statistics import erasures
from cases.statistics.counting import build as release
from cases.statistics.counting import digests
from cases.statistics.counting.build import Tally, Tell
from cases.statistics.counting.options import Options
from cases.statistics.errors import UnknownRelease
from cases.statistics.models import Release

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
    found = Release.objects.filter(pk=release_id).first()
    if found is None:
        raise UnknownRelease(release_id)
    return found


def verify(release_id: str, *, tell: Tell = lambda _: None) -> list[Check]:
    """Every check of a release. Raises `UnknownRelease`. Nothing is written."""
    stored = find(release_id)
    options = Options.stored(stored.settings)
    tell("stored cells")
    checks = [cells_check(stored), *sums_checks(stored, options)]
    if (present := options.codelists()) != stored.codelists:
        changed = sorted(name for name in stored.codelists if present.get(name) != stored.codelists[name])
        return [*checks, Check("rebuild", None, f"code lists have new versions: {', '.join(changed)}")]
    return [*checks, *rebuild_checks(stored, options, tell)]


def cells_check(stored: Release) -> Check:
    """Whether the stored cells still have the release's digest."""
    same = digests.of_source(STORED, [stored.pk]) == stored.digest
    return Check("cells have the release's digest", same, "" if same else "the stored cells were changed")


def sums_checks(stored: Release, options: Options) -> Iterator[Check]:
    """Whether every table is there, and adds up to the dataset's records."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [stored.pk])
        sums = {(dataset, axes): total for dataset, axes, total in cursor.fetchall()}
    for dataset in DATASETS.values():
        expected = {table_id(axes) for axes in tables(options.of(dataset), options.depth)}
        there = {axes for of, axes in sums if of == dataset.id}
        missing = f"{len(expected ^ there)} table(s) missing or too many" if expected != there else ""
        yield Check(f"{dataset.id}: {len(expected)} tables", not missing, missing)
        if not dataset.additive:
            continue
        wrong = sorted(axes for (of, axes), n in sums.items() if of == dataset.id and n != stored.records[dataset.id])
        yield Check(f"{dataset.id}: every table adds up to the total", not wrong, "; ".join(wrong[:5]))


def rebuild_checks(stored: Release, options: Options, tell: Tell) -> list[Check]:
    """Count again as of the release's moment, and compare. The transaction is rolled back."""
    with transaction.atomic():
        period = release.parse_period(stored.period)
        tally = release.count(period, stored.as_of, options, again=stored.pk, tell=tell)
        checks = [snapshot_check(stored, tally), recount_check(stored, tally)]
        transaction.set_rollback(True)
    return checks


def snapshot_check(stored: Release, tally: Tally) -> Check:
    """Whether the records as of the release's moment, with what erasures have kept, are the ones that it tally."""
    name = "the records are those counted"
    changed = sorted(each for each, digest in tally.snapshots.items() if digest != stored.snapshots[each])
    if changed and (known := excuse(stored, rule_of(stored))):
        return Check(name, None, known)
    return Check(name, not changed, f"{', '.join(changed)}: {ALTERED}" if changed else "")


def recount_check(stored: Release, tally: Tally) -> Check:
    """Whether a new count gives the same cells."""
    name, same = "a new count gives the same cells", tally.digest == stored.digest
    if not same and (known := excuse(stored, rule_of(stored))):
        return Check(name, None, known)
    return Check(name, same, "" if same else "the cells differ")


def rule_of(stored: Release) -> str:
    """The rule by which the program counts an exact release now."""
    return release.rule(Options.stored(stored.settings))


def excuse(stored: Release, rule: str) -> str:
    """Why a new count may come to something else though nobody altered anything; empty where it may not.

    Another version of the program is none where the rule (that of now) is the same to the letter.
    """
    if stored.rule != rule and (stored.rule or another_version(stored)):
        return f"it was built by version {stored.software}, which counted by another rule"
    return erasures.WHY if erasures.erased_without_keeping(stored.built_at) else ""


def another_version(stored: Release) -> bool:
    """Whether another version of the program built it."""
    return stored.software != settings.HENVIS_VERSION
