"""A notice as a message of CAP 1.2: one alert, with an info for each published language.

Each text that is published makes a new message, which updates those before it. A withdrawal makes the last one, which cancels them
and has no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.conf import settings

from cases.codelists import NOTICE_AUDIENCE, NOTICE_SUBJECT, REGION
from cases.invented import MARK, is_invented
from cases.months import COPENHAGEN
from core.text import Text
from notices.reading import PublishedNotice, PublishedText, page_address

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml"
COUNTRY = Text("Danmark", "Denmark")
# What codes are called by those who read them: regions of Denmark are NUTS 2.
NUTS, ISO_COUNTRY, SUBJECT, SMS = "NUTS2", "ISO3166-1", "henvis:notice_subject", "henvis:sms"


def sender() -> str:
    """Who sends: the domain of the service, which nobody else has."""
    return urlsplit(settings.HENVIS_ADDRESS).hostname or ""


def moment(at: datetime) -> str:
    """A moment as CAP writes it: to the second, with its offset and never with a `Z`."""
    return at.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def identifier(notice: PublishedNotice, message: int) -> str:
    """What a message of a notice is called."""
    return f"notice-{notice.id}-{message}"


def sent_messages(notice: PublishedNotice) -> list[tuple[str, datetime]]:
    """Every message of a notice with its moment, the first one in front."""
    moments = [*notice.messages, *([notice.withdrawn_at] if notice.withdrawn_at else [])]
    return [(identifier(notice, number), at) for number, at in enumerate(moments, start=1)]


def references(notice: PublishedNotice, replaced_notice: PublishedNotice | None) -> str:
    """The messages that this one updates or cancels: those before it, of its notice and of the one in whose place that came."""
    *own, (_, sent_at) = sent_messages(notice)
    of_other = sent_messages(replaced_notice) if replaced_notice else []
    earlier = [*((name, at) for name, at in of_other if at < sent_at), *own]
    return " ".join(f"{sender()},{name},{moment(at)}" for name, at in earlier)


def message(notice: PublishedNotice, replaced_notice: PublishedNotice | None = None) -> bytes:
    """The current message. `replaced_notice`: the notice in whose place this one came, if any."""
    name, sent_at = sent_messages(notice)[-1]
    root = Element("alert", xmlns=NAMESPACE)
    earlier = references(notice, replaced_notice)
    kind, invented = "Cancel" if notice.withdrawn_at else "Update" if earlier else "Alert", is_invented()
    for tag, value in (
        ("identifier", name),
        ("sender", sender()),
        ("sent", moment(sent_at)),
        # A database of invented records alarms nobody.
        ("status", "Test" if invented else "Actual"),
        ("msgType", kind),
        ("scope", "Public"),
        ("note", " ".join(MARK) if invented else ""),
        ("references", earlier),
        ("incidents", notice.crisis),
    ):
        add(root, tag, value)
    # What was withdrawn may have been wrong, or have told too much: a message that cancels it repeats none of it.
    for text in () if notice.withdrawn_at else notice.texts.values():
        add_info(root, notice, text)
    indent(root, " ")
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def add(parent: Element, tag: str, value: str) -> None:
    """An element with a text; none where the text is empty."""
    if value:
        SubElement(parent, tag).text = value


def add_named(parent: Element, tag: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Elements that have a name and a value."""
    for name, value in pairs:
        element = SubElement(parent, tag)
        add(element, "valueName", name)
        add(element, "value", value)


def add_info(root: Element, notice: PublishedNotice, text: PublishedText) -> None:
    """The notice in a language. Words that are not its text are Danish, or English."""
    language = "da" if text.language == "da" else "en"
    info = SubElement(root, "info")
    for tag, value in (
        ("language", text.language),
        ("category", "Health"),
        ("event", NOTICE_SUBJECT.by_code[notice.subject].label(language)),
        ("urgency", notice.urgency),
        ("severity", notice.severity),
        ("certainty", notice.certainty),
        ("audience", NOTICE_AUDIENCE.by_code[notice.audience].label(language)),
    ):
        add(info, tag, value)
    add_named(info, "eventCode", [(SUBJECT, notice.subject)])
    for tag, value in (
        ("effective", moment(notice.valid_from)),
        ("expires", moment(notice.valid_to)),
        ("senderName", notice.issuer(language)),
        ("headline", text.title),
        ("description", text.text),
        ("web", page_address(notice.id, text.language, language)),
        ("contact", ", ".join(settings.HENVIS_HELP_NUMBERS)),
    ):
        add(info, tag, value)
    add_named(info, "parameter", [(SMS, text.sms)])
    for words, code in areas(notice):
        area = SubElement(info, "area")
        add(area, "areaDesc", words(language))
        add_named(area, "geocode", [code])


def areas(notice: PublishedNotice) -> Iterator[tuple[Text, tuple[str, str]]]:
    """Where a notice holds: its regions, or the country."""
    if not notice.regions:
        yield COUNTRY, (ISO_COUNTRY, "DK")
    for code in notice.regions:
        yield REGION.by_code[code].label, (NUTS, code)
