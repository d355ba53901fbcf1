"""What each stored column of files for international organisations says of a person, and which change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, Risk

# A file is made of public figures alone.
COLUMNS: dict[str, dict[str, Risk]] = {
    "international.InternationalFile": {
        **dict.fromkeys(("id", "body", "year", "content", "basis", "made_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "international.FileDispatch": {"file_id": OPERATIONAL, "user_id": IDENTIFIER, "sent_at": OPERATIONAL},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {"international.InternationalFile": (), "international.FileDispatch": ()}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
