"""Schemas of what is no record of the dictionary: who am I, code lists, tokens, health, problems."""

from __future__ import annotations

from api.http.problem_catalogue import PROBLEMS
from api.openapi.words import Schema, nullable, opened, page_of, rows, schema_ref
from cases.codelists.changes import Kind
from partners.kinds import SCOPE_TEXTS, Mode, Scope

TEXT: Schema = {"type": "string"}
DATE: Schema = {"type": "string", "format": "date"}


def me() -> Schema:
    """The caller."""
    partner = opened(
        {
            "id": {"type": "string", "format": "uuid"},
            "name": TEXT,
            "kind": schema_ref("PartnerKindCode"),
            "mode": {"type": "string", "enum": [str(mode) for mode in Mode], "description": "TEST is never counted."},
        },
        ["id", "name", "kind", "mode"],
    )
    secret = opened(
        {
            "hint": {**TEXT, "description": "The secret's last four characters."},
            "expires_at": schema_ref("Moment"),
            "last_used_at": nullable(schema_ref("Moment"), "When it last fetched a token."),
        },
        ["hint", "expires_at", "last_used_at"],
    )
    members = {
        "partner": partner,
        "client_id": TEXT,
        "scopes": rows(schema_ref("Scope"), uniqueItems=True),
        "token_expires_at": schema_ref("Moment"),
        "secrets": rows(secret, description="The secrets that open the door now, the one that ends first in front."),
        "reporting": {
            **schema_ref("Reporting"),
            "description": "What is expected of you: the periods of the last twelve months, and what is next.",
        },
    }
    return opened(members, members)


def index() -> Schema:
    """Where to go."""
    uri = {"type": "string", "format": "uri"}
    href = {**TEXT, "description": "Absolute; with braces where a part is to be put in (RFC 6570)."}
    link = {"id": {**TEXT, "description": "The operation's `operationId`."}, "href": href, "title": TEXT}
    names = ("documentation", "description", "problems")
    members = {"service": TEXT, "version": TEXT, **dict.fromkeys(names, uri), "links": rows(opened(link, link))}
    return opened(members, members)


CODE: dict[str, Schema] = {
    "code": TEXT,
    "label": schema_ref("Label"),
    "parent": nullable(TEXT, "The code one level up inside the same list."),
    "valid_from": nullable(DATE, "The first day on which new data may carry it."),
    "valid_to": nullable(DATE, "The last day on which new data may carry it; stored data keep it."),
    "replaces": rows(TEXT, description="The codes that it takes the place of."),
    "replaced_by": rows(TEXT, description="Its successors, where it is retired: several where it was split."),
    "maps": {"type": "object", "additionalProperties": TEXT, "description": "Its name in other standards."},
}
LEVEL: dict[str, Schema] = {
    "id": TEXT,
    "label": schema_ref("Label"),
    "dated": {"type": "boolean", "description": "Whether the roll-up depends on the month (EU membership does)."},
    "codes": rows(schema_ref("Code")),
}
CHANGE: dict[str, Schema] = {
    "codelist": {**TEXT, "description": "The id of the list."},
    "version": {**TEXT, "description": "The version of the list that brings the change."},
    "kind": {
        "type": "string",
        "enum": [str(kind) for kind in Kind],
        "description": "A split is also a retirement.",
    },
    "code": TEXT,
    "label": schema_ref("Label"),
    "was": {
        "anyOf": [schema_ref("Label"), {"type": "null"}],
        "description": "The label before it was put in other words.",
    },
    **{name: CODE[name] for name in ("replaces", "replaced_by", "valid_from", "valid_to")},
    "announced": {**DATE, "description": "The day since which it is known."},
    "text": schema_ref("Label"),
}
SUMMARY: dict[str, Schema] = {"id": TEXT, "label": schema_ref("Label"), "version": TEXT}
COUNT: dict[str, Schema] = {"codes": {"type": "integer", "format": "int32", "description": "How many codes it has."}}
FULL: dict[str, Schema] = {"codes": rows(schema_ref("Code")), "levels": rows(schema_ref("Level"))}


def code_list_schemas() -> dict[str, Schema]:
    """A code list with and without its codes."""
    text = opened({"da": TEXT, "en": TEXT}, ["da", "en"], description="One text in Danish and English.")
    return {
        "Label": text,
        "Code": opened(CODE, CODE),
        "Level": opened(LEVEL, LEVEL, description="A roll-up: coarser codes that partition the list."),
        "CodeListChange": opened(CHANGE, CHANGE, description="One change of one code."),
        "CodeListChanges": page_of(schema_ref("CodeListChange")),
        "CodeListSummary": opened({**SUMMARY, **COUNT}, [*SUMMARY, *COUNT]),
        "CodeLists": page_of(schema_ref("CodeListSummary")),
        "CodeList": opened({**SUMMARY, **FULL}, [*SUMMARY, *FULL]),
    }


