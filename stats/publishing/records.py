"""The records that a protected release counts, in the memory of the build: who, in which month, with which codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from cases.linking.resolve import PARTNERS
from cases.models import Case
from stats.counting import snapshot
from stats.counting.leaves import leaves
from stats.models import ErasedKnowledge, SnapshotRecord
from stats.periods import Period
from stats.publishing.choice import PROTECTED

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
    """The records of persons who were erased, of these months, as the last protected release until a moment counted them.

    What others have published counts them still. Their ids are random and of no case: a record with an insider who knows it, and
    with a case, is of somebody whose case was once tied to an erased one.
    """
    rows = (
        SnapshotRecord.objects.filter(dataset=PROTECTED.id, month__range=(first, last), release__as_of__lte=as_of)
        .filter(record__in=ErasedKnowledge.objects.values("record"))
        .exclude(Exists(Case.objects.filter(pk=OuterRef("record"))))
        .order_by("release__as_of", "release_id")
    )
    latest = {row.record: row for row in rows}
    return tuple(CountedRecord(row.record, row.month, tuple(row.codes)) for _, row in sorted(latest.items()))


def rule() -> str:
    """A digest of the statements that read the records, so that a release tells by which rule it was counted."""
    return snapshot.rule_of([PARTNERS, snapshot.fill_sql(PROTECTED, PROTECTED.dimensions)])


def digest_of(records: Iterable[CountedRecord]) -> str:
    """A digest of records. It is equal for equal records in any order."""
    lines = sorted(f"{record.id} {record.month} {','.join(record.codes)}\n" for record in records)
    return sha256("".join(lines).encode()).hexdigest()
