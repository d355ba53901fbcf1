"""What each stored column of possible duplicates says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # A linkage code stands for a name and a day of birth. It is kept as an HMAC; whoever had the partners' key and our pepper could
    # try names.
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
    "duplicates.DuplicateDecision": (),
}
# A partner replaces and deletes its linkage codes; a search replaces the candidates of the one before.
MUTABLE: tuple[str, ...] = (
    "duplicates.LinkageCode",
    "duplicates.Duplicate",
)
BUILD: tuple[str, ...] = ()
