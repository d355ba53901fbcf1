"""Response headers, as components."""

from __future__ import annotations

from api.openapi.words import BASE, Schema, ref

TEXT: Schema = {"type": "string"}


def head(about: str, schema: Schema, example: object, *, always: bool = True) -> Schema:
    """One header."""
    must = {"required": True} if always else {}
    return {"description": about, **must, "schema": schema, "example": example}


URI: Schema = {"type": "string", "format": "uri"}
SECONDS: Schema = {"type": "integer", "format": "int32", "minimum": 0}
PLACE = f"{BASE}/api/v1/referrals"
HEADERS: dict[str, Schema] = {
    "X-Request-Id": head(
        "The id of this answer; quote it when you ask us.",
        {"type": "string", "format": "uuid"},
        "c0a8f3de-6a0b-4a39-9d53-0e3d4f6f2b11",
    ),
    "ETag": head("The version, a strong tag (RFC 9110).", {"type": "string", "pattern": '^"[0-9]+"$'}, '"1"'),
    "ETag-current": head("The ETag of the current version, where there is one.", TEXT, '"2"', always=False),
    "ETag-content": head("The tag of this content.", {"type": "string", "pattern": '^"[0-9a-f]+"$'}, '"4f1c"'),
    "Location": head("The address of the referral.", URI, f"{PLACE}/3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34"),
    "Idempotency-Replayed": head(
        "`true` where the answer repeats that of an earlier request with this key.",
        {"type": "string", "const": "true"},
        "true",
        always=False,
    ),
    "Preference-Applied": head("The preference that was honoured.", TEXT, "return=minimal", always=False),
    "Link": head(
        "The next page (RFC 8288), where there is one.", TEXT, f'<{PLACE}?cursor=x>; rel="next"', always=False
    ),
    "Link-deprecation": head(
        "Where the changes of code lists are read, where `Deprecation` is there.",
        TEXT,
        f'<{BASE}/api/v1/codelists/changes>; rel="deprecation"; type="application/json"',
        always=False,
    ),
    "Deprecation": head(
        "Since when it is known that a code which was sent is going to be retired (RFC 9745). It was accepted.",
        {"type": "string", "pattern": "^@-?[0-9]+$"},
        "@1798758000",
        always=False,
    ),
    "Sunset": head(
        "From when such a code is refused for new data (RFC 8594).",
        TEXT,
        "Wed, 30 Jun 2027 22:00:00 GMT",
        always=False,
    ),
    "Cache-Control": head("How long it may be kept.", TEXT, "no-store"),
    "Access-Control-Allow-Origin": head(
        "`*` where no token is needed: pages of any site may read it.", TEXT, "*", always=False
    ),
    "Allow": head("The methods that are used here.", TEXT, "GET, HEAD, OPTIONS"),
    "Retry-After": head("Seconds to wait before sending again.", SECONDS, 1),
    "WWW-Authenticate": head(
        "The challenge (RFC 6750); it names the scope that is missing.", TEXT, 'Bearer realm="henvis"'
    ),
    "WWW-Authenticate-scope": head(
        "The challenge (RFC 6750), where another scope would do; what no token opens has none.",
        TEXT,
        'Bearer realm="henvis", error="insufficient_scope", scope="referrals:read"',
        always=False,
    ),
    "Content-Language": head("The language of the texts.", {"type": "string", "enum": ["da", "en"]}, "en"),
}


def components() -> dict[str, Schema]:
    """All of them."""
    return dict(HEADERS)


# The key of a component where it differs from the header's name.
NAMES = {
    "ETag-current": "ETag",
    "ETag-content": "ETag",
    "Link-deprecation": "Link",
    "WWW-Authenticate-scope": "WWW-Authenticate",
}


def of(*names: str, ours: bool = True) -> Schema:
    """The headers of one response; every answer of the program has X-Request-Id."""
    every = ("X-Request-Id",) if ours else ()
    return {NAMES.get(name, name): ref("headers", name) for name in (*names, *every)}
