"""What each stored column says of a person, and which tables may change or be read: one table of every model of ours.

The risk of a field of the dictionary is the dictionary's. The classes are seen from the person referred and from the people who
work with her: an *identifier* names one, a *pseudonym* is always the same one, a *quasi-identifier* narrows down who it is,
*sensitive* is what would harm (or open a door), and *operational* is the rest. Tests hold this against the models and against the
database's triggers.
"""

from __future__ import annotations

from cases import dictionary as d
from cases.fields import Field, Risk, TokenField

OPERATIONAL, PSEUDONYM, QUASI = Risk.OPERATIONAL, Risk.PSEUDONYM, Risk.QUASI
IDENTIFIER, SENSITIVE = Risk.IDENTIFIER, Risk.SENSITIVE

# The columns of a version that the dictionary does not name. When and by whom it was recorded narrows down whom it is about.
_VERSION = {
    "id": PSEUDONYM,
    "partner_id": QUASI,
    "client_id": QUASI,
    "version": OPERATIONAL,
    "case_id": PSEUDONYM,
    "schema_version": OPERATIONAL,
    "recorded_at": QUASI,
    "superseded_at": QUASI,
}

_LINK = {
    **dict.fromkeys(("id", "decision_id", "recorded_at", "superseded_at"), OPERATIONAL),
    "case_id": PSEUDONYM,
}


def _risks(fields: tuple[Field, ...]) -> dict[str, Risk]:
    """The columns of a record's fields; a token's column is the link to the case."""
    return {field.name: field.risk for field in fields if not isinstance(field, TokenField)}


