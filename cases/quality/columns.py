"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Rule and field are names of ours and no value. A count of one says that one row was wrong, and its rule may say in what way:
    # roles that see no records are shown small counts as 1 to 4. A rejected row is no record, and no case or reference leads to it,
    # so an erasure has nothing to look for here.
    "quality.RuleTally": {
        **dict.fromkeys(("id", "batch_id", "partner_id", "month", "tried", "rule", "field"), OPERATIONAL),
        "rows": QUASI,
    },
    "quality.FeedbackRead": {
        **dict.fromkeys(("id", "partner_id", "year", "read_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "quality.DeskLook": {
        **dict.fromkeys(("id", "partner_id", "page", "reason_code", "looked_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    # Bands of shares that everybody may be told.
    "quality.FieldComparison": dict.fromkeys(("year", "field", "low", "high", "decided_at"), OPERATIONAL),
}

APPEND_ONLY: dict[str, tuple[str, ...]] = dict.fromkeys(COLUMNS, ())
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
