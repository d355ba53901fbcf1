"""THE table of operations: what the description says of each route. A test fails where a route has no row, or a row no route.

Scopes are not repeated here: they are the views'. Schemas, parameters, headers and examples are named; `api.openapi` has them.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.openapi.parameters import FILTERS

TOKEN, PUBLIC, OAUTH = "token", "public", "oauth"
JSON = "application/json"

TAGS: dict[str, str] = {
    "Access": "Fetch a token, give it back, and see who you are.",
    "Referrals": "Submit, correct, withdraw and read your own referrals. Another organisation's are as if they were not there.",
    "Assessments": "What a deciding authority found of a case.",
    "Code lists": "Every code with its labels in Danish and English. Public.",
    "Service": "Whether the service lives and is ready, and this description.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that is no error. `schema` names a component, or several with a bar between; `texts` are other media types."""

    status: int
    about: str
    schema: str = ""
    examples: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    media: tuple[str, ...] = (JSON,)
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One row: an operation's words, and the names of its parts."""

    id: str
    tag: str
    summary: str
    about: str
    answers: tuple[Answer, ...]
    parameters: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    body: str = ""
    examples: tuple[str, ...] = ()
    access: str = TOKEN


COMMON = ("not_acceptable", "internal_error", "unavailable")
READ = ("invalid_parameter", *COMMON)
MINE = ("not_authenticated", "insufficient_scope", "too_many_requests")
WRITE = (*MINE, "validation_failed", "malformed_json", "payload_too_large", "unsupported_media_type", *COMMON)
CONDITION = ("invalid_header", "precondition_failed")
UNCHANGED = Answer(304, "You have the current version.", headers=("ETag",))
LISTS = ("Cache-Control",)
PREFERRED = ("ETag", "Preference-Applied")

REFERRALS: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/referrals"): Operation(
        "listReferrals",
        "Referrals",
        "List your own referrals",
        "The current version of each, the one recorded first in front, a page at a time. Follow `next` until it is null. "
        "Unknown parameters are refused, never ignored.",
        (Answer(200, "A page.", "ReferralPage", ("ReferralPage",), ("Link",)),),
        ("limit", "cursor", *FILTERS, "Accept-Language"),
        (*MINE, *READ),
    ),
    ("POST", "/api/v1/referrals"): Operation(
        "createReferral",
        "Referrals",
        "Create a referral, the service gives the reference",
        "For systems that cannot keep a reference of their own; with one, `PUT /api/v1/referrals/{reference}` is simpler. "
        "Safe to repeat under the same Idempotency-Key.",
        (
            Answer(
                201,
                "Created, or created earlier under this key.",
                "Referral|ReferralWritten",
                ("Referral", "ReferralWritten"),
                ("Location", *PREFERRED, "Idempotency-Replayed"),
            ),
        ),
        ("Idempotency-Key", "Prefer", "Accept-Language"),
        (*WRITE, "invalid_header", "idempotency_key_missing", "idempotency_in_flight", "idempotency_key_reused"),
        "ReferralInput",
        ("ReferralInput", "ReferralInput.minimal"),
    ),
    ("GET", "/api/v1/referrals/{reference}"): Operation(
        "readReferral",
        "Referrals",
        "Read a referral",
        "The current version, also where it is withdrawn.",
        (Answer(200, "The referral.", "Referral", ("Referral",), ("ETag",)), UNCHANGED),
        ("reference", "If-None-Match-read", "Accept-Language"),
        (*MINE, *READ, "not_found"),
    ),
    ("PUT", "/api/v1/referrals/{reference}"): Operation(
        "putReferral",
        "Referrals",
        "Create or correct a referral",
        "The first PUT creates. The same again changes nothing and answers 200 with the same ETag, so a lost answer can be asked "
        "for again. To correct, send the whole referral with the ETag of the current version in If-Match. After a withdrawal, "
        "If-Match reports it again.",
        (
            Answer(
                200,
                "Corrected, or already stored just so.",
                "Referral|ReferralWritten",
                ("Referral.corrected", "ReferralWritten"),
                PREFERRED,
            ),
            Answer(
                201, "Created.", "Referral|ReferralWritten", ("Referral", "ReferralWritten"), ("Location", *PREFERRED)
            ),
        ),
        ("reference", "If-Match", "If-None-Match-write", "Prefer", "Accept-Language"),
        (*WRITE, "invalid_parameter", *CONDITION, "precondition_required"),
        "ReferralInput",
        ("ReferralInput", "ReferralInput.minimal"),
    ),
    ("POST", "/api/v1/referrals/{reference}/withdrawal"): Operation(
        "withdrawReferral",
        "Referrals",
        "Withdraw a referral",
        "It is counted no more; its versions stay. Again with the same reason, nothing changes.",
        (
            Answer(
                200,
                "Withdrawn.",
                "Referral|ReferralWritten",
                ("Referral.withdrawn", "ReferralWritten"),
                PREFERRED,
            ),
        ),
        ("reference", "If-Match", "Prefer", "Accept-Language"),
        (*WRITE, "invalid_parameter", *CONDITION, "not_found"),
        "WithdrawalInput",
        ("WithdrawalInput",),
    ),
    ("GET", "/api/v1/referrals/{reference}/versions"): Operation(
        "listReferralVersions",
        "Referrals",
        "What a referral has been",
        "Every version, the first in front: when it was recorded, which of your clients wrote it, and what it changed.",
        (Answer(200, "The versions.", "ReferralVersions", ("ReferralVersions",)),),
        ("reference", "Accept-Language"),
        (*MINE, *READ, "not_found"),
    ),
    ("GET", "/api/v1/referrals/{reference}/outcome"): Operation(
        "readReferralOutcome",
        "Referrals",
        "What came of a referral",
        "The outcome of the case, where the referral's `consent` is GIVEN; 403 otherwise. PENDING until an authority has decided.",
        (Answer(200, "The outcome.", "ReferralOutcome", ("ReferralOutcome",)),),
        ("reference", "Accept-Language"),
        (*MINE, *READ, "not_found", "consent_needed"),
    ),
}

