"""Keyset pages with an opaque cursor (RFC 8288). No counts, and nothing of a record in the address.

The cursor is the position (time recorded, internal row id) under a keyed signature; a row's id is not its reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest

from api.http.parameters import value_problem
from cases.models import Referral
from core.text import Text

SALT = "henvis.cursor"
ROWS_ON_PAGE, MOST_ON_PAGE = 100, 500
LIMIT_EXPECTED = Text(f"Et helt tal fra 1 til {MOST_ON_PAGE}.", f"A whole number from 1 to {MOST_ON_PAGE}.")
CURSOR_EXPECTED = Text("Brug adressen i next, som den er.", "Use the address in next as it is.")


def page(rows: QuerySet[Referral], *, limit: str | None, cursor: str | None) -> tuple[Sequence[Referral], str | None]:
    """One page and the cursor of the next one. Raises `ProblemError` 400 for a bad limit or cursor."""
    size = size_of(limit)
    if cursor is not None:
        moment, row_id = position(cursor)
        rows = rows.extra(where=["(cases_referral.recorded_at, cases_referral.id) > (%s, %s)"], params=[moment, row_id])
    items = list(rows.order_by("recorded_at", "id")[: size + 1])
    if len(items) <= size:
        return items, None
    last = items[size - 1]
    return items[:size], signing.dumps([last.recorded_at.isoformat(), last.pk.hex], salt=SALT)


def size_of(limit: str | None) -> int:
    if limit is None:
        return ROWS_ON_PAGE
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 5 and 1 <= int(limit) <= MOST_ON_PAGE):
        raise value_problem("limit", detail=LIMIT_EXPECTED)
    return int(limit)


def position(cursor: str) -> tuple[datetime, UUID]:
    """The position that a cursor stands for."""
    try:
        moment, row_id = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        raise value_problem("cursor", detail=CURSOR_EXPECTED, code="invalid_cursor") from None
    return datetime.fromisoformat(moment), UUID(row_id)


def next_address(request: HttpRequest, parameters: dict[str, Any], cursor: str) -> str:
    """The absolute address of the next page."""
    query = urlencode({**parameters, "cursor": cursor})
    return request.build_absolute_uri(f"{request.path}?{query}")


def following(
    request: HttpRequest, texts: dict[str, str], place: tuple[datetime, UUID] | None
) -> tuple[dict[str, str], str | None]:
    """The header and the address of the next page, where there is one."""
    if place is None:
        return {}, None
    cursor = signing.dumps([place[0].isoformat(), place[1].hex], salt=SALT)
    address = next_address(request, texts, cursor)
    return {"Link": f'<{address}>; rel="next"'}, address
