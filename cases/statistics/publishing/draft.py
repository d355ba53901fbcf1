"""Storing the records and tables of a draft, in the transaction of the release that seals them."""

from __future__ import annotations

from cases.statistics.models import ProtectedTable, SnapshotRecord
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.publishing.plan import ProtectionResult
from cases.statistics.publishing.sources import ReleaseSource


def store_records(source: ReleaseSource) -> None:
    """Store the counted records: a later release must know what this one tells."""
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


def store_tables(release_id: str, protection: ProtectionResult) -> None:
    """Store the tables of the draft."""
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
