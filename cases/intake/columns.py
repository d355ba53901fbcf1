"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from cases import dictionary as d
from cases.columns import risks
from cases.intake.models import Batch
from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # A batch names rules, columns and rows, and says how many rows there were, as staff may know of a partner anyway.
    "intake.Batch": {
        **dict.fromkeys((field.attname for field in Batch._meta.concrete_fields), OPERATIONAL),
        **dict.fromkeys(("key_digest", "fingerprint", "content_digest"), PSEUDONYM),
        **dict.fromkeys(("user_id", "committed_by_id", "confirmed_by_id"), IDENTIFIER),
    },
    "intake.StagedRow": {
        **risks(d.REFERRAL),
        **dict.fromkeys(
            ("batch_id", "index", "line", "holds", "repeats", "contradicts", "expected", "seen"), OPERATIONAL
        ),
        **dict.fromkeys(("reference", "digest", "content", "token", "new_token", "case_id"), PSEUDONYM),
        "checks": QUASI,
    },
    "intake.RowResult": {
        **dict.fromkeys(("batch_id", "index", "line", "outcome", "version"), OPERATIONAL),
        "reference": PSEUDONYM,
        "findings": QUASI,
    },
    # Heads and cells that the guard looked at twice, and nothing else of the file that was sent.
    "intake.ErrorFile": {"batch_id": OPERATIONAL, "format": OPERATIONAL, "content": QUASI},
    "intake.ColumnMapping": dict.fromkeys(("partner_id", "content", "version", "used_at"), OPERATIONAL),
    "intake.Confirmation": {
        **dict.fromkeys(("id", "partner_id", "rule", "reason_code", "client_id", "confirmed_at"), OPERATIONAL),
        "digest": PSEUDONYM,
    },
    # Counts of a partner, a year and a rule may be of one person.
    "intake.RevalidationReport": {
        **dict.fromkeys(("id", "created_at", "partner_id", "schema_version"), OPERATIONAL),
        **dict.fromkeys(("referrals", "refused", "held", "counts"), QUASI),
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {"intake.Confirmation": ("erase",), "intake.RevalidationReport": ()}
# What waits is stored or forgotten after a day, what became of rows is forgotten after thirty. A partner changes its mapping.
MUTABLE: tuple[str, ...] = (
    "intake.Batch",
    "intake.StagedRow",
    "intake.RowResult",
    "intake.ErrorFile",
    "intake.ColumnMapping",
)
BUILD: tuple[str, ...] = ()
