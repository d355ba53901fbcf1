"""The parts of addresses that name a record, and the parameters of lists and of a POST of referrals."""

from __future__ import annotations

from uuid import UUID

from api.http import idempotency, parameters
from api.http.negotiation import JSONRenderer
from api.http.problems import ProblemError, ProblemFinding
from api.http.reading import DETAILS
from api.openapi.parts import Parameter
from api.records import rows as own_rows
from api.records.examples import REFERENCE as EXAMPLE
from api.reference.members import CaseTokenInput, Reference
from cases import dictionary as d
from cases import tokens
from cases.intake.guard.kinds import KIND_RULES, IdentifierKind
from cases.intake.guard.references import UUID4_EXPECTED, is_reference, reference_kind, token_kind

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


LIST_FORMATS = (JSONRenderer.format, *own_rows.FORMS)
LIMIT = Parameter(
    "limit",
    "How many at most.",
    {
        "type": "integer",
        "format": "int32",
        "minimum": 1,
        "maximum": parameters.MOST_ON_PAGE,
        "default": parameters.ROWS_ON_PAGE,
    },
    example=50,
)
CURSOR = Parameter(
    "cursor",
    "Where the page begins: part of the address in `next`. Never make one.",
    {"type": "string", "format": "cursor", "minLength": 1},
)
CHANGED_SINCE = Parameter(
    parameters.CHANGED_SINCE,
    "Only what was recorded at this moment or later: send the moment that the last answer gave, as it is. What was erased "
    "or purged is in no answer: compare references with those of the whole list now and then.",
    {"type": "string", "format": "recent-moment", "pattern": parameters.MOMENT_PATTERN},
)
LIST_FORMAT = Parameter(
    "format",
    "A page (`json`), or everything as a file (`csv`, `ndjson`) without `limit` and `cursor`. It goes before Accept.",
    {"type": "string", "enum": list(LIST_FORMATS)},
    key="list.format",
)
IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "A new UUID for each new referral, or 20 random characters or more; the same one on a retry. Kept 400 days.",
    {"type": "string", "pattern": f'^("{idempotency.CHARACTERS}"|{idempotency.CHARACTERS})$'},
    place="header",
    required=True,
    example="8e03978e-40d5-43dd-bc93-6894a57f9324",
)
