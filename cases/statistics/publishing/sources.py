"""What was published before, and what is about to be: releases as sources of knowledge, with the records that each counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cases.statistics.models import PUBLIC, Proof, Publication, PublishedTable, Release, SnapshotRecord
from cases.statistics.periods import Period
from cases.statistics.publishing.choice import PROTECTED, Choice
from cases.statistics.publishing.records import Record

Cells = Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Source:
    """A protected release: what it counted, and what it shows.

    `shown`: for each table the cells that are shown and not zero. `hidden`: for each table the cells that are not; of an
    authority's release every absent cell is hidden, and `cured` names those that are hidden although they reach the threshold.
    """

    id: str
    audience: str
    period: Period
    as_of: datetime
    choice: Choice
    records: tuple[Record, ...]
    shown: Mapping[str, Cells]
    hidden: Mapping[str, frozenset[str]]
    cured: frozenset[str] = frozenset()

    @property
    def public(self) -> bool:
        """Whether it is for everybody."""
        return self.audience == PUBLIC


def published(first: date, last: date, company: Collection[str]) -> tuple[Source, ...]:
    """The releases of a company that overlap with these months, withdrawn or not: what was read stays known."""
    rows = Release.objects.filter(pk__in=company, first_month__lte=last, last_month__gte=first).order_by("as_of", "pk")
    return tuple(source_of(row) for row in rows)


def every_id() -> list[str]:
    """The ids of all releases that were ever published to the public or to authorities."""
    return sorted(Publication.objects.values_list("release_id", flat=True))


def source_of(row: Release) -> Source:
    """A published release as a source."""
    tables = list(PublishedTable.objects.filter(release_id=row.pk, dataset=PROTECTED.id))
    report = Proof.objects.values_list("report", flat=True).get(pk=row.pk)
    return Source(
        row.pk,
        row.audience,
        period_of(row.period),
        row.as_of,
        Choice.stored(row.settings),
        records_of(row.pk),
        {table.axes: dict(zip(table.codes, table.counts, strict=True)) for table in tables},
        {table.axes: frozenset(table.hidden) for table in tables},
        frozenset(report.get("cured", ())),
    )


def records_of(release_id: str) -> tuple[Record, ...]:
    """The records that a protected release counted."""
    rows = SnapshotRecord.objects.filter(release_id=release_id, dataset=PROTECTED.id).order_by("record")
    return tuple(Record(row.record, row.month, tuple(row.codes)) for row in rows)


def period_of(text: str) -> Period:
    """The period of a stored release."""
    period = Period.parse(text)
    if period is None:
        raise LookupError("a release of no period")
    return period


def years(periods: Iterable[Period]) -> tuple[date, date]:
    """The whole calendar years that periods touch: facts are told of years."""
    touched = list(periods)
    return date(min(p.first.year for p in touched), 1, 1), date(max(p.last.year for p in touched), 12, 1)


def linked(period: Period, company: Collection[str]) -> tuple[date, date]:
    """The months whose figures can bear on a period's: its years, those of every release of a company that overlaps, and so on."""
    first, last = years([period])
    while True:
        touching = Release.objects.filter(pk__in=company, first_month__lte=last, last_month__gte=first).values_list(
            "period", flat=True
        )
        wider = years([period, *(period_of(text) for text in touching)])
        if wider == (first, last):
            return wider
        first, last = wider
