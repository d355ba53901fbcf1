"""The release calendar: what is published when, what was announced before, and why a date was moved.

For programs it is events of a calendar (RFC 5545), and a feed of what was announced (Atom).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from icalendar import Calendar, Event

from cases.invented import mark, with_mark
from cases.months import COPENHAGEN, later
from core.answers import tag_of
from core.formats import AtomFeed
from core.text import Text
from pages.base.addresses import address_of
from pages.base.frame import FRAME, SECONDS, PageAddress, answer_page, base_of
from stats.choices import DATE_STATUSES
from stats.models import CANCELLED, CONFIRMED, DONE_DATE
from stats.reading import dates
from stats.reading.dates import CalendarEntry, DateNotice, ReleaseCalendar, words_of
from stats.revisions.citation import operator

CALENDAR: dict[str, Text] = {
    "title": Text("Udgivelseskalender", "Release calendar"),
    "lead": Text(
        "Her står, hvornår nye tal udkommer. Alle får dem på samme tid. Flyttes en dato, står den nye her med en begrundelse, og "
        "det, der stod før, bliver stående.",
        "When new figures are published. Everybody gets them at the same time. If a date is moved, the new one is here with a "
        "reason, and what was said before stays here.",
    ),
    "coming": Text("Kommende udgivelser", "Coming releases"),
    "nothing_coming": Text("Der er ikke meldt nogen dato ud.", "No date has been announced."),
    "past": Text("Tidligere", "Past"),
    "what": Text("Hvad", "What"),
    "when": Text("Hvornår", "When"),
    "status": Text("Status", "Status"),
    "release": Text("Udgivelse", "Release"),
    "history": Text("Ændringer", "Changes"),
    "published": Text("Udgivet", "Published"),
    "overdue": Text(
        "Datoen er passeret, og tallene er ikke udgivet endnu.",
        "The date has passed, and the figures are not published yet.",
    ),
    "follow": Text("Følg kalenderen", "Follow the calendar"),
    "events": Text("Tilføj til din kalender (iCal)", "Add to your calendar (iCal)"),
    "feed": Text("Abonnér på ændringer (Atom)", "Subscribe to changes (Atom)"),
    "releases_feed": Text("Abonnér på nye udgivelser (Atom)", "Subscribe to new releases (Atom)"),
    "feed_title": Text("udgivelseskalender", "release calendar"),
}
# What was said of a date.
NOTICES: dict[str, Text] = {
    "ANNOUNCED": Text("Foreløbig dato: {date}.", "Provisional date: {date}."),
    "CONFIRMED": Text("Fast dato: {date}.", "Confirmed date: {date}."),
    "POSTPONED": Text("Flyttet til {date}.", "Moved to {date}."),
    "CANCELLED": Text("Aflyst.", "Cancelled."),
    "PUBLISHED": Text("Udgivet.", "Published."),
}
WITHDRAWAL = Text("Trukket tilbage:", "Withdrawn:")
WITHDRAWN = Text("udgivet og trukket tilbage", "published and withdrawn")


def status_words(entry: CalendarEntry) -> Text:
    """What holds of an entry's date."""
    words = DATE_STATUSES[entry.status] if entry.withdrawn_at is None else WITHDRAWN
    return Text(words.da.capitalize(), words.en.capitalize())


def history(entry: CalendarEntry, language: str) -> Iterator[tuple[datetime, str]]:
    """All that was said of an entry, the oldest first: of its date, and why what was published is withdrawn."""
    for each in entry.notices:
        yield each.at, notice_words(each, language)
    if entry.withdrawn_at and entry.withdrawn_because:
        yield entry.withdrawn_at, f"{WITHDRAWAL(language)} {entry.withdrawn_because(language)}"


def notice_words(notice: DateNotice, language: str) -> str:
    """What was said of a date, and why."""
    what = NOTICES[notice.status](language)
    return f"{what.format(date=notice.words(language))} {notice.reason(language)}".rstrip()


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


# What RFC 5545 calls a date that is sure, and one that is off; everything else is tentative.
STATUSES = {CONFIRMED: "CONFIRMED", DONE_DATE: "CONFIRMED", CANCELLED: "CANCELLED"}
REFRESH = timedelta(hours=1)


def events(request: HttpRequest, language: str) -> HttpResponseBase:
    """The calendar as events. One statement. An entry keeps its UID, and its SEQUENCE grows when its date changes."""
    return answer_file(request, language, "text/calendar; charset=utf-8", events_of)


