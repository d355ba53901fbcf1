"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Who reads that a field of a referral was doubted reads something of its person.
    "returns.Return": {
        **dict.fromkeys(("id", "version", "due"), OPERATIONAL),
        **dict.fromkeys(("partner_id", "reason_code", "field", "asked_at"), QUASI),
        "reference": PSEUDONYM,
        "asked_by_id": IDENTIFIER,
    },
    "returns.ReturnEnd": {
        **dict.fromkeys(("of_id", "code", "client_id", "ended_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "returns.ReturnReview": {
        **dict.fromkeys(("of_id", "code", "reviewed_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
}

# `erase:version`: an erasure gives the referral of another person a new version, which is no answer.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "returns.Return": ("erase", "erase:version", "purge"),
    "returns.ReturnEnd": ("erase", "purge"),
    "returns.ReturnReview": ("erase", "purge"),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
