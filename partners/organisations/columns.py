"""What each stored column of the life of organisations says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    "organisations.AgreementConfirmation": {
        **dict.fromkeys(("id", "partner_id", "version", "digest", "confirmed_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "organisations.PartnerName": {
        **dict.fromkeys(("id", "partner_id", "name", "since", "recorded_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "organisations.Mandate": {
        **dict.fromkeys(("id", "giver_id", "taker_id", "since", "until", "given_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "organisations.MandateAcceptance": {
        **dict.fromkeys(("mandate_id", "accepted_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "organisations.MandateEnd": {**dict.fromkeys(("mandate_id", "ended_at"), OPERATIONAL), "user_id": IDENTIFIER},
    "organisations.SuccessionRequest": {
        **dict.fromkeys(("id", "old_id", "new_id", "since", "asked_at"), OPERATIONAL),
        "asked_by_id": IDENTIFIER,
    },
    "organisations.SuccessionDecision": {
        **dict.fromkeys(("request_id", "approved", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = dict.fromkeys(COLUMNS, ())
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
