"""The calendar of releases as its readers know it: what was announced when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import override

from cases.dimensions import PRINCIPAL
from cases.months import COPENHAGEN, later, month_words
from core.text import Text, of_both
from stats.models import CANCELLED, DONE_DATE
from stats.periods import Period

EVERY = """
SELECT a.entry::text, a.period, a.title_da, a.title_en, r.release_id, r.published_at, w.withdrawn_at, w.reason,
       a.announced_at, a.status, a.month, a.moment, a.reason_da, a.reason_en
FROM statistics_announceddate a
LEFT JOIN LATERAL henvis_announced_release(a.entry) r ON true
LEFT JOIN statistics_withdrawal w ON w.release_id = r.release_id AND w.replacement_id IS NULL
ORDER BY a.entry, a.sequence
"""
# For so long after a moment that has passed, what was to come then may come at any second. Answers are kept for a few (`SOON`) even
# then, so that a crowd of readers is not one crowd of requests.
EXPECTED_FOR, SOON = timedelta(minutes=10), 5
SUMMER_TIME = Text("dansk sommertid", "Danish summer time")
STANDARD_TIME = Text("dansk normaltid", "Danish standard time")


@dataclass(frozen=True, slots=True)
class DateNotice:
    """What was said of a date at a moment (`at`). `month`: its first day. `moment`: null while only the month is known."""

    at: datetime
    status: str
    month: date
    moment: datetime | None
    reason: Text

    @property
    def words(self) -> Text:
        """The date, as exact as it is known."""
        return words_of(self.month, self.moment)

    @property
    def end(self) -> datetime:
        """When the date has passed: its moment, or the end of its month in Copenhagen."""
        return end_of(self.month, self.moment)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that was announced, with every notice of it, the oldest first; and the release that fulfilled it, if one has.

    `withdrawn_at`, `withdrawn_because`: when and why that was withdrawn, and nothing replaced it.
    """

    id: str
    period: str
    title: Text
    notices: tuple[DateNotice, ...]
    release: str | None
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_because: Text | None

    @property
    def latest(self) -> DateNotice:
        return self.notices[-1]

    @property
    def status(self) -> str:
        """What holds of the date. What is published needs no notice."""
        return DONE_DATE if self.release else self.latest.status

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return self.status not in (CANCELLED, DONE_DATE)

    @property
    def sequence(self) -> int:
        """How often it has changed since it was announced."""
        return len(self.notices) - 1 + bool(self.release) + bool(self.withdrawn_at)

    @property
    def changed_at(self) -> datetime:
        """When it changed last."""
        return self.withdrawn_at or self.published_at or self.latest.at

    @property
    def key(self) -> str:
        """A text that changes with it."""
        return f"{self.id} {self.sequence} {self.changed_at.isoformat()}"


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """Every entry: what everybody was told, and nothing that only staff have planned."""

    entries: tuple[CalendarEntry, ...]

    def coming(self) -> list[CalendarEntry]:
        """What is to come, the next first. What is overdue comes before all: its date has passed."""
        return sorted((each for each in self.entries if each.is_open), key=lambda each: (each.latest.end, each.id))

    def past(self) -> list[CalendarEntry]:
        """What is published or cancelled, the newest first."""
        ended_entries = (each for each in self.entries if not each.is_open)
        return sorted(ended_entries, key=lambda each: (each.changed_at, each.id), reverse=True)

    def next(self, now: datetime) -> CalendarEntry | None:
        """What is published next; nothing that is overdue."""
        return next((each for each in self.coming() if each.latest.end > now), None)

    def key(self, now: datetime) -> tuple[str, ...]:
        """What a page of the calendar is a function of: its entries, and which of their dates have passed."""
        return tuple(f"{each.key} {each.is_open and each.latest.end <= now}" for each in self.entries)

    def seconds(self, now: datetime, most: int) -> int:
        """For how long an answer may be kept, at most `most`: not past a moment for which something was announced.

        The number is everybody's to read, so a scheduled publication that is not announced changes nothing of it.
        """
        moments = [each.latest.end for each in self.entries if each.is_open]
        if any(each <= now < each + EXPECTED_FOR for each in moments):
            return min(most, SOON)
        return min([most, *(max(1, int((each - now).total_seconds())) for each in moments if each > now)])


def read() -> ReleaseCalendar:
    """The calendar as it is now. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(EVERY)
        rows = cursor.fetchall()
    return ReleaseCalendar(tuple(entries_of(rows)))


def entries_of(rows: Iterable[tuple[Any, ...]]) -> Iterator[CalendarEntry]:
    """Rows as entries, each with its notices. They come in their order."""
    for (entry, period, da, en, release, published_at, withdrawn_at, reason), notices in groupby(
        rows, lambda row: row[:8]
    ):
        title, because = title_of(period, Text(da, en)), of_both(reason) if reason else None
        of_date = tuple(notice_of(*row[8:]) for row in notices)
        yield CalendarEntry(entry, period, title, of_date, release, published_at, withdrawn_at, because)


def notice_of(at: datetime, status: str, month: date, moment: datetime | None, da: str, en: str) -> DateNotice:
    return DateNotice(at, status, month, moment, Text(da, en))


def end_of(month: date, moment: datetime | None) -> datetime:
    """When a date has passed: its moment, or the end of its month in Copenhagen."""
    return moment or datetime.combine(later(month, 1), time.min, COPENHAGEN)


def title_of(period: str, title: Text) -> Text:
    """What is announced: the figures of a period, or what its title says."""
    months = Period.parse(period)
    if months is None:
        return title
    return Text(*(f"{words}, {label}" for words, label in zip(PRINCIPAL.label, months.label, strict=True)))


def words_of(month: date, moment: datetime | None) -> Text:
    """A date in words for readers, as exact as it is known."""
    if moment:
        local = moment.astimezone(COPENHAGEN)
        return Text(
            f"{in_words(local, 'da', 'j. F Y')} kl. {local:%H.%M}",
            f"{in_words(local, 'en', 'j F Y')} at {local:%H:%M} Danish time",
        )
    return Text(*(month_words(month, language) for language in Text._fields))


def exact_time(moment: datetime) -> Text:
    """A moment in Copenhagen for staff, with its zone in words: no change of the clocks makes it two."""
    local = moment.astimezone(COPENHAGEN)
    seconds, zone = local.strftime(":%S") if local.second else "", SUMMER_TIME if local.dst() else STANDARD_TIME
    return Text(
        f"{in_words(local, 'da', 'j. F Y')} kl. {local:%H.%M}{seconds.replace(':', '.')} ({zone.da}, UTC{local:%:z})",
        f"{in_words(local, 'en', 'j F Y')} at {local:%H:%M}{seconds} ({zone.en}, UTC{local:%:z})",
    )


def in_words(day: date, language: str, form: str) -> str:
    """A day in words of a language."""
    with override(language):
        return date_format(day, form)