def feed(request: HttpRequest, language: str) -> HttpResponseBase:
    """The calendar as a feed, the entry that changed last first. One statement."""
    return answer_file(request, language, "application/atom+xml; charset=utf-8", feed_of)


def answer_file(
    request: HttpRequest, language: str, kind: str, make: Callable[[ReleaseCalendar, str, str], bytes]
) -> HttpResponseBase:
    """A file that is a function of the calendar; 304 for who has it. No cache keeps it past a moment of publication."""
    announced_dates, now, base = dates.read(), timezone.now(), base_of(request)
    keys = tuple(each.key for each in announced_dates.entries)
    tag = tag_of((kind, language, base, repr((settings.HENVIS_OPERATOR, mark())), *keys))
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(make(announced_dates, base, language), content_type=kind)
    response["ETag"], response["Content-Language"] = tag, language
    response["Cache-Control"] = f"public, max-age={announced_dates.seconds(now, SECONDS)}"
    return response


def events_of(announced_dates: ReleaseCalendar, base: str, language: str) -> bytes:
    """A calendar by RFC 5545, with the dates of all releases that are announced."""
    title = title_of(language)
    calendar = Calendar.new(
        prodid="-//Henvis//release calendar//EN",
        name=title,
        language=language,
        refresh_interval=REFRESH,
        # The same each time: the tag of the answer is of the same bytes, and a reader subscribes once.
        uid=str(uuid5(NAMESPACE_URL, f"{base}/{language}/calendar.ics")),
    )
    calendar.add("method", "PUBLISH")
    for entry in announced_dates.entries:
        calendar.add_component(event_of(entry, base, language))
    content: bytes = calendar.to_ical()
    return content


def event_of(entry: CalendarEntry, base: str, language: str) -> Event:
    """An entry: at its moment, or for the whole month while no more is known. It takes up nobody's time."""
    latest = entry.latest
    event = Event()
    event.add("uid", entry.id)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("created", entry.notices[0].at)
    event.add("last-modified", entry.changed_at)
    event.add("status", "CANCELLED" if entry.withdrawn_at else STATUSES.get(entry.status, "TENTATIVE"))
    event.add("summary", with_mark(f"{entry.title(language)} ({status_words(entry)(language).lower()})", language))
    event.add("description", "\n".join(lines_of(entry, language)))
    moment = entry.published_at or latest.moment
    if moment:
        event.add("dtstart", moment.astimezone(UTC))
    else:
        event.add("dtstart", latest.month)
        event.add("dtend", later(latest.month, 1))
    event.add("transp", "TRANSPARENT")
    event.add("url", address_for(entry, base, language))
    return event


def feed_of(announced_dates: ReleaseCalendar, base: str, language: str) -> bytes:
    """The entries with what was said of them."""
    atom = AtomFeed(
        title=title_of(language),
        link=f"{base}{address_of(NAME, language)}",
        description=CALENDAR["lead"](language),
        language=language,
        feed_url=f"{base}{address_of('calendar-feed', language)}",
        author_name=operator(settings.HENVIS_OPERATOR)(language),
    )
    for entry in sorted(announced_dates.entries, key=lambda each: (each.changed_at, each.id), reverse=True):
        atom.add_item(
            title=f"{entry.title(language)}: {status_words(entry)(language).lower()}, {entry.latest.words(language)}",
            link=address_for(entry, base, language),
            description=" ".join(lines_of(entry, language)),
            unique_id=f"urn:uuid:{entry.id}",
            pubdate=entry.notices[0].at,
            updateddate=entry.changed_at,
        )
    return atom.writeString("utf-8").encode()


def title_of(language: str) -> str:
    """What the calendar is called among others."""
    return with_mark(f"{FRAME['site'](language)}: {CALENDAR['feed_title'](language)}", language)


def lines_of(entry: CalendarEntry, language: str) -> list[str]:
    """What was said of an entry, and before it that nothing of it is real, where that is so."""
    marks = [text(language)] if (text := mark()) else []
    return [*marks, *(words for _, words in history(entry, language))]


def address_for(entry: CalendarEntry, base: str, language: str) -> str:
    """Where an entry is read: what was published, or the calendar."""
    if entry.release:
        return f"{base}{address_of('release', language, release=entry.release)}"
    return f"{base}{address_of(NAME, language)}"
