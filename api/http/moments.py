"""`changed_since`: the moment from which a partner's own system catches up.

Versions of one partner are recorded one after the other, each at a time that is read under the partner's lock: whatever was
not visible to a reader is recorded at or after the latest version that was. So the latest moment that an answer holds is a safe
place to go on from, and what lies *at* it is told again rather than never.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from api.http.parameters import value_problem
from core.text import Text

NAME = "changed_since"
# A plus sign in a query string is a blank, so what is answered ends in Z.
DAY, CLOCK = r"2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", r"([01]\d|2[0-3]):[0-5]\d"
PATTERN = rf"^{DAY}T{CLOCK}:[0-5]\d(\.\d{{1,6}})?(Z|[+-]{CLOCK})$"
MOMENT = re.compile(PATTERN[1:-1], re.ASCII)
TEXTS = {
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


def since(text: str | None) -> datetime | None:
    """The moment of the parameter, if it is there. Raises `ProblemError` 400."""
    if text is None:
        return None
    moment = parse_moment(text)
    if moment is None:
        raise value_problem(NAME, detail=TEXTS["moment_expected"], code="moment_expected")
    if moment > timezone.now() + TOLERANCE:
        raise value_problem(NAME, detail=TEXTS["moment_in_future"], code="moment_in_future")
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