ASSESSMENTS: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/cases/{token}/assessment"): Operation(
        "readAssessment",
        "Assessments",
        "Read your own assessment of a case",
        "An unknown case, another's case and one that you have not assessed are all 404.",
        (Answer(200, "The assessment.", "Assessment", ("Assessment",), ("ETag",)), UNCHANGED),
        ("token", "If-None-Match-read", "Accept-Language"),
        (*MINE, *READ, "not_found"),
    ),
    ("PUT", "/api/v1/cases/{token}/assessment"): Operation(
        "putAssessment",
        "Assessments",
        "Record or correct your assessment of a case",
        "Each authority has an assessment of its own. The person counts in the year of `decided_in`. Conditions as for referrals.",
        (
            Answer(200, "Corrected, or already stored just so.", "Assessment", ("Assessment",), ("ETag",)),
            Answer(201, "Recorded.", "Assessment", ("Assessment",), ("ETag",)),
        ),
        ("token", "If-Match", "If-None-Match-write", "Accept-Language"),
        (*WRITE, "invalid_parameter", *CONDITION, "precondition_required"),
        "AssessmentInput",
        ("AssessmentInput", "AssessmentInput.pending"),
    ),
}

LOOKUPS: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/me"): Operation(
        "readMe",
        "Access",
        "Who am I",
        "Your organisation, the scopes of this token, and when it and your secrets end.",
        (Answer(200, "You.", "Me", ("Me",)),),
        ("Accept-Language",),
        ("not_authenticated", "too_many_requests", *READ),
    ),
    ("GET", "/api/v1/codelists"): Operation(
        "listCodelists",
        "Code lists",
        "List the code lists",
        "Without their codes.",
        (Answer(200, "The lists.", "CodeLists", ("CodeLists",), LISTS),),
        ("Accept-Language",),
        READ,
        access=PUBLIC,
    ),
    ("GET", "/api/v1/codelists/{list_id}"): Operation(
        "readCodelist",
        "Code lists",
        "Read a code list",
        "Codes with labels and validity, the coarser levels that they roll up to, and their names in other standards.",
        (
            Answer(200, "The list.", "CodeList", ("CodeList",), ("ETag-content", *LISTS)),
            Answer(304, "You have it.", headers=("ETag-content", *LISTS)),
        ),
        ("list_id", "If-None-Match-read", "Accept-Language"),
        (*READ, "not_found"),
        access=PUBLIC,
    ),
}

# Views of Django or the OAuth toolkit, which drf-spectacular does not see: `api.schema.complete` adds them.
OUTSIDE: dict[tuple[str, str], Operation] = {
    ("POST", "/oauth/token"): Operation(
        "issueToken",
        "Access",
        "Fetch an access token",
        "OAuth 2 client credentials (RFC 6749 section 4.4). The token lasts 10 minutes; fetch a new one when it ends. "
        "Id and secret of the client come by HTTP Basic.",
        (
            Answer(200, "A token.", "Token", ("Token",), ("Cache-Control",)),
            Answer(400, "The request is wrong.", "OAuthError", ("OAuthError.grant",)),
            Answer(401, "The id or the secret is wrong.", "OAuthError", ("OAuthError.client",)),
        ),
        problems=("internal_error",),
        body="TokenRequest",
        examples=("TokenRequest", "TokenRequest.scope"),
        access=OAUTH,
    ),
    ("POST", "/oauth/revoke"): Operation(
        "revokeToken",
        "Access",
        "Revoke an access token",
        "It ends at once (RFC 7009). A token that is not known is answered the same.",
        (
            Answer(200, "Revoked, or not known."),
            Answer(400, "The request is wrong.", "OAuthError", ("OAuthError.request",)),
            Answer(401, "The id or the secret is wrong.", "OAuthError", ("OAuthError.client",)),
        ),
        problems=("internal_error",),
        body="RevocationRequest",
        examples=("RevocationRequest",),
        access=OAUTH,
    ),
    ("GET", "/livez"): Operation(
        "readLiveness",
        "Service",
        "Is the process alive",
        "It asks nothing of the database.",
        (Answer(200, "Alive.", "Alive", ("Alive",), ("Cache-Control",)),),
        problems=("bad_request", "internal_error"),
        access=PUBLIC,
    ),
    ("GET", "/readyz"): Operation(
        "readReadiness",
        "Service",
        "Is the service ready",
        "Whether the database answers and has every migration.",
        (
            Answer(200, "Ready.", "Ready", ("Ready",), ("Cache-Control",)),
            Answer(503, "Not ready.", "Ready", ("Ready.not",), ("Cache-Control",)),
        ),
        problems=("bad_request", "internal_error"),
        access=PUBLIC,
    ),
}

OUTSIDE["GET", "/openapi.json"] = Operation(
    "readDescription",
    "Service",
    "This description",
    "OpenAPI 3.1. Public; the pages at `/docs/` are made of it.",
    (
        Answer(200, "The description.", "Description", ("Description",), ("ETag-content", "Cache-Control")),
        Answer(304, "You have it.", headers=("ETag-content",)),
    ),
    ("If-None-Match-read",),
    ("bad_request", "internal_error"),
    access=PUBLIC,
)

OPERATIONS: dict[tuple[str, str], Operation] = {**LOOKUPS, **REFERRALS, **ASSESSMENTS}
