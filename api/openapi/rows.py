"""What a row of the table of operations is made of."""

from __future__ import annotations

from dataclasses import dataclass

# OPEN needs no token, and says more to who has one.
TOKEN, PUBLIC, OPEN, OAUTH = "token", "public", "open", "oauth"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that is no error. `schema` names a component; `texts` are other media types.

    `more` are others with a schema of their own: media type, schema, example.
    """

    status: int
    about: str
    schema: str = ""
    examples: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    media: tuple[str, ...] = (JSON,)
    texts: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One row: an operation's words, and the names of its parts.

    `ours`: the program itself answers, with an id and with its problems.
    """

    id: str
    tag: str
    summary: str
    about: str
    answers: tuple[Answer, ...]
    parameters: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    body: str = ""
    examples: tuple[str, ...] = ()
    access: str = TOKEN
    ours: bool = True


# What a request meets before any view sees it, whatever it asks for.
ANYWHERE = (
    "bad_request",
    "method_not_allowed",
    "tls_required",
    "payload_too_large",
    "unsupported_media_type",
    "internal_error",
)
COMMON = ("not_acceptable", "unavailable")
READ = ("invalid_parameter", *COMMON)
MINE = ("not_authenticated", "insufficient_scope")
# A token that is none is refused also where none is needed.
OPENLY = ("not_authenticated", *READ)
WRITE = (
    *MINE,
    "validation_failed",
    "malformed_json",
    *COMMON,
)
CONDITION = ("invalid_header", "precondition_failed", "nothing_to_match")
UNCHANGED = Answer(304, "You have the current version.", headers=("ETag",))
LISTS = ("Cache-Control",)
SHARED = ("Cache-Control", "Access-Control-Allow-Origin")
LISTED = ("ETag-content", *LISTS)
TAGGED = ("ETag-content", *SHARED)
TOLD = ("Deprecation", "Sunset", "Link-deprecation")
PREFERRED = ("ETag", "Preference-Applied", *TOLD)
