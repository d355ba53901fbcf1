"""Releases as sources of knowledge: the published ones and the one to come, each with the records that it counted.

Records are in the memory of the build: who, in which month, with which codes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from cases.linking import restriction
from cases.linking.resolution import PARTNERS
from cases.models import Case
from stats.counting import snapshot
from stats.counting.snapshot import leaves
from stats.models import (
    PUBLIC,
    ErasedKnowledge,
    Proof,
    Publication,
    PublishedTable,
    PublishedTold,
    Release,
    SnapshotRecord,
)
from stats.periods import Period
from stats.publishing.choice import PROTECTED, Choice

NAMES = tuple(PROTECTED.by_name)
ROWS = f"SELECT record, month, {', '.join(NAMES)} FROM {snapshot.table_of(PROTECTED)} ORDER BY record"


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One person as counted: the month, and the submitted code of each dimension of the dataset, in the order of `NAMES`."""

    id: UUID
    month: date
    codes: tuple[str, ...]


def read_records(period: Period, as_of: datetime, again: str = "") -> tuple[CountedRecord, ...]:
    """The records of a period as of a moment. It is called within a transaction.

    `again`: the id of a release that is counted again, with what erasures since have kept of its records.
    """
    snapshot.prepare()
    snapshot.take(PROTECTED, PROTECTED.dimensions, period, as_of, again)
    code = [{leaf.number: leaf.codes[0] for leaf in leaves(dimension, period)} for dimension in PROTECTED.dimensions]
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows = cursor.fetchall()
    return tuple(
        CountedRecord(record, month, tuple(names[number] for names, number in zip(code, leaves_of_row, strict=True)))
        for record, month, *leaves_of_row in rows
    )


def erased_records(first: date, last: date, as_of: datetime) -> tuple[CountedRecord, ...]:
    """The records of persons who were erased, or are restricted at a moment, of these months, as the last protected release until
    that moment counted them.

    What others have published counts them still. Of who was erased ids are random and of no case: a record with an insider who
    knows it, and with a case, is of somebody whose case was once tied to an erased one.
    """
    restricted_persons = restriction.persons_at(as_of)
    was_erased = Q(record__in=ErasedKnowledge.objects.values("record")) & ~Exists(
        Case.objects.filter(pk=OuterRef("record"))
    )
    rows = (
        SnapshotRecord.objects.filter(dataset=PROTECTED.id, month__range=(first, last), release__as_of__lte=as_of)
        .filter(was_erased | Q(record__in=restricted_persons))
        .order_by("release__as_of", "release_id")
    )
    latest = {restricted_persons.get(row.record, row.record): row for row in rows}
    return tuple(CountedRecord(row.record, row.month, tuple(row.codes)) for _, row in sorted(latest.items()))


def rule_of_records() -> str:
    """A digest of the statements that read the records, so that a release tells by which rule it was counted."""
    return snapshot.rule_of([PARTNERS, snapshot.fill_sql(PROTECTED, PROTECTED.dimensions)])


def digest_of_records(records: Iterable[CountedRecord]) -> str:
    """A digest of records. It is equal for equal records in any order."""
    lines = sorted(f"{record.id} {record.month} {','.join(record.codes)}\n" for record in records)
    return sha256("".join(lines).encode()).hexdigest()


Cells = Mapping[str, int]
# By hidden cell the least and the most that it may be; None is no bound.
Intervals = Mapping[str, tuple[int, int | None]]


@dataclass(frozen=True, eq=False)
class ReleaseSource:
    """A protected release: what it counted, and what it shows.

    `shown`: by table the shown cells that are not zero. `hidden`: by table the hidden cells of a public release. In an authority's
    release every absent cell is hidden, and `cured` names those that are hidden although they reach the threshold. `symbols` and
    `within`: by table its symbol, and the hidden cells that are told by it. `intervals`: by table what was
    told last of each hidden cell.
    """

    id: str
    audience: str
    period: Period
    as_of: datetime
    choice: Choice
    records: tuple[CountedRecord, ...]
    shown: Mapping[str, Cells]
    hidden: Mapping[str, frozenset[str]]
    names_cured: frozenset[str] = frozenset()
    symbols: Mapping[str, int | None] = field(default_factory=dict)
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    intervals: Mapping[str, Intervals] = field(default_factory=dict)

    @property
    def public(self) -> bool:
        """Whether the release is for everybody."""
        return self.audience == PUBLIC


def published_within(first: date, last: date, releases: Collection[str]) -> tuple[ReleaseSource, ...]:
    """Those of some releases (by id) that overlap with these months, withdrawn or not: what was read stays known."""
    rows = Release.objects.filter(pk__in=releases, first_month__lte=last, last_month__gte=first).order_by("as_of", "pk")
    return tuple(source_of(row, releases) for row in rows)


def published_ids() -> list[str]:
    """The ids of all releases that were ever published to the public or to authorities."""
    return sorted(Publication.objects.values_list("release_id", flat=True))


def source_of(row: Release, releases: Collection[str]) -> ReleaseSource:
    """A published release as a source, with what these releases (by id) have told of its hidden cells."""
    tables = list(PublishedTable.objects.filter(release_id=row.pk, dataset=PROTECTED.id))
    report = Proof.objects.values_list("report", flat=True).get(pk=row.pk)
    return ReleaseSource(
        row.pk,
        row.audience,
        period_of(row.period),
        row.as_of,
        Choice.of_settings(row.settings),
        records_of(row.pk),
        {table.axes: dict(zip(table.codes, table.counts, strict=True)) for table in tables},
        {table.axes: frozenset(table.hidden) for table in tables},
        frozenset(report.get("cured", ())),
        {table.axes: table.symbol for table in tables},
        {table.axes: frozenset(table.within) for table in tables},
        intervals_of(row.pk, releases),
    )


def intervals_of(release_id: str, releases: Collection[str]) -> dict[str, Intervals]:
    """By table what was told last of each hidden cell of a release, when these releases were published."""
    rows = PublishedTold.objects.filter(of_id=release_id, dataset=PROTECTED.id, release__in=releases)
    in_order = rows.annotate(at=F("release__publication__published_at")).order_by("at", "release_id")
    return {row.axes: dict(zip(row.codes, zip(row.least, row.most, strict=True), strict=True)) for row in in_order}


def records_of(release_id: str) -> tuple[CountedRecord, ...]:
    """The records that a protected release counted."""
    rows = SnapshotRecord.objects.filter(release_id=release_id, dataset=PROTECTED.id).order_by("record")
    return tuple(CountedRecord(row.record, row.month, tuple(row.codes)) for row in rows)


def period_of(text: str) -> Period:
    """The period of a stored release."""
    period = Period.parse(text)
    if period is None:
        raise LookupError("a release of no period")
    return period


def whole_years(periods: Iterable[Period]) -> tuple[date, date]:
    """The first and last month of the calendar years that periods touch. Facts are of whole years."""
    periods_left = list(periods)
    return date(min(p.first.year for p in periods_left), 1, 1), date(max(p.last.year for p in periods_left), 12, 1)


def linked_span(period: Period, releases: Collection[str]) -> tuple[date, date]:
    """The months whose figures can bear on a period: its years, those of every release that overlaps with them, and so on."""
    first, last = whole_years([period])
    while True:
        touching = Release.objects.filter(pk__in=releases, first_month__lte=last, last_month__gte=first).values_list(
            "period", flat=True
        )
        wider = whole_years([period, *(period_of(text) for text in touching)])
        if wider == (first, last):
            return wider
        first, last = wider
