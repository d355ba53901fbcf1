"""Releases: their exact tables, the drafts of protected ones, and what is published. All rows but orders are final.

What would undo a protection lies in the schema `build`, which the role of the web server cannot enter: exact tables, drafts,
counted records and proofs (`cases.statistics.columns`). The rest is in `public`.

The cells of a table are two parallel arrays in one row: the codes of the cells that are not zero, and their counts. A row for
each cell took ten times the space and gained nothing (docs/decisions): a reader wants a whole table, and finds it by the primary
key.
"""

from __future__ import annotations

from cases.statistics.models.drafts import (
    ARRAYS,
    ChangeArrays,
    DraftChange,
    DraftTold,
    ErasedCount,
    ErasedKnowledge,
    Proof,
    ProtectedCells,
    ProtectedTable,
    ReleaseTable,
    SnapshotRecord,
    ToldArrays,
)
from cases.statistics.models.orders import (
    BUILD,
    DECISIONS,
    DONE,
    FAILED,
    INTERVAL,
    OPEN,
    OTHER_DEFINITION,
    PROPOSE,
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
    PublishedTold,
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
    has_words,
)

__all__ = [
    "ARRAYS",
    "AUDIENCES",
    "AUTHORITY",
    "BUILD",
    "DECISIONS",
    "DONE",
    "EXACT",
    "FAILED",
    "INTERVAL",
    "LONGEST_NOTES",
    "LONGEST_REASON",
    "OPEN",
    "OTHER_DEFINITION",
    "PROPOSE",
    "PUBLIC",
    "RUNNING",
    "STATES",
    "SUPERSEDED",
    "BuildOrder",
    "Certificate",
    "ChangeArrays",
    "DraftChange",
    "DraftTold",
    "ErasedCount",
    "ErasedKnowledge",
    "Erratum",
    "FactDecision",
    "Proof",
    "ProtectedCells",
    "ProtectedTable",
    "Publication",
    "PublishedChange",
    "PublishedTable",
    "PublishedTold",
    "Release",
    "ReleaseTable",
    "SnapshotRecord",
    "ToldArrays",
    "Withdrawal",
    "has_words",
]
