"""Request headers that many operations take."""

from __future__ import annotations

from api.openapi.parts import Parameter

ACCEPT_LANGUAGE = Parameter("Accept-Language", "The language of texts: `da` or `en`.", str, place="header")
IF_NONE_MATCH = Parameter(
    "If-None-Match",
    "The ETag that you have: 304 while it is current.",
    str,
    place="header",
    key="If-None-Match-read",
)
