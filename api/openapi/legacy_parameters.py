"""Parameters of path, query and header, as components. The filters are the dictionary's."""

from __future__ import annotations

from api.http import paging as pages
from api.http.idempotency import CHARACTERS
from api.openapi.words import Schema, schema_ref
from api.records import filters
from api.records.schemas import code_schema
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.fields import CodedField, CodeSetField

TEXT: Schema = {"type": "string"}
KEY_PATTERN = f'^("{CHARACTERS}"|{CHARACTERS})$'
TAGS_PATTERN = r'^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$'
CODED = {field.name: field for field in d.REFERRAL if isinstance(field, CodedField | CodeSetField)}


def path(name: str, about: str, schema: Schema, example: str) -> Schema:
    """A part of the path."""
    words = {"name": name, "in": "path", "required": True, "description": about}
    return {**words, "schema": schema, "example": example}


def query(name: str, about: str, schema: Schema, example: object = None) -> Schema:
    """A query parameter; all are optional."""
    shown = {} if example is None else {"example": example}
    return {"name": name, "in": "query", "description": about, "schema": schema, **shown}


def header(name: str, about: str, schema: Schema) -> Schema:
    """A request header."""
    return {"name": name, "in": "header", "description": about, "schema": schema}


def paths() -> dict[str, Schema]:
    """What stands in paths."""
    return {
        "reference": path(
            "reference",
            "Your own id of the referral. Make it, keep it, and use it again to correct.",
            schema_ref("Reference"),
            "3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34",
        ),
        "token": path(
            "token",
            "The case token, which travels with the person.",
            schema_ref("CaseTokenInput"),
            d.CASE_TOKEN.example,
        ),
        "list_id": path("list_id", "The id of a code list.", {"type": "string", "enum": list(CODELISTS)}, "gender"),
    }


def filter_parameter(field: CodedField | CodeSetField) -> Schema:
    """Equal to a code, or having it in the set."""
    many = isinstance(field, CodeSetField)
    about = f"{field.label.en}: {'referrals that have this code in the set' if many else 'referrals with this code'}."
    return query(field.name, about, code_schema(field))


def bounds() -> dict[str, Schema]:
    """Filters that the dictionary does not name."""
    month = {"type": "string", "pattern": r"^(?!0000)\d{4}-(0[1-9]|1[0-2])$"}
    return {
        "status": query("status", "What the current version is.", schema_ref("ReferralStatus")),
        "referred_from": query("referred_from", "The first month of referral, such as `2025-01`.", month),
        "referred_to": query("referred_to", "The last month of referral, such as `2025-12`.", month),
    }


def days() -> dict[str, Schema]:
    """Days of code lists."""
    day = {"type": "string", "format": "date"}
    return {
        "on": query("on", "Only the codes that new data may carry on this day.", day, "2027-07-01"),
        "since": query("since", "What was announced on this day or later.", day, "2027-01-01"),
    }


def paging() -> dict[str, Schema]:
    """Keyset pages."""
    size = {"type": "integer", "format": "int32", "minimum": 1, "maximum": pages.MOST, "default": pages.DEFAULT}
    cursor = {"type": "string", "format": "cursor", "minLength": 1}
    return {
        "limit": query("limit", "How many at most.", size, 50),
        "cursor": query("cursor", "Where the page begins: part of the address in `next`. Never make one.", cursor),
    }


def headers() -> dict[str, Schema]:
    """Request headers. Optional ones have no example: pages that let requests be tried would send it."""
    tags = {"type": "string", "pattern": TAGS_PATTERN}
    replaces = 'The ETag of the version that you mean to replace, such as `"1"`. Where another one is stored: 412.'
    retried = (
        "A new UUID for each new referral, or 20 random characters or more; the same one on a retry. Kept 400 days."
    )
    key = {"type": "string", "pattern": KEY_PATTERN}
    return {
        "If-Match": header("If-Match", replaces, tags),
        "If-None-Match-write": header(
            "If-None-Match",
            "`*` creates only: 412 where something else is stored.",
            {"type": "string", "enum": ["*"]},
        ),
        "If-None-Match-read": header("If-None-Match", "The ETag that you have: 304 while it is current.", TEXT),
        "Idempotency-Key": {
            **header("Idempotency-Key", retried, key),
            "required": True,
            "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
        },
        "Prefer": header("Prefer", "`return=minimal` leaves the body out (RFC 7240).", TEXT),
        "Accept-Language": header("Accept-Language", "The language of texts: `da` or `en`.", TEXT),
    }


def components() -> dict[str, Schema]:
    """All of them by the name that the table of operations uses."""
    coded = {name: filter_parameter(field) for name, field in CODED.items()}
    return {**paths(), **bounds(), **coded, **days(), **paging(), **headers()}


FILTERS: tuple[str, ...] = filters.NAMES
