"""The words of the release calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.text import Text
from stats.choices import DATE_STATUSES
from stats.reading.dates import CalendarEntry, DateNotice

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
