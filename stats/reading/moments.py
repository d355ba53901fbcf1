"""The moment of `asOf`: what was current then, to those who read then."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from cases.months import COPENHAGEN

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def parse_as_of(text: str) -> datetime | None:
    """A moment as RFC 3339 has it, or a date, which means its end in Copenhagen; None for what is neither."""
    try:
        if DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.max, COPENHAGEN)
        return datetime.fromisoformat(text.upper()) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def is_in_force(moment: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    """Whether something stood at a moment (None: now).

    It could be read from `since` (None: that is not known) and was withdrawn at `until` (None: never).
    """
    if moment is None:
        return until is None
    return since is not None and since <= moment and (until is None or moment < until)
