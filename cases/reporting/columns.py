"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import OPERATIONAL, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # That a month is complete says nothing of any person.
    "reporting.MonthCompletion": dict.fromkeys(("id", "partner_id", "client_id", "month", "recorded_at"), OPERATIONAL),
    # When a partner first reported on a month. Compared with the rows that are left, it shows only that a referral was deleted.
    "reporting.FirstReport": {**dict.fromkeys(("partner_id", "month", "stood"), OPERATIONAL), "first_at": QUASI},
}

COLUMNS["reporting.CoverageNote"] = dict.fromkeys(("release_id", "content"), OPERATIONAL)

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "reporting.MonthCompletion": (),
    "reporting.CoverageNote": (),
}
# An erasure or a purge writes first reports, and may put an earlier moment in.
MUTABLE: tuple[str, ...] = ("reporting.FirstReport",)
BUILD: tuple[str, ...] = ()