def oauth_schemas() -> dict[str, Schema]:
    """Token and revocation (RFC 6749, RFC 7009). Unknown form members are ignored, as RFC 6749 asks."""
    token = {
        "access_token": {**TEXT, "description": "Opaque. Send it as `Authorization: Bearer …`."},
        "expires_in": {"type": "integer", "format": "int32", "description": "Seconds."},
        "token_type": {"type": "string", "const": "Bearer"},
        "scope": {**TEXT, "description": "The scopes that it has, with blanks between."},
    }
    kinds = ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "invalid_scope"]
    error = {"error": {"type": "string", "enum": [*kinds, "unsupported_grant_type", "unsupported_token_type"]}}
    request = {
        "grant_type": {"type": "string", "const": "client_credentials"},
        "scope": {
            **TEXT,
            "description": "Scopes with blanks between; without it the token has all that the client has.",
        },
    }
    return {
        "Scope": {
            "type": "string",
            "enum": [str(scope) for scope in Scope],
            "description": "\n".join(f"* `{scope}` {text}" for scope, text in SCOPE_TEXTS.items()),
        },
        "TokenRequest": opened(request, ["grant_type"]),
        "Token": opened(token, token),
        "RevocationRequest": opened({"token": {**TEXT, "minLength": 1}, "token_type_hint": TEXT}, ["token"]),
        "OAuthError": opened(
            {**error, "error_description": TEXT}, ["error"], description="An error as RFC 6749 section 5.2 has it."
        ),
    }


def health() -> dict[str, Schema]:
    """Liveness and readiness."""
    check = {"type": "string", "enum": ["ok", "behind", "refuses_writes", "unreachable", "unknown"]}
    checks = opened({"database": check, "migrations": check}, ["database", "migrations"])
    status = {"type": "string", "enum": ["ok", "unavailable"]}
    return {
        "Description": opened(
            {"openapi": {**TEXT, "pattern": r"^3\.1\."}, "info": {"type": "object"}, "paths": {"type": "object"}},
            ["openapi", "info", "paths"],
        ),
        "Alive": opened({"status": {"type": "string", "const": "ok"}}, ["status"]),
        "Ready": opened({"status": status, "checks": checks}, ["status", "checks"]),
    }


def problem_schemas() -> dict[str, Schema]:
    """RFC 9457, the one form of every error."""
    finding = {
        "pointer": {**TEXT, "description": "Where in the body, as the fragment of a JSON pointer: `#/gender`."},
        "parameter": {
            **TEXT,
            "description": "Which parameter of the path or the query; `?` for one that no address of ours has.",
        },
        "header": {**TEXT, "description": "Which request header."},
        "code": {**TEXT, "description": "Stable, whatever the language. All of them: /problems/"},
        "detail": {**TEXT, "description": "For people, in Danish or English."},
        "allowed": rows(TEXT, description="All that would have been accepted; absent where that is no list."),
        "replaced_by": rows(TEXT, description="Of a retired code: its successors that are in force."),
    }
    places = [{"required": [place]} for place in ("pointer", "parameter", "header")]
    members = {
        "type": {"type": "string", "format": "uri-reference", "description": "A page that says why and what to do."},
        "title": TEXT,
        "status": {"type": "integer", "format": "int32", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "instance": {"type": "string", "format": "uri", "description": "This very answer: quote it when you ask us."},
        "code": schema_ref("ProblemCode"),
        "errors": rows(schema_ref("Finding"), description="One row for each thing that is wrong."),
    }
    required = [name for name in members if name != "errors"]
    about = "What went wrong (RFC 9457). Branch on `code`. No value that was sent is ever repeated."
    codes = "\n".join(f"* `{problem.code}` {problem.title.en}" for problem in PROBLEMS.values())
    return {
        "Problem": opened(members, required, description=about),
        "ProblemCode": {"type": "string", "enum": list(PROBLEMS), "description": codes},
        "Finding": opened(finding, ["code", "detail"], oneOf=places, description="One thing that is wrong, and where."),
    }


def schemas() -> dict[str, Schema]:
    """All of them."""
    return {"Index": index(), "Me": me(), **code_list_schemas(), **oauth_schemas(), **health(), **problem_schemas()}
