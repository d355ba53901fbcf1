"""Storing the records and tables of a draft, in the transaction of the release that seals them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stats.models import DraftTold, ProtectedTable, SnapshotRecord
from stats.publishing.cells import ToldTable
from stats.publishing.choice import PROTECTED
from stats.publishing.plan import ProtectionResult
from stats.publishing.sources import ReleaseSource


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
    ProtectedTable.objects.bulk_create(
        [
            ProtectedTable(
                release_id=release_id,
                dataset=PROTECTED.id,
                axes=table.axes,
                codes=list(table.codes),
                counts=list(table.counts),
                hidden=list(table.hidden),
                symbol=table.symbol,
                within=list(table.within),
                offered=table.offered,
            )
            for table in protection.tables
        ]
    )


def store_told(release_id: str, tables: Iterable[ToldTable]) -> None:
    """Store what the draft tells of hidden cells, its own and those of earlier releases."""
    DraftTold.objects.bulk_create([DraftTold(**row_of_told(release_id, table)) for table in tables])


def row_of_told(release_id: str, table: ToldTable) -> dict[str, Any]:
    """The columns of what is told of a table, as they are stored."""
    return {
        "release_id": release_id,
        "of_id": table.of,
        "dataset": PROTECTED.id,
        "axes": table.axes,
        "codes": list(table.intervals),
        "least": [least for least, _ in table.intervals.values()],
        "most": [most for _, most in table.intervals.values()],
    }
