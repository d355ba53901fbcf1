"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists.staff import (
    EXTENSION_REASON,
    IDENTITY_CHECK,
    REFUSAL_GROUND,
    REQUEST_OUTCOME,
    RESTRICTION_GROUND,
)
from core.text import Text
from oversight.subject_requests.choices import ACTS, PRODUCTIONS
from oversight.subject_requests.models import SubjectRequest
from partners.staff import audit_words, subjects

ANSWERS = (IDENTITY_CHECK, EXTENSION_REASON, REQUEST_OUTCOME, RESTRICTION_GROUND)

audit_words.add(
    {
        "subjectrequest.add": Text("Anmodning registreret", "Request registered"),
        **{
            f"subjectrequest.{act.lower()}": Text(f"Anmodning: {words.da.lower()}", f"Request: {words.en.lower()}")
            for act, words in ACTS.items()
        },
    },
    {
        "code": Text("kode", "code"),
        "ground": Text("grund til afslag", "ground for refusal"),
    },
    {
        "code": {code.code: code.label for codes in ANSWERS for code in codes.codes} | PRODUCTIONS,
        "ground": {code.code: code.label for code in REFUSAL_GROUND.codes},
    },
)
subjects.add(("subjectrequest.",), SubjectRequest)
