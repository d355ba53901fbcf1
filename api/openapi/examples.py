"""Examples of every body, made from the dictionary and the error catalogue, so that they are valid as long as those are.

Fixed ids and moments: the description is the same at every run.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from api.codelists.views import body_of as codelist_body
from api.codelists.views import summary
from api.own import schemas as own
from api.records import rows as own_rows
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.codelists.changes import changes_of
from cases.codelists.common import code, code_list, notice, retired
from cases.fields import Field
from cases.intake import rules

REFERENCE = "3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34"
REQUEST_ID = "c0a8f3de-6a0b-4a39-9d53-0e3d4f6f2b11"
PARTNER_ID = "5d1c7e20-84a1-4c39-b1f7-0e6a2b9d4c58"
CLIENT_ID = "Wm3nX0uQb8cT5yK1sJ7vR2zL4pG6dH9e"
OPAQUE = "q7Xr2mVd0cYt9LkB4nWz8sHf1jPe6u"
# The first test vector of docs/linkage-code.md.
LINKAGE_CODE = "c279fa87c47f036986c74314483fc483a7046d4b405302853952ad03c2413b31"
FIRST, SECOND, THIRD = (f"2025-0{month}-03T09:14:27.318204+00:00" for month in (4, 5, 6))
SINCE = "2025-04-03T09:14:27.318204Z"
Example = dict[str, Any]
SPLIT = notice("1.1", date(2027, 1, 1), "Værestedet deles i dag og nat.", "Day and night are told apart.")
EXAMPLE = code_list(
    "setting",
    "Sted for kontakten",
    "Setting of the contact",
    (
        retired(
            code("DROP_IN", "Drop-in-center", "Drop-in centre"),
            date(2027, 6, 30),
            SPLIT,
            "DROP_IN_DAY",
            "DROP_IN_NIGHT",
        ),
    ),
    version="1.1",
)


def required_only(fields: tuple[Field, ...]) -> Example:
    """The least that a record can say."""
    whole = rules.example(fields)
    return {field.name: whole[field.name] for field in fields if field.required}


def referral(**changes: object) -> Example:
    """A referral as it is answered."""
    said = {name: value for name, value in rules.example(d.REFERRAL).items() if name != d.CASE_TOKEN.name}
    first = {"reference": REFERENCE, "version": 1, "status": "reported", "case_token": d.CASE_TOKEN.example}
    last = {"reason_code": "_Z", "schema_version": d.SCHEMA_VERSION, "recorded_at": FIRST}
    return {**first, **said, **last, **changes}


def assessment() -> Example:
    """An assessment as it is answered."""
    said = rules.example(d.ASSESSMENT)
    stored = {"schema_version": d.SCHEMA_VERSION, "recorded_at": FIRST}
    return {"case_token": d.CASE_TOKEN.example, "version": 1, **said, **stored}


def versions() -> Example:
    """A referral's history."""
    client = {"client_id": CLIENT_ID}
    change = {"field": "age_band", "from": "Y25T34", "to": "Y35T44"}
    reported = {"version": 1, "status": "reported", "recorded_at": FIRST, **client, "changes": []}
    corrected = {"version": 2, "status": "corrected", "recorded_at": SECOND, **client, "changes": [change]}
    return {"items": [reported, corrected]}


def bodies_of_records() -> dict[str, tuple[str, Any]]:
    """Examples of the dictionary's records: name of the component, summary, value."""
    corrected = referral(version=2, status="corrected", age_band="Y35T44", recorded_at=SECOND)
    withdrawn = referral(
        version=3, status="withdrawn", reason_code=d.WITHDRAWAL_REASON.example, age_band="Y35T44", recorded_at=THIRD
    )
    return {
        "ReferralInput": ("Every field", rules.example(d.REFERRAL)),
        "ReferralInput.minimal": ("Required fields only; a new case is opened", required_only(d.REFERRAL)),
        "Referral": ("First version", referral()),
        "Referral.corrected": ("Corrected", corrected),
        "Referral.withdrawn": ("Withdrawn", withdrawn),
        "ReferralWritten": ("Under Prefer: return=minimal", {"reference": REFERENCE, "version": 1}),
        "ReferralPage": ("The last page", {"items": [referral()], "next": None, "changed_since": SINCE}),
        "ReferralsCsv": ("Everything", own_rows.CSV.head.decode() + own_rows.CSV.chunk([referral()]).decode()),
        "ReferralsNdjson": (
            "Everything, and the line that ends it",
            own_rows.NDJSON.chunk([referral()]).decode() + own_rows.end_line(1, SINCE).decode(),
        ),
        "ReferralVersions": ("Reported, then corrected", versions()),
        "ReferralOutcome": ("Identified", {"reference": REFERENCE, "outcome": d.OUTCOME.example}),
        "WithdrawalInput": ("Entered in error", rules.example(d.WITHDRAWAL)),
        "LinkageCodeInput": ("Of the test vector", {"linkage_code": LINKAGE_CODE}),
        "AssessmentInput": ("Identified", rules.example(d.ASSESSMENT)),
        "AssessmentInput.pending": ("Not decided yet", {"outcome": "PENDING", "decided_by": "_Z"}),
        "Assessment": ("Identified", assessment()),
    }


def bodies_of_lookups() -> dict[str, tuple[str, Any]]:
    """Who am I, and code lists."""
    changes = [change.as_json() for change in changes_of(EXAMPLE, EXAMPLE.codes[0])]
    lists = [summary(CODELISTS[name]) for name in ("region", "gender")]
    return {
        "CodeLists": ("Two of them", {"items": lists}),
        "CodeListChanges": ("A code is split", {"items": changes}),
        "CodeList": ("Gender", codelist_body("gender")),
    }


def components() -> dict[str, Example]:
    """Every example as a component."""
    bodies = {
        **bodies_of_records(),
        **bodies_of_lookups(),
        **own.examples(),
    }
    return {name: {"summary": text, "value": value} for name, (text, value) in bodies.items()}
