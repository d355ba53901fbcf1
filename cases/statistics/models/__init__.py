"""Releases: their exact tables, the drafts of protected ones, and what is published. All are immutable but for two tables of work.

What would undo a protection lies in the schema `build`, which the role of the web server cannot enter: exact tables, drafts, the
records that were counted, proofs. `config.columns` says which. The rest is in `public`.

A table's cells are two parallel arrays in one row: the cells that are not zero, by their codes. A row per cell took ten times the
space (see docs/decisions) and gained nothing: a reader always wants a whole table, and finds it by the primary key.
"""

from __future__ import annotations

from cases.statistics.models.drafts import (
    ARRAYS,
    Changed,
    DraftChange,
    ErasedCount,
    ErasedKnowledge,
    Proof,
    Protected,
    ProtectedTable,
    ReleaseTable,
    SnapshotRecord,
    Work,
)
from cases.statistics.models.orders import (
    DECISIONS,
    DONE,
    FAILED,
    INTERVAL,
    OPEN,
    OTHER_DEFINITION,
    RUNNING,
    STATES,
    SUPERSEDED,
    BuildOrder,
    FactDecision,
)
from cases.statistics.models.published import (
    Certificate,
    Erratum,
    Publication,
    PublishedChange,
    PublishedTable,
    Withdrawal,
)
from cases.statistics.models.releases import (
    AUDIENCES,
    AUTHORITY,
    EXACT,
    LONGEST_NOTES,
    LONGEST_REASON,
    PUBLIC,
    Release,
    said,
)

__all__ = [
    "ARRAYS",
    "AUDIENCES",
    "AUTHORITY",
    "DECISIONS",
    "DONE",
    "EXACT",
    "FAILED",
    "INTERVAL",
    "LONGEST_NOTES",
    "LONGEST_REASON",
    "OPEN",
    "OTHER_DEFINITION",
    "PUBLIC",
    "RUNNING",
    "STATES",
    "SUPERSEDED",
    "BuildOrder",
    "Certificate",
    "Changed",
    "DraftChange",
    "ErasedCount",
    "ErasedKnowledge",
    "Erratum",
    "FactDecision",
    "Proof",
    "Protected",
    "ProtectedTable",
    "Publication",
    "PublishedChange",
    "PublishedTable",
    "Release",
    "ReleaseTable",
    "SnapshotRecord",
    "Withdrawal",
    "Work",
    "said",
]
