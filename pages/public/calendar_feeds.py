"""The release calendar for programs: as events of a calendar (RFC 5545), and as a feed of what was announced (Atom)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from icalendar import Calendar, Event

from cases.invented import mark, with_mark
from cases.months import later
from core.answers import tag_of
from pages.base.addresses import address_of
from pages.base.frame import SECONDS, base_of
from pages.base.words import FRAME
from pages.public.calendar import NAME
from pages.public.calendar_words import CALENDAR, history, status_words
from partners.feeds import AtomFeed
from stats.models import CANCELLED, CONFIRMED, DONE_DATE
from stats.reading import dates
from stats.reading.dates import CalendarEntry, ReleaseCalendar
from stats.revisions.citation import operator

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