COLUMNS: dict[str, dict[str, Risk]] = {
    "cases.Case": {
        "id": PSEUDONYM,
        "token": d.CASE_TOKEN.risk,
        "test": OPERATIONAL,
        "token_unknown": OPERATIONAL,
        "opened_at": QUASI,
        "opened_by_id": QUASI,
    },
    "cases.Referral": {
        **_VERSION,
        "reference": PSEUDONYM,
        "status": OPERATIONAL,
        **_risks(d.REFERRAL),
        **_risks(d.WITHDRAWAL),
    },
    "cases.Assessment": {**_VERSION, **_risks(d.ASSESSMENT)},
    # Exact cells: a count of one is a person. The other columns say what was counted and by which rules.
    "statistics.Release": {
        **dict.fromkeys(("id", "period", "first_month", "last_month", "vintage", "audience", "as_of"), OPERATIONAL),
        **dict.fromkeys(
            ("built_at", "client_id", "settings", "codelists", "cells", "notes", "software", "rule"), OPERATIONAL
        ),
        **dict.fromkeys(("commitment", "change_notes_da", "change_notes_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "records": SENSITIVE,
        "snapshots": PSEUDONYM,
        "digest": PSEUDONYM,
    },
    "statistics.ReleaseTable": {
        **dict.fromkeys(("release_id", "dataset", "axes"), OPERATIONAL),
        "codes": QUASI,
        "counts": SENSITIVE,
    },
    # A draft is no better than exact cells until its proof has passed; what is published is.
    "statistics.ProtectedTable": {
        **dict.fromkeys(("release_id", "dataset", "axes", "offered"), OPERATIONAL),
        **dict.fromkeys(("codes", "hidden"), QUASI),
        "counts": SENSITIVE,
    },
    "statistics.SnapshotRecord": {
        **dict.fromkeys(("release_id", "dataset"), OPERATIONAL),
        "record": PSEUDONYM,
        **dict.fromkeys(("month", "codes"), QUASI),
    },
    "statistics.Proof": {
        **dict.fromkeys(("release_id", "passed", "against", "margins", "certificate"), OPERATIONAL),
        "report": SENSITIVE,
    },
    "statistics.Work": {"key": OPERATIONAL, "state": SENSITIVE, "updated_at": OPERATIONAL},
    "statistics.PublishedTable": dict.fromkeys(
        ("release_id", "dataset", "axes", "codes", "counts", "hidden", "offered"), OPERATIONAL
    ),
    "statistics.Certificate": dict.fromkeys(("release_id", "body"), OPERATIONAL),
    "statistics.Publication": {"release_id": OPERATIONAL, "user_id": IDENTIFIER, "published_at": OPERATIONAL},
    "statistics.Withdrawal": {
        **dict.fromkeys(("release_id", "replacement_id", "reason", "withdrawn_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.DraftChange": {
        **dict.fromkeys(("release_id", "since_id", "dataset", "axes"), OPERATIONAL),
        "codes": QUASI,
        **dict.fromkeys(("before", "after", "change"), SENSITIVE),
    },
    "statistics.PublishedChange": dict.fromkeys(
        ("release_id", "since_id", "dataset", "axes", "codes", "before", "after", "change"), OPERATIONAL
    ),
    "statistics.Erratum": {
        **dict.fromkeys(("id", "release_id", "text_da", "text_en", "published_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.FactDecision": {
        **dict.fromkeys(("id", "fact", "decision", "low", "high", "reason", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.BuildOrder": {
        **dict.fromkeys(("id", "period", "audience", "choice", "ordered_at", "state"), OPERATIONAL),
        **dict.fromkeys(("release_id", "message", "change_notes_da", "change_notes_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    # Which cases are one person is as telling as a token. Who decided is staff, and never leaves the admin.
    "linking.LinkDecision": {
        **dict.fromkeys(("id", "kind", "undoes_id", "reason_code", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "linking.MergedCase": {"id": OPERATIONAL, "decision_id": OPERATIONAL, "case_id": PSEUDONYM},
    "linking.CaseLink": {**_LINK, "person_id": PSEUDONYM},
    "linking.RecordLink": {**_LINK, "partner_id": QUASI, "reference": PSEUDONYM, "from_case_id": PSEUDONYM},
    "linking.AttributeDecision": {
        **dict.fromkeys(("id", "field", "reason_code", "recorded_at", "superseded_at"), OPERATIONAL),
        "case_id": PSEUDONYM,
        "code": QUASI,
        "user_id": IDENTIFIER,
    },
    # A linkage code stands for a name and a day of birth. It is kept as an HMAC; whoever had the partners' key and our pepper could
    # try names.
    "duplicates.LinkageCode": {
        "partner_id": QUASI,
        "reference": PSEUDONYM,
        "digest": PSEUDONYM,
        "recorded_at": QUASI,
    },
    "duplicates.Duplicate": {
        **dict.fromkeys(("id", "reasons", "found_at"), OPERATIONAL),
        **dict.fromkeys(("case_a_id", "case_b_id"), PSEUDONYM),
        "score": QUASI,
    },
    "duplicates.DuplicateDecision": {
        **dict.fromkeys(("id", "decision", "reasons", "reason_code", "merge_id", "decided_at"), OPERATIONAL),
        **dict.fromkeys(("case_a_id", "case_b_id"), PSEUDONYM),
        "score": QUASI,
        "user_id": IDENTIFIER,
    },
    # Digests of names that were erased: nobody is found by them, but who has the name and the pepper finds that it was here.
    "erased.Tombstone": {
        **dict.fromkeys(("id", "test", "erased_at", "reason_code", "kept"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "counts": SENSITIVE,
    },
    "erased.ErasedToken": {"digest": PSEUDONYM, "tombstone_id": OPERATIONAL},
    "erased.ErasedReference": {"partner_id": QUASI, "digest": PSEUDONYM},
    "statistics.ErasedKnowledge": {"record": PSEUDONYM, "partner_id": QUASI, "decided": OPERATIONAL},
    "cases.InventedData": dict.fromkeys(("id", "since"), OPERATIONAL),
    "statistics.ErasedCount": {
        **dict.fromkeys(("id", "release_id", "dataset"), OPERATIONAL),
        "hash": PSEUDONYM,
        **dict.fromkeys(("month", "leaves"), QUASI),
    },
    # That a partner made no referrals says of no person anything.
    "reporting.NilReport": dict.fromkeys(("id", "partner_id", "client_id", "month", "recorded_at"), OPERATIONAL),
    # When a partner first spoke of a month: beside the rows that are left it tells that one of that month is gone, and no more.
    "reporting.FirstWord": {**dict.fromkeys(("partner_id", "month", "stood"), OPERATIONAL), "first_at": QUASI},
    "partners.Partner": {
        **dict.fromkeys(("id", "name", "kind", "mode", "active", "created_at"), OPERATIONAL),
        **dict.fromkeys(("reporting", "report_due_days", "reporting_since"), OPERATIONAL),
    },
    "partners.Client": {
        **dict.fromkeys(("id", "client_id", "partner_id", "name", "scopes", "created", "updated"), OPERATIONAL),
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
    "people.Membership": {
        **dict.fromkeys(("id", "partner_id", "role", "created_at", "invitation_id"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "partners.AccessRequest": {
        **dict.fromkeys(("id", "act", "partner_id", "role", "name", "scopes", "asked_at"), OPERATIONAL),
        **dict.fromkeys(("account_id", "asked_by_id"), IDENTIFIER),
        "second_code": SENSITIVE,
    },
    "partners.AccessDecision": {
        **dict.fromkeys(("request_id", "approved", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    # How much a client reads, and when; of whom nothing.
    "partners.RecordRead": dict.fromkeys(("id", "client_id", "operation", "rows", "at"), OPERATIONAL),
    "people.Invitation": {
        "request_id": OPERATIONAL,
        **dict.fromkeys(("id", "partner_id", "role", "made_at", "expires_at", "used_at", "revoked_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "made_by_id": IDENTIFIER,
        "digest": SENSITIVE,
    },
    "people.WebSession": {
        **dict.fromkeys(("expire_date", "began_at", "seen_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
        **dict.fromkeys(("session_key", "session_data"), SENSITIVE),
    },
    # Counters of attempts; the key is a hash of an action with a user's name or a client's address.
    "people.CacheEntry": {"key": IDENTIFIER, "value": OPERATIONAL, "expires_at": OPERATIONAL},
    # It tells who guesses a pepper that he was right; one of 32 random bytes cannot be guessed.
    "partners.PepperFingerprint": {"fingerprint": SENSITIVE, "recorded_at": OPERATIONAL},
    "api.IdempotencyRecord": {
        **dict.fromkeys(("id", "partner_id", "status", "version", "created_at"), OPERATIONAL),
        "key_digest": PSEUDONYM,
        "fingerprint": PSEUDONYM,
        "reference": PSEUDONYM,
    },
}

# Refused by trigger: UPDATE (but for setting the columns named here from null, once) and DELETE. A purge deletes referrals; an
# erasure (`henvis_erase`) deletes a person's rows, and unties from her what stays.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "cases.Case": (),
    "cases.Referral": ("superseded_at",),
    "cases.Assessment": ("superseded_at",),
    "statistics.Release": (),
    "statistics.ReleaseTable": (),
    "statistics.ProtectedTable": (),
    "statistics.SnapshotRecord": (),
    "statistics.Proof": (),
    "statistics.PublishedTable": (),
    "statistics.Certificate": (),
    "statistics.Publication": (),
    "statistics.Withdrawal": (),
    "statistics.DraftChange": (),
    "statistics.PublishedChange": (),
    "statistics.Erratum": (),
    "statistics.FactDecision": (),
    "linking.LinkDecision": (),
    "linking.MergedCase": (),
    "linking.CaseLink": ("superseded_at",),
    "linking.RecordLink": ("superseded_at",),
    "linking.AttributeDecision": ("superseded_at",),
    "duplicates.DuplicateDecision": (),
    "erased.Tombstone": (),
    "erased.ErasedToken": (),
    "erased.ErasedReference": (),
    "statistics.ErasedKnowledge": (),
    "statistics.ErasedCount": (),
    "cases.InventedData": (),
    "reporting.NilReport": (),
    "partners.AuditEvent": (),
    "partners.AccessRequest": (),
    "partners.AccessDecision": (),
    "partners.RecordRead": (),
    "partners.PepperFingerprint": (),
}
# Who changes what: staff and commands the first three, staff and managers of partners people and invitations, each change with its
# audit row; signing in the sessions and counters; staff order a build and a command says how far it is; a build keeps what it
# found until it is done; a partner replaces and deletes its linkage codes; a search replaces the candidates of the one before; an
# erasure or a purge keeps first words; the service forgets the last after 400 days.
MUTABLE = frozenset(
    {
        "partners.Partner",
        "partners.Client",
        "partners.Secret",
        "people.Membership",
        "people.Invitation",
        "people.WebSession",
        "people.CacheEntry",
        "statistics.BuildOrder",
        "statistics.Work",
        "duplicates.LinkageCode",
        "duplicates.Duplicate",
        "reporting.FirstWord",
        "api.IdempotencyRecord",
    }
)
# In the schema `build`, which the web server's role cannot enter. All else is in `public`, and granted table by table.
BUILD = frozenset(
    {
        "statistics.ReleaseTable",
        "statistics.ProtectedTable",
        "statistics.DraftChange",
        "statistics.SnapshotRecord",
        "statistics.Proof",
        "statistics.Work",
        "statistics.ErasedKnowledge",
        "statistics.ErasedCount",
    }
)
