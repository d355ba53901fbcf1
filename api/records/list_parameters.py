"""The parameters of lists and of a POST of referrals."""

from __future__ import annotations

from api.http import idempotency, moments
from api.http import paging as pages
from api.http.renderers import JSONRenderer
from api.openapi.parts import Parameter
from api.records import rows as own_rows

LIST_FORMATS = (JSONRenderer.format, *own_rows.FORMS)
LIMIT = Parameter(
    "limit",
    "How many at most.",
    {"type": "integer", "format": "int32", "minimum": 1, "maximum": pages.MOST_ON_PAGE, "default": pages.ROWS_ON_PAGE},
    example=50,
)
CURSOR = Parameter(
    "cursor",
    "Where the page begins: part of the address in `next`. Never make one.",
    {"type": "string", "format": "cursor", "minLength": 1},
)
CHANGED_SINCE = Parameter(
    moments.NAME,
    "Only what was recorded at this moment or later: send the moment that the last answer gave, as it is. What was erased "
    "or purged is in no answer: compare references with those of the whole list now and then.",
    {"type": "string", "format": "recent-moment", "pattern": moments.PATTERN},
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
