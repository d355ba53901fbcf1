"""What each stored column of the API's memory says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import OPERATIONAL, PSEUDONYM, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    "api.IdempotencyRecord": {
        **dict.fromkeys(("id", "partner_id", "status", "version", "created_at"), OPERATIONAL),
        "key_digest": PSEUDONYM,
        "fingerprint": PSEUDONYM,
        "reference": PSEUDONYM,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {}
# The service forgets an answer after 400 days.
MUTABLE: tuple[str, ...] = ("api.IdempotencyRecord",)
BUILD: tuple[str, ...] = ()
