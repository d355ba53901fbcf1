"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Small counts of a partner can point at somebody, as a referral's codes can.
    "services.CountReport": {
        **dict.fromkeys(("id", "form", "form_version", "version"), OPERATIONAL),
        **dict.fromkeys(("partner_id", "client_id", "period", "content", "recorded_at", "superseded_at"), QUASI),
    },
    # `user_id` is of somebody of the staff.
    "services.CountAssignment": {
        **dict.fromkeys(("id", "partner_id", "form", "since", "reports", "assigned_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "services.CountReport": ("superseded_at", "erase"),
    "services.CountAssignment": (),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
