"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # `user_id` is of somebody of the staff or of a partner, and not of a person who was referred.
    "windows.WindowChange": {
        **dict.fromkeys(("id", "partner_id", "year", "opens_on", "deadline_on", "new_until"), OPERATIONAL),
        **dict.fromkeys(("corrections_until", "reason_code", "changed_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "windows.Reopening": {
        **dict.fromkeys(("id", "partner_id", "year", "until_on", "reason_code", "reopened_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "windows.RecordOpening": {
        **dict.fromkeys(("id", "partner_id", "until", "opened_at"), OPERATIONAL),
        "digest": PSEUDONYM,
        "user_id": IDENTIFIER,
    },
    # The text has how many referrals each month had, and the name of who signed.
    "windows.YearReceipt": {
        **dict.fromkeys(("id", "partner_id", "year", "number", "signed_at", "digest"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "document": QUASI,
    },
    "windows.ReceiptSignature": dict.fromkeys(("receipt_id", "public_key", "value"), OPERATIONAL),
    "windows.ReceiptFile": {**dict.fromkeys(("receipt_id", "language"), OPERATIONAL), "content": QUASI},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "windows.WindowChange": (),
    "windows.Reopening": (),
    "windows.RecordOpening": (),
    "windows.YearReceipt": (),
    "windows.ReceiptSignature": (),
    "windows.ReceiptFile": (),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
