"""THE table of operations: what the description says of each route. A test fails where a route has no row, or a row no route.

Scopes are not repeated here: they are the views'. Schemas, parameters, headers and examples are named; `api.openapi` has them.
"""

from __future__ import annotations

from api.openapi.rows import (
    CONDITION,
    LISTED,
    MINE,
    PREFERRED,
    PUBLIC,
    READ,
    TOLD,
    UNCHANGED,
    WRITE,
    Answer,
    Operation,
)
from api.own.operations import OWN

REFERRALS: dict[tuple[str, str], Operation] = {
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
                "ReferralWritten",
                ("Referral", "ReferralWritten"),
                ("Location", *PREFERRED, "Idempotency-Replayed"),
            ),
        ),
        ("Idempotency-Key", "Prefer", "Accept-Language"),
        (
            *WRITE,
            "invalid_header",
            "not_found",
            "erased",
            "idempotency_key_missing",
            "idempotency_in_flight",
            "idempotency_key_reused",
        ),
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
        (*MINE, *READ, "not_found", "erased"),
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
                "ReferralWritten",
                ("Referral.corrected", "ReferralWritten"),
                PREFERRED,
            ),
            Answer(201, "Created.", "ReferralWritten", ("Referral", "ReferralWritten"), ("Location", *PREFERRED)),
        ),
        ("reference", "If-Match", "If-None-Match-write", "Prefer", "Accept-Language"),
        (*WRITE, "invalid_parameter", *CONDITION, "precondition_required", "erased"),
        "ReferralInput",
        ("ReferralInput", "ReferralInput.minimal"),
    ),
    ("PUT", "/api/v1/referrals/{reference}/linkage-code"): Operation(
        "putLinkageCode",
        "Referrals",
        "Say the linkage code of a referral",
        "Made by you, offline, of a name and a day of birth, with a key that partners share and the centre never holds "
        "(docs/linkage-code.md). It lets the centre see that two referrals may be of one person, and nothing else. It takes the "
        "place of an earlier one. Nobody can read it again, you neither.",
        (Answer(204, "Stored."),),
        ("reference", "Accept-Language"),
        (*WRITE, "invalid_parameter", "not_found", "erased"),
        "LinkageCodeInput",
        ("LinkageCodeInput",),
    ),
    ("DELETE", "/api/v1/referrals/{reference}/linkage-code"): Operation(
        "deleteLinkageCode",
        "Referrals",
        "Delete the linkage code of a referral",
        "It is gone for good, also where the referral is withdrawn. Again, nothing changes.",
        (Answer(204, "There is none any more."),),
        ("reference", "Accept-Language"),
        (*MINE, *READ, "not_found", "erased"),
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
                "ReferralWritten",
                ("Referral.withdrawn", "ReferralWritten"),
                PREFERRED,
            ),
        ),
        ("reference", "If-Match", "Prefer", "Accept-Language"),
        (*WRITE, "invalid_parameter", *CONDITION, "not_found", "erased"),
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
        (*MINE, *READ, "not_found", "erased"),
    ),
    ("GET", "/api/v1/referrals/{reference}/outcome"): Operation(
        "readReferralOutcome",
        "Referrals",
        "What came of a referral",
        "The outcome of the case, where the referral's `consent` is GIVEN; 403 otherwise. PENDING until an authority has decided.",
        (Answer(200, "The outcome.", "ReferralOutcome", ("ReferralOutcome",)),),
        ("reference", "Accept-Language"),
        (*MINE, *READ, "not_found", "erased", "consent_needed"),
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
            Answer(200, "Corrected, or already stored just so.", "Assessment", ("Assessment",), ("ETag", *TOLD)),
            Answer(201, "Recorded.", "Assessment", ("Assessment",), ("ETag", *TOLD)),
        ),
        ("token", "If-Match", "If-None-Match-write", "Accept-Language"),
        (*WRITE, "invalid_parameter", *CONDITION, "precondition_required"),
        "AssessmentInput",
        ("AssessmentInput", "AssessmentInput.pending"),
    ),
}

LOOKUPS: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/codelists"): Operation(
        "listCodelists",
        "Code lists",
        "List the code lists",
        "Without their codes.",
        (Answer(200, "The lists.", "CodeLists", ("CodeLists",), LISTED), Answer(304, "You have them.", headers=LISTED)),
        ("If-None-Match-read", "Accept-Language"),
        READ,
        access=PUBLIC,
    ),
    ("GET", "/api/v1/codelists/changes"): Operation(
        "listCodelistChanges",
        "Code lists",
        "What becomes of codes",
        "Codes that were added, retired, split or put in other words, the first announced in front. Ask now and then, with "
        "`since` and the day on which you asked before. While a code is going to be retired, it is accepted, and the answer to a "
        "write that has it carries `Deprecation` and `Sunset`.",
        (
            Answer(200, "The changes.", "CodeListChanges", ("CodeListChanges",), LISTED),
            Answer(304, "You have it.", headers=LISTED),
        ),
        ("since", "If-None-Match-read", "Accept-Language"),
        READ,
        access=PUBLIC,
    ),
    ("GET", "/api/v1/codelists/{list_id}"): Operation(
        "readCodelist",
        "Code lists",
        "Read a code list",
        "Codes with labels, validity and successors, the coarser levels that they roll up to, and their names in other standards.",
        (
            Answer(200, "The list.", "CodeList", ("CodeList",), LISTED),
            Answer(304, "You have it.", headers=LISTED),
        ),
        ("list_id", "on", "If-None-Match-read", "Accept-Language"),
        (*READ, "not_found"),
        access=PUBLIC,
    ),
}

OPERATIONS: dict[tuple[str, str], Operation] = {
    **LOOKUPS,
    **OWN,
    **REFERRALS,
    **ASSESSMENTS,
}
