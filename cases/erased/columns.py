"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, SENSITIVE, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Digests of erased tokens and references. They lead to nobody: only with a name and the pepper can anybody recognise the name.
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
