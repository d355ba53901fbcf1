"""What each stored column of organisations and clients says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, SENSITIVE, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    "partners.Partner": {
        **dict.fromkeys(("id", "name", "kind", "mode", "active", "created_at"), OPERATIONAL),
        **dict.fromkeys(("reporting", "report_due_days", "reporting_since", "umbrella", "twin_of_id"), OPERATIONAL),
    },
    "partners.Client": {
        **dict.fromkeys(("id", "client_id", "partner_id", "name", "scopes", "created", "updated"), OPERATIONAL),
        "is_desk": OPERATIONAL,
        **dict.fromkeys(("request_id", "seen_at"), OPERATIONAL),
        # The toolkit's own. A machine has no user and goes nowhere by redirect; the secret's column is empty by constraint.
        **dict.fromkeys(("client_type", "authorization_grant_type", "hash_client_secret", "algorithm"), OPERATIONAL),
        **dict.fromkeys(("redirect_uris", "post_logout_redirect_uris", "allowed_origins"), OPERATIONAL),
        **dict.fromkeys(("skip_authorization", "registration_source", "cimd_expires_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "client_secret": SENSITIVE,
    },
    "partners.Secret": {
        **dict.fromkeys(("id", "client_id", "created_at", "expires_at", "revoked_at", "last_used_at"), OPERATIONAL),
        "made_by_id": IDENTIFIER,
        "digest": SENSITIVE,
        "hint": SENSITIVE,
    },
    "partners.AuditEvent": {
        **dict.fromkeys(("id", "at", "client_id", "action", "subject", "detail"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "partners.AccessRequest": {
        **dict.fromkeys(("id", "act", "partner_id", "role", "name", "scopes", "asked_at"), OPERATIONAL),
        **dict.fromkeys(("account_id", "asked_by_id", "recipient"), IDENTIFIER),
        "second_code": SENSITIVE,
    },
    "partners.AccessDecision": {
        **dict.fromkeys(("request_id", "approved", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    # How much a client or a person of a partner reads, and when; of whom nothing.
    "partners.RecordRead": {
        **dict.fromkeys(("id", "client_id", "operation", "rows", "at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    # It tells who guesses a pepper that he was right; one of 32 random bytes cannot be guessed.
    "partners.PepperFingerprint": {"fingerprint": SENSITIVE, "recorded_at": OPERATIONAL},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "partners.AuditEvent": ("erase:subject", "erase:detail"),
    "partners.AccessRequest": ("erase:recipient",),
    "partners.AccessDecision": (),
    "partners.RecordRead": (),
    "partners.PepperFingerprint": (),
}
# Staff and commands, each change with its audit row.
MUTABLE: tuple[str, ...] = (
    "partners.Partner",
    "partners.Client",
    "partners.Secret",
)
BUILD: tuple[str, ...] = ()
