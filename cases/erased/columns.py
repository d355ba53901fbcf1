"""What each stored column of what stays of who was erased says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, SENSITIVE, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Digests of names that were erased: nobody is found by them, but who has the name and the pepper finds that it was here.
    "erased.Tombstone": {
        **dict.fromkeys(("id", "test", "erased_at", "reason_code", "kept"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "counts": SENSITIVE,
    },
    "erased.ErasedToken": {"digest": PSEUDONYM, "tombstone_id": OPERATIONAL},
    "erased.ErasedReference": {"partner_id": QUASI, "digest": PSEUDONYM},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "erased.Tombstone": (),
    "erased.ErasedToken": (),
    "erased.ErasedReference": (),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
