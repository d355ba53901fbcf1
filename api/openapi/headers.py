"""Headers of answers."""

from __future__ import annotations

from dataclasses import dataclass

from api.http.bodies import Schema
from api.openapi.schemas import BASE
from cases.invented import WORDS


@dataclass(frozen=True, slots=True, eq=False)
class Header:
    """A header of an answer. `key` is the component's name, where several headers have one name."""

    name: str
    about: str
    schema: Schema
    example: object
    always: bool = True
    key: str = ""

    def node(self) -> Schema:
        must = {"required": True} if self.always else {}
        return {"description": self.about, **must, "schema": self.schema, "example": self.example}


TEXT: Schema = {"type": "string"}
URI: Schema = {"type": "string", "format": "uri"}
COUNT: Schema = {"type": "integer", "format": "int32", "minimum": 0}
PLACE = f"{BASE}/api/v1/referrals"

REQUEST_ID = Header(
    "X-Request-Id",
    "The id of this answer; quote it when you ask us.",
    {"type": "string", "format": "uuid"},
    "c0a8f3de-6a0b-4a39-9d53-0e3d4f6f2b11",
)
MODE = Header(
    "Henvis-Mode",
    "The mode of a known client, told with problems too. Of `test` nothing is counted.",
    {"type": "string", "enum": ["live", "test"]},
    "test",
    always=False,
)
DATA = Header(
    "Henvis-Data",
    "Only where records are invented.",
    {"type": "string", "const": WORDS.en},
    WORDS.en,
    always=False,
)
ETAG = Header("ETag", "The version, a strong tag (RFC 9110).", {"type": "string", "pattern": '^"[0-9]+"$'}, '"1"')
ETAG_CURRENT = Header(
    "ETag", "The ETag of the current version, where there is one.", TEXT, '"2"', key="ETag-current", always=False
)
ETAG_CONTENT = Header(
    "ETag", "The tag of this content.", {"type": "string", "pattern": '^"[0-9a-f]+"$'}, '"4f1c"', key="ETag-content"
)
ETAG_FILE = Header(
    "ETag",
    "The tag of this content. A file with new references has none: it is never kept.",
    {"type": "string", "pattern": '^"[0-9a-f]+"$'},
    '"4f1c"',
    key="ETag-file",
    always=False,
)
LOCATION = Header("Location", "The address of what was created.", URI, f"{PLACE}/3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34")
IDEMPOTENCY_REPLAYED = Header(
    "Idempotency-Replayed",
    "`true` where the answer repeats that of an earlier request with this key.",
    {"type": "string", "const": "true"},
    "true",
    always=False,
)
PREFERENCE_APPLIED = Header(
    "Preference-Applied", "The preference that was honoured.", TEXT, "return=minimal", always=False
)
LINK = Header(
    "Link", "The next page (RFC 8288), where there is one.", TEXT, f'<{PLACE}?cursor=x>; rel="next"', always=False
)
LINK_DEPRECATION = Header(
    "Link",
    "Where the changes of code lists are read, where `Deprecation` is there.",
    TEXT,
    f'<{BASE}/api/v1/codelists/changes>; rel="deprecation"; type="application/json"',
    key="Link-deprecation",
    always=False,
)
DEPRECATION = Header(
    "Deprecation",
    "Since when it is known that a code which was sent is going to be retired (RFC 9745). It was accepted.",
    {"type": "string", "pattern": "^@-?[0-9]+$"},
    "@1798758000",
    always=False,
)
SUNSET = Header(
    "Sunset",
    "From when such a code is refused for new data (RFC 8594).",
    TEXT,
    "Wed, 30 Jun 2027 22:00:00 GMT",
    always=False,
)
CACHE_CONTROL = Header("Cache-Control", "How long it may be kept.", TEXT, "no-store")
ALLOW_ORIGIN = Header(
    "Access-Control-Allow-Origin",
    "`*` where no token is needed: pages of any site may read it.",
    TEXT,
    "*",
    always=False,
)
ALLOW = Header("Allow", "The methods that are used here.", TEXT, "GET, HEAD, OPTIONS")
ACCEPT = Header("Accept", "The media types of its bodies.", TEXT, "application/json", always=False)
RETRY_AFTER = Header("Retry-After", "Seconds to wait before sending again.", COUNT, 1)
RETRY_AFTER_WORK = Header(
    "Retry-After",
    "Seconds until it is worth looking again, while it is worked on.",
    COUNT,
    2,
    key="Retry-After-work",
    always=False,
)
CHALLENGE = Header(
    "WWW-Authenticate",
    "The challenge (RFC 6750); it names the scope that is missing.",
    TEXT,
    'Bearer realm="henvis"',
)
CHALLENGE_OF_SCOPE = Header(
    "WWW-Authenticate",
    "The challenge (RFC 6750), where another scope would do; what no token opens has none.",
    TEXT,
    'Bearer realm="henvis", error="insufficient_scope", scope="referrals:read"',
    key="WWW-Authenticate-scope",
    always=False,
)
CONTENT_LANGUAGE = Header(
    "Content-Language", "The language of the texts.", {"type": "string", "enum": ["da", "en"]}, "en"
)
CONTENT_DISPOSITION = Header(
    "Content-Disposition", "The name of the file.", TEXT, 'attachment; filename="referrals.csv"', always=False
)

CONTENT_RANGE = Header("Content-Range", "Which bytes these are, and of how many.", TEXT, "bytes 0-999/48213")
CONTENT_RANGE_BEYOND = Header(
    "Content-Range", "How many bytes there are.", TEXT, "bytes */48213", key="Content-Range-beyond"
)

# What answers carry together.
RETIREMENT = (DEPRECATION, SUNSET, LINK_DEPRECATION)
WRITTEN = (ETAG, PREFERENCE_APPLIED, *RETIREMENT)
KEPT = (ETAG_CONTENT, CACHE_CONTROL)
SHARED = (*KEPT, ALLOW_ORIGIN)
