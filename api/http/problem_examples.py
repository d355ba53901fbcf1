"""An example of each problem."""

from __future__ import annotations

from api.http.details import DETAILS
from api.http.idempotency import KEY_EXPECTED
from api.http.parameters import REPEATED, UNKNOWN
from api.http.problems import ProblemBody, ProblemError, ProblemFinding, body
from cases import dictionary as d
from cases import rules
from cases.intake.guard.kinds import KIND_RULES, IdentifierKind
from cases.intake.strict_json import REASONS

REQUEST_ID = "c0a8f3de-6a0b-4a39-9d53-0e3d4f6f2b11"


def findings(code: str) -> list[ProblemFinding]:
    """What stands in `errors` of the example of a problem."""
    place = ("pointer", "#/gender")
    codes = d.GENDER.allowed
    rule = rules.REFERRAL_RULES[0]
    examples = {
        "validation_failed": [
            ProblemFinding(place, "code_unknown", DETAILS["code_unknown"], codes),
            ProblemFinding(("pointer", f"#/{rule.field}"), rule.code, rule.detail),
        ],
        "malformed_json": [ProblemFinding(("pointer", "#"), "duplicate_member", REASONS["duplicate_member"])],
        "invalid_parameter": [
            ProblemFinding(("parameter", "?"), "unknown_parameter", UNKNOWN, ("limit", "cursor", "status")),
            ProblemFinding(("parameter", "limit"), "repeated_parameter", REPEATED),
        ],
        "invalid_header": [ProblemFinding(("header", "Idempotency-Key"), "key_expected", KEY_EXPECTED)],
        "identifier_in_body": [ProblemFinding(place, IdentifierKind.NAME.rule, KIND_RULES[IdentifierKind.NAME])],
    }
    return examples.get(code, [])


def example(code: str, language: str, base: str) -> ProblemBody:
    return body(ProblemError(code, findings(code)), language, base, REQUEST_ID)
