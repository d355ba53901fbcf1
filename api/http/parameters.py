"""Query parameters, ids in paths, pages of a list, and `changed_since`. What is unknown, repeated or wrong is refused.

Pages are keyset pages with an opaque cursor (RFC 8288). No counts, and nothing of a record in the address: the cursor is the
position (time recorded, internal row id) under a keyed signature; a row's id is not its reference.

`changed_since` is the moment from which a partner's own system catches up. Versions of one partner are recorded one after the
other, each at a time that is read under the partner's lock: whatever was not visible to a reader is recorded at or after the
latest version that was. So the latest moment that an answer holds is a safe place to go on from, and what lies *at* it is told
again rather than never.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from api.http.problems import ProblemError, ProblemFinding
from cases.errors import NotFound
from cases.models import Referral
from core.text import UUID_FORM, Text

UNKNOWN = Text(
    "Parameteren bruges ikke her; allowed nævner dem, der bruges, hvis der er nogen.",
    "The parameter is not used here; allowed lists those that are, if there are any.",
)
REPEATED = Text("Parameteren står flere gange.", "The parameter stands more than once.")
WRONG = Text("Værdien er ikke tilladt her.", "The value is not allowed here.")
# The query parameters that some address of ours has: those that are described.
NAMES: set[str] = set()


def read(request: HttpRequest, names: Collection[str], lists: Collection[str] = ()) -> dict[str, str]:
    """The parameters, each at most once and all of them used here. Raises `ProblemError` 400.

    `lists`: those whose value is a list, between commas: what stands twice is one list.

    No value is repeated back, and no name but those of parameters that some address of ours has.
    """
    query = request.GET
    findings = [
        ProblemFinding(("parameter", name), "repeated_parameter", REPEATED)
        for name, values in query.lists()
        if name in names and name not in lists and len(values) > 1
    ]
    surplus = dict.fromkeys(name if name in NAMES else "?" for name in query if name not in names)
    findings += [ProblemFinding(("parameter", name), "unknown_parameter", UNKNOWN, tuple(names)) for name in surplus]
    if findings:
        raise ProblemError("invalid_parameter", findings)
    return {name: ",".join(map(str, values)) for name, values in query.lists()}


def value_problem(
    name: str, values: Iterable[str] = (), detail: Text = WRONG, code: str = "value_not_allowed"
) -> ProblemError:
    """A 400 on the value of one parameter."""
    return ProblemError("invalid_parameter", [ProblemFinding(("parameter", name), code, detail, tuple(values))])


def id_of(text: str) -> UUID:
    """The id in a path, in either case. What is no id is as unknown as one that is not there: raises `NotFound`."""
    if not UUID_FORM.fullmatch(text.lower()):
        raise NotFound
    return UUID(text)


SALT = "henvis.cursor"
ROWS_ON_PAGE, MOST_ON_PAGE = 100, 500
LIMIT_EXPECTED = Text(f"Et helt tal fra 1 til {MOST_ON_PAGE}.", f"A whole number from 1 to {MOST_ON_PAGE}.")
CURSOR_EXPECTED = Text("Brug adressen i next, som den er.", "Use the address in next as it is.")


def page_of(
    rows: QuerySet[Referral], *, limit: str | None, cursor: str | None
) -> tuple[Sequence[Referral], str | None]:
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


def next_link(
    request: HttpRequest, texts: dict[str, str], place: tuple[datetime, UUID] | None
) -> tuple[dict[str, str], str | None]:
    """The header and the address of the next page, where there is one."""
    if place is None:
        return {}, None
    cursor = signing.dumps([place[0].isoformat(), place[1].hex], salt=SALT)
    address = next_address(request, texts, cursor)
    return {"Link": f'<{address}>; rel="next"'}, address


CHANGED_SINCE = "changed_since"
# A plus sign in a query string is a blank, so what is answered ends in Z.
DAY, CLOCK = r"2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", r"([01]\d|2[0-3]):[0-5]\d"
MOMENT_PATTERN = rf"^{DAY}T{CLOCK}:[0-5]\d(\.\d{{1,6}})?(Z|[+-]{CLOCK})$"
MOMENT = re.compile(MOMENT_PATTERN[1:-1], re.ASCII)
MOMENT_TEXTS = {
    "moment_expected": Text(
        "Et tidspunkt, som et tidligere svar gav det, eller efter RFC 3339: 2026-01-31T12:00:00Z. Skriv + som %2B.",
        "A moment as an earlier answer gave it, or by RFC 3339: 2026-01-31T12:00:00Z. Write + as %2B.",
    ),
    "moment_in_future": Text(
        "Tidspunktet ligger i fremtiden: ændringer før det ville aldrig blive fortalt.",
        "The moment lies in the future: changes before it would never be told.",
    ),
}
# Clocks of two machines are never quite the same.
TOLERANCE = timedelta(minutes=1)


def moment_since(text: str | None) -> datetime | None:
    """The moment of the parameter, if it is there. Raises `ProblemError` 400."""
    if text is None:
        return None
    moment = parse_moment(text)
    if moment is None:
        raise value_problem(CHANGED_SINCE, detail=MOMENT_TEXTS["moment_expected"], code="moment_expected")
    if moment > timezone.now() + TOLERANCE:
        raise value_problem(CHANGED_SINCE, detail=MOMENT_TEXTS["moment_in_future"], code="moment_in_future")
    return moment


def parse_moment(text: str) -> datetime | None:
    """The moment in UTC, or None for what is none (also 31 February)."""
    if not MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def moment_text(moment: datetime) -> str:
    """A moment as it can be sent back: UTC, with microseconds, `Z`."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
