"""Request headers that several operations take."""

from __future__ import annotations

from typing import Annotated

from api.http.bodies import one_of, schema
from api.http.language import LANGUAGES
from api.openapi.parts import Parameter

TAGS = {"type": "string", "pattern": r'^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$'}

ACCEPT_LANGUAGE = Parameter("Accept-Language", "The language of texts: `da` or `en`.", str, place="header")
LANG = Parameter("lang", "The language, for people; it goes before Accept-Language.", Annotated[str, one_of(LANGUAGES)])
IF_NONE_MATCH = Parameter(
    "If-None-Match",
    "The ETag that you have: 304 while it is current.",
    str,
    place="header",
    key="If-None-Match-read",
)
IF_MATCH = Parameter(
    "If-Match",
    'The ETag of the version that you mean to replace, such as `"1"`. Where another one is stored: 412.',
    TAGS,
    place="header",
)
IF_ABSENT = Parameter(
    "If-None-Match",
    "`*` creates only: 412 where something else is stored.",
    {"type": "string", "enum": ["*"]},
    place="header",
    key="If-None-Match-write",
)
ON_BEHALF = Parameter(
    "Henvis-On-Behalf-Of",
    "The id of the organisation that you act for, by its mandate or as its successor.",
    Annotated[str, schema(format_="uuid")],
    place="header",
)
PREFER = Parameter("Prefer", "`return=minimal` leaves the body out (RFC 7240).", str, place="header")
