"""Storing what a draft consists of, in the transaction of the release that seals it."""

from __future__ import annotations

from cases.statistics.models import ProtectedTable, SnapshotRecord
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.publishing.plan import Protection
from cases.statistics.publishing.sources import Source


def store_records(source: Source) -> None:
    """Keep what was counted: a later release must know what this one gave away."""
    SnapshotRecord.objects.bulk_create(
        [
            SnapshotRecord(
                release_id=source.id,
                dataset=PROTECTED.id,
                record=record.id,
                month=record.month,
                codes=list(record.codes),
            )
            for record in source.records
        ],
        batch_size=5000,
    )


def store_tables(release_id: str, protection: Protection) -> None:
    """The tables of the draft."""
    ProtectedTable.objects.bulk_create(
        [
            ProtectedTable(
                release_id=release_id,
                dataset=PROTECTED.id,
                axes=table.axes,
                codes=list(table.codes),
                counts=list(table.counts),
                hidden=list(table.hidden),
                offered=table.offered,
            )
            for table in protection.tables
        ]
    )
