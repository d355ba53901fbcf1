"""What each stored column of people and their sessions says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, SENSITIVE, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    "people.Membership": {
        **dict.fromkeys(("id", "partner_id", "role", "created_at", "invitation_id"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "people.Invitation": {
        "request_id": OPERATIONAL,
        **dict.fromkeys(("id", "partner_id", "role", "made_at", "expires_at", "used_at", "revoked_at"), OPERATIONAL),
        **dict.fromkeys(("user_id", "made_by_id", "recipient"), IDENTIFIER),
        "digest": SENSITIVE,
    },
    "people.WebSession": {
        **dict.fromkeys(("expire_date", "began_at", "seen_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
        **dict.fromkeys(("session_key", "session_data"), SENSITIVE),
    },
    # Counters of attempts; the key is a hash of an action with a user's name or a client's address.
    "people.CacheEntry": {"key": IDENTIFIER, "value": OPERATIONAL, "expires_at": OPERATIONAL},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {}
# Staff and managers of partners change people and invitations, each with its audit row; signing in the sessions and counters.
MUTABLE: tuple[str, ...] = (
    "people.Membership",
    "people.Invitation",
    "people.WebSession",
    "people.CacheEntry",
)
BUILD: tuple[str, ...] = ()
