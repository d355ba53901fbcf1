"""What each stored column of reporting says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import OPERATIONAL, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # That a partner made no referrals says of no person anything.
    "reporting.NilReport": dict.fromkeys(("id", "partner_id", "client_id", "month", "recorded_at"), OPERATIONAL),
    # When a partner first spoke of a month: beside the rows that are left it tells that one of that month is gone, and no more.
    "reporting.FirstWord": {**dict.fromkeys(("partner_id", "month", "stood"), OPERATIONAL), "first_at": QUASI},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "reporting.NilReport": (),
}
# An erasure or a purge keeps first words.
MUTABLE: tuple[str, ...] = ("reporting.FirstWord",)
BUILD: tuple[str, ...] = ()
