"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, Risk

LINK = {
    **dict.fromkeys(("id", "decision_id", "recorded_at", "superseded_at"), OPERATIONAL),
    "case_id": PSEUDONYM,
}

COLUMNS: dict[str, dict[str, Risk]] = {
    # Which cases are one person is as sensitive as a token. The member of staff who decided is never shown outside the admin.
    "linking.LinkDecision": {
        **dict.fromkeys(("id", "kind", "undoes_id", "reason_code", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "linking.MergedCase": {"id": OPERATIONAL, "decision_id": OPERATIONAL, "case_id": PSEUDONYM},
    "linking.CaseLink": {**LINK, "person_id": PSEUDONYM},
    "linking.RecordLink": {**LINK, "partner_id": QUASI, "reference": PSEUDONYM, "from_case_id": PSEUDONYM},
    "linking.AttributeDecision": {
        **dict.fromkeys(("id", "field", "reason_code", "recorded_at", "superseded_at"), OPERATIONAL),
        "case_id": PSEUDONYM,
        "code": QUASI,
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "linking.LinkDecision": ("erase",),
    "linking.MergedCase": ("erase",),
    "linking.CaseLink": ("superseded_at", "erase"),
    "linking.RecordLink": ("superseded_at", "erase", "erase:from_case_id"),
    "linking.AttributeDecision": ("superseded_at", "erase"),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
