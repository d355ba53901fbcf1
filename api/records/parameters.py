"""Parts of addresses that name a record."""

from __future__ import annotations

from uuid import UUID

from api.http.details import DETAILS
from api.http.problems import ProblemError, ProblemFinding
from api.openapi.parts import Parameter
from api.records.examples import REFERENCE as EXAMPLE
from api.records.members import CaseTokenInput, Reference
from cases import dictionary as d
from cases import tokens
from cases.intake.guard.kinds import KIND_RULES, IdentifierKind
from cases.intake.guard.references import reference_kind, token_kind
from cases.intake.references import UUID4_EXPECTED, is_reference

REFERENCE = Parameter(
    "reference",
    "Your own id of the referral. Make it, keep it, and use it again to correct.",
    Reference,
    place="path",
    example=EXAMPLE,
)
TOKEN = Parameter(
    "token",
    "The case token, which travels with the person.",
    CaseTokenInput,
    place="path",
    example=d.CASE_TOKEN.example,
)


def reference_of(text: str) -> UUID:
    """The reference in a path. Raises `ProblemError` 400."""
    if not is_reference(text):
        place = ("parameter", "reference")
        raise ProblemError("invalid_parameter", [ProblemFinding(place, "reference_not_uuid4", UUID4_EXPECTED)])
    return UUID(text)


def token_of(text: str) -> str:
    """The canonical token in a path. Raises `ProblemError` 400 for a bad check character."""
    token = tokens.canonical(text)
    if token is None:
        code = "case_token_expected"
        raise ProblemError("invalid_parameter", [ProblemFinding(("parameter", "token"), code, DETAILS[code])])
    return token


def new_reference_of(text: str) -> UUID:
    """The reference of a referral that is written. Raises `ProblemError` 400, and 422 where it was not drawn by chance."""
    reference = reference_of(text)
    refuse_kind("reference", reference_kind(text))
    return reference


def written_token_of(text: str) -> str:
    """The canonical token of a case of which is written. Raises `ProblemError` 400, and 422 where it is a CPR number."""
    refuse_kind("token", token_kind(text))
    return token_of(text)


def refuse_kind(name: str, kind: IdentifierKind | None) -> None:
    """Raise `ProblemError` 422 where a part of the address carries an identifier."""
    if kind is not None:
        raise ProblemError("identifier_in_body", [ProblemFinding(("parameter", name), kind.rule, KIND_RULES[kind])])
