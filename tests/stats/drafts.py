"""Drafts of protected releases with their proofs, as a build leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from partners.models import Partner
from stats.models import (
    PUBLIC,
    DraftChange,
    DraftSumCoverage,
    DraftSumTable,
    DraftSumTold,
    DraftTold,
    Erratum,
    Proof,
    ProtectedTable,
    Release,
    ReleaseTable,
    SnapshotRecord,
    SumLeaf,
)
from tests.callers import Browser
from tests.stats.published import LETTERS, draft, editor, publish
from tests.stats.records import at

RELEASES = "/admin/statistics/release/"
# The least and the most of hidden cells, by code.
Intervals = Mapping[str, tuple[int, int | None]]
# One table with a cell that is shown and one that is not.
CELLS: dict[str, Any] = {
    "dataset": "persons",
    "axes": "gender",
    "codes": ["F"],
    "counts": [42],
    "hidden": ["X"],
    "symbol": 9,
    "within": ["X"],
    "offered": True,
}
# What everybody is told of the hidden one.
OF_HIDDEN: Intervals = {"X": (0, 9)}
# The same of sums: a measure of a dataset by one dimension, and what is behind the dataset.
SUMS: dict[str, Any] = {
    "dataset": "outreach.contacts",
    "measure": "contacts",
    "axes": "region",
    "codes": ["DK01"],
    "counts": [30],
    "hidden": ["DK02"],
}
TOLD_OF_SUMS: dict[str, Any] = {**{name: SUMS[name] for name in ("dataset", "measure", "axes")}, "codes": ["DK02"]}
COVERAGE: dict[str, Any] = {
    "dataset": "outreach.contacts",
    "due": 3,
    "came": 2,
    "beside": 0,
    "knowing": {"contacts": 2},
}
MARGINS_OF_SUMS: dict[str, Any] = {
    "measures": {"contacts": {"shown": 6, "hidden": 1}},
    "coverage": {name: COVERAGE[name] for name in ("due", "came", "beside", "knowing")},
}
# What changed in it since the vintage before.
CHANGES: dict[str, Any] = {
    "dataset": "persons",
    "axes": "gender",
    "codes": ["F", "X"],
    "before": [30, None],
    "after": [42, None],
    "change": [12, None],
}
MARGINS = {
    "tables": [{"axes": "gender", "shown": 6, "hidden": 2, "symbol": 9, "share": 64, "doubt": 0.4, "offered": True}],
    "audit": {
        "gender": {
            "public": {"low": 3, "width": 4},
            **{f"partner:{uuid4()}": {"low": low, "high": 9} for low in (5, 2)},
        }
    },
    "gap": {"gender": 2},
}


@transaction.atomic
def built(
    audience: str,
    period: str,
    *,
    user: User | None,
    vintage: int = 1,
    passed: bool = True,
    against: Iterable[str] = (),
    tables: Sequence[Mapping[str, Any]] = (CELLS,),
    intervals: Mapping[tuple[str, str], Intervals] | None = None,
    sums_of: Partner | None = None,
    unknown: str = "",
) -> Release:
    """A draft that a member of staff had built, with its proof against some published releases.

    `intervals`: what it tells of the hidden cells of a table, by the release that the table is of and the table's name. By default
    it tells of the hidden cell of its own table. `sums_of`: a partner whose reports its sums count. `unknown`: a measure that
    none of these reports knows.
    """
    name = f"{period}.{LETTERS[audience]}{vintage}"
    for table in tables:
        ProtectedTable.objects.create(release_id=name, **table)
    for (of, axes), bounds in ({(name, "gender"): OF_HIDDEN} if intervals is None else intervals).items():
        least, most = zip(*bounds.values(), strict=True)
        DraftTold.objects.create(
            release_id=name, of_id=of, dataset="persons", axes=axes, codes=[*bounds], least=[*least], most=[*most]
        )
    SnapshotRecord.objects.create(
        release_id=name, dataset="persons", record=uuid4(), month=date(2023, 1, 1), codes=["F"]
    )
    if sums_of is not None:
        store_sums(name, sums_of)
    if unknown:
        DraftSumTable.objects.create(
            release_id=name, **{**SUMS, "measure": unknown, "codes": [], "counts": [], "hidden": []}
        )
    before = f"{period}.{LETTERS[audience]}{vintage - 1}"
    if Release.objects.filter(pk=before).exists():
        DraftChange.objects.create(release_id=name, since_id=before, **CHANGES)
    release = draft(audience, period, {table["axes"]: {} for table in tables}, vintage, user=user)
    Proof.objects.create(
        release=release,
        passed=passed,
        report={"true": 1},
        certificate={"release": name},
        against=list(against),
        margins={**MARGINS, "sums": {SUMS["dataset"]: MARGINS_OF_SUMS}} if sums_of else MARGINS,
    )
    return release


def store_sums(release: str, partner: Partner) -> None:
    """What the draft of a release to come has of sums: a table with a hidden cell, its coverage, and a leaf of a partner."""
    DraftSumTable.objects.create(release_id=release, **SUMS)
    DraftSumTold.objects.create(release_id=release, of_id=release, **TOLD_OF_SUMS, least=[0], most=[9])
    DraftSumCoverage.objects.create(release_id=release, **COVERAGE)
    SumLeaf.objects.create(
        release_id=release, dataset="outreach.contacts", partner=partner, sender=partner, period=date(2023, 1, 1),
        month=date(2023, 1, 1), marks="contacts", codes="DK01|STREET", value=30,
    )  # fmt: skip


def keep_umbrella(release: Release, *partners: Partner) -> None:
    """A proof of a release that took partners together, who are under no umbrella any more."""
    report = {"umbrellas": {str(uuid4()): [str(each.pk) for each in partners]}, "true": 1}
    Proof.objects.create(release=release, passed=True, report=report, certificate={})


@transaction.atomic
def exact(period: str = "2025", count: int = 1) -> Release:
    """An exact release of a year with one table, whose total is given."""
    name, month = f"{period}.v1", date(int(period), 1, 1)
    ReleaseTable.objects.create(release_id=name, dataset="persons", axes="", codes=[""], counts=[count])
    return Release.objects.create(
        id=name, period=period, first_month=month, last_month=month, vintage=1, as_of=at(1), settings={}, codelists={},
        records={"persons": count}, cells={"persons": 1}, snapshots={}, digest="d" * 64, software="0",
    )  # fmt: skip


def look_at(browser: Browser, release: str) -> Browser:
    """The browser of somebody who has looked at the tables of a draft: nobody publishes one unseen."""
    assert browser.get(f"{RELEASES}{release}/preview/").status_code == 200
    return browser


def publish_by(browser: Browser, release: str) -> None:
    """Publish a draft as somebody who has looked at it, and whom the calendar has announced nothing."""
    look_at(browser, release).post(f"{RELEASES}{release}/publish/", {"off_calendar": "on"})


def waiting_erratum() -> int:
    """An erratum that waits for a colleague of whoever wrote it."""
    release = publish(PUBLIC, "2021", {"": {"": 70}})
    return Erratum.objects.create(release=release, text_da="Fejl.", text_en="Error.", user=editor("writer")).pk
