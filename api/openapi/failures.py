"""Error responses: one for each status and choice of problems, with an example for each problem that it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from api.http.bodies import Schema
from api.http.idempotency import KEY_EXPECTED
from api.http.parameters import REPEATED, UNKNOWN
from api.http.problem_catalogue import PROBLEMS
from api.http.problems import ProblemBody, ProblemError, ProblemFinding, body
from api.http.reading import DETAILS
from api.openapi import headers
from api.openapi.headers import Header
from cases import dictionary as d
from cases import rules
from cases.intake.guard.kinds import KIND_RULES, IdentifierKind
from cases.intake.readers.strict_json import REASONS

# What a request meets before any view sees it, whatever it asks for.
ANYWHERE = (
    "bad_request",
    "method_not_allowed",
    "tls_required",
    "payload_too_large",
    "uri_too_long",
    "unsupported_media_type",
    "internal_error",
)
# What any view of the API can answer; then those that need a token, and those that take a body.
OF_VIEWS = ("invalid_parameter", "invalid_header", "not_acceptable", "unavailable")
OF_BODIES = ("validation_failed", "malformed_json", "identifier_in_body")
# A longer list of titles would say again what each example says.
MOST_TITLES = 2
CONDITION = ("invalid_header", "precondition_failed", "nothing_to_match")

# Headers that a problem's answer carries beside the common ones.
CARRIES: Mapping[str, Header] = {
    "method_not_allowed": headers.ALLOW,
    "unsupported_media_type": headers.ACCEPT,
    "not_authenticated": headers.CHALLENGE,
    "insufficient_scope": headers.CHALLENGE_OF_SCOPE,
    "idempotency_in_flight": headers.RETRY_AFTER,
    "batch_running": headers.RETRY_AFTER_WORK,
    "deliveries_waiting": headers.RETRY_AFTER,
    "precondition_failed": headers.ETAG_CURRENT,
    "precondition_required": headers.ETAG_CURRENT,
    "restricted": headers.ETAG_CURRENT,
    "unavailable": headers.RETRY_AFTER,
    "range_not_satisfiable": headers.CONTENT_RANGE_BEYOND,
}


def by_status(codes: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The problems of an operation, and those that any request can meet, by status and in the order of the catalogue."""
    candidates, order = {*ANYWHERE, *codes}, list(PROBLEMS)
    in_order = sorted(candidates, key=lambda code: (PROBLEMS[code].status, order.index(code)))
    return [(str(status), list(same)) for status, same in groupby(in_order, key=lambda code: PROBLEMS[code].status)]


def name(status: str, codes: Iterable[str]) -> str:
    """The component with the response that is one of these problems: its status, and their first letters."""
    return ".".join((status, *("".join(word[0] for word in code.split("_")) for code in codes)))


def about(codes: Iterable[str]) -> str:
    """The problems in words; of several the examples say which."""
    titles = [PROBLEMS[code].title.en for code in codes]
    return f"{'. '.join(titles)}." if len(titles) <= MOST_TITLES else "One of the problems that the examples name."


def headers_of(codes: Iterable[str]) -> list[Header]:
    """The headers of an answer that is one of these problems."""
    return [*dict.fromkeys(CARRIES[code] for code in codes if code in CARRIES), headers.CONTENT_LANGUAGE]


def answer_or_problem(answer: Schema, problem: Schema) -> Schema:
    """An answer that may be a problem instead."""
    return {
        "description": f"{answer['description']} Or: {problem['description']}",
        "headers": {name: header for name, header in answer["headers"].items() if name in problem["headers"]},
        "content": {**answer["content"], **problem["content"]},
    }


EXAMPLE_REQUEST_ID = "c0a8f3de-6a0b-4a39-9d53-0e3d4f6f2b11"


def example_findings(code: str) -> list[ProblemFinding]:
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


def example_problem(code: str, language: str, base: str) -> ProblemBody:
    return body(ProblemError(code, example_findings(code)), language, base, EXAMPLE_REQUEST_ID)
