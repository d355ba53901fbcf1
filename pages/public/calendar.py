"""The release calendar: what is published when, what was announced before, and why a date was moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from cases.months import COPENHAGEN
from core.text import Text
from pages.base.frame import SECONDS, PageAddress, answer_page
from pages.public.calendar_words import CALENDAR, history, status_words
from stats.reading import dates
from stats.reading.dates import CalendarEntry, ReleaseCalendar, words_of

NAME = "calendar"


@dataclass(frozen=True)
class CalendarRow:
    """An entry on the page. `notices`: the day and the words of all that was said of it, where that is more than one thing."""

    title: str
    date: str
    status: str
    release: str | None
    overdue: bool
    notices: tuple[tuple[Any, str], ...]

    @classmethod
    def of(cls, entry: CalendarEntry, now: datetime, language: str) -> CalendarRow:
        """An entry at a moment, in a language."""
        latest = entry.latest
        date = words_of(latest.month, entry.published_at) if entry.published_at else latest.words
        notices = tuple((at.astimezone(COPENHAGEN).date(), words) for at, words in history(entry, language))
        return cls(
            entry.title(language),
            date(language),
            status_words(entry)(language),
            entry.release,
            entry.is_open and latest.end <= now,
            notices if len(notices) > 1 or entry.published_at else (),
        )


def calendar(request: HttpRequest, language: str) -> HttpResponseBase:
    """The page. One statement."""
    announced_dates, now = dates.read(), timezone.now()
    return answer_page(
        request,
        PageAddress(NAME, language),
        announced_dates.key(now),
        lambda: ("public/calendar.html", context(announced_dates, now, language)),
        announced_dates.seconds(now, SECONDS),
    )


def context(announced_dates: ReleaseCalendar, now: datetime, language: str) -> dict[str, Any]:
    return {
        "words": {name: text(language) for name, text in CALENDAR.items()},
        "coming": [*rows_of(announced_dates.coming(), now, language)],
        "past": [*rows_of(announced_dates.past(), now, language)],
    }


def rows_of(entries: list[CalendarEntry], now: datetime, language: str) -> Iterator[CalendarRow]:
    for each in entries:
        yield CalendarRow.of(each, now, language)


def next_words(announced_dates: ReleaseCalendar, now: datetime) -> Text | None:
    """What is published next and when, for other pages. None: nothing is announced."""
    entry = announced_dates.next(now)
    if entry is None:
        return None
    return Text(*(f"{title}: {when}" for title, when in zip(entry.title, entry.latest.words, strict=True)))
