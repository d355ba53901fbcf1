"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # A linkage code stands for a name and a date of birth. It is stored as an HMAC. Only with both the partners' key and our pepper
    # could anybody try names on it.
    "duplicates.LinkageCode": {
        "partner_id": QUASI,
        "reference": PSEUDONYM,
        "digest": PSEUDONYM,
        "recorded_at": QUASI,
    },
    "duplicates.Duplicate": {
        **dict.fromkeys(("id", "reasons", "found_at"), OPERATIONAL),
        **dict.fromkeys(("case_a_id", "case_b_id"), PSEUDONYM),
        "score": QUASI,
    },
    "duplicates.DuplicateDecision": {
        **dict.fromkeys(("id", "decision", "reasons", "reason_code", "merge_id", "decided_at"), OPERATIONAL),
        **dict.fromkeys(("case_a_id", "case_b_id"), PSEUDONYM),
        "score": QUASI,
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "duplicates.DuplicateDecision": ("erase",),
}
# A partner replaces and deletes its linkage codes; a search replaces the candidates of the one before.
MUTABLE: tuple[str, ...] = (
    "duplicates.LinkageCode",
    "duplicates.Duplicate",
)
BUILD: tuple[str, ...] = ()
