"""Names and moments as people read them on staff pages. Every staff page uses these, so that one thing has one name everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from core.text import Text, short
from partners.kinds import SCOPE_WORDS, Scope

NOTHING = "–"


def page_of(row: Any) -> str:
    """The address of the page of a row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def short_name(thing: object) -> str:
    """What a page calls a thing: its own name; a UUID by its first eight digits; nothing as a dash."""
    return short(thing) if thing not in (None, "") else NOTHING


def moment_of(at: datetime | None) -> str:
    """A moment in the reader's language, Danish time: `25. nov. 2026 kl. 18.06`, `25 Nov 2026, 18:06`."""
    return NOTHING if at is None else date_format(localtime(at), "DATETIME_FORMAT")


def moment_by(at: datetime, user: object) -> str:
    """A moment and who acted then: `25. nov. 2026 kl. 18.06 af anna`."""
    moment = moment_of(at)
    return str(Text(f"{moment} af {user}", f"{moment} by {user}"))


def day_of(day: date | datetime | None) -> str:
    """A day in the reader's language: `25. nov. 2026`, `25 Nov 2026`."""
    if day is None:
        return NOTHING
    return date_format(localtime(day) if isinstance(day, datetime) else day, "DATE_FORMAT")


def lines_of(texts: Iterable[object]) -> SafeString | str:
    """Texts, each on a line of its own; a dash where there is none."""
    return format_html_join("", "<div>{}</div>", ((each,) for each in texts)) or NOTHING


def scopes_in_words(scopes: Iterable[str]) -> SafeString | str:
    """What scopes let a client do, each on a line of its own."""
    return lines_of(SCOPE_WORDS[Scope(each)] for each in scopes)
