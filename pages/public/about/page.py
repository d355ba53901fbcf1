"""A page of text: sections of sentences, lists, facts and links. What stands elsewhere is taken from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from core.text import Text
from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from stats.reading.wording import in_sentence
from stats.revisions.citation import operator

Link = tuple[Text, Callable[[str], str]]


@dataclass(frozen=True)
class PageFact:
    """A name and what is said of it. `address`: where it leads; empty where nowhere."""

    name: Text
    value: Text
    address: str = ""


@dataclass(frozen=True)
class TextSection:
    """A section under a heading: paragraphs, then items of a list, facts and links, each where there are any."""

    heading: Text
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    facts: tuple[PageFact, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class TextPage:
    """A page: its title, what it is about in a sentence, and its sections."""

    title: Text
    lead: Text
    sections: tuple[TextSection, ...]


def link_to(name: str, label: Text, **parts: str) -> Link:
    """A link to a page of ours, in the language of the reader."""
    return label, lambda language: address_of(name, language, **parts)


def same_in_both(text: str) -> Text:
    """What is the same in both languages: a name, a number, an address."""
    return Text(text, text)


def in_text(label: Text) -> Text:
    """A label within a sentence."""
    return Text(*map(in_sentence, label))


def publisher_in_sentence() -> Text:
    """Who publishes, within a sentence."""
    name = operator(settings.HENVIS_OPERATOR)
    return name if settings.HENVIS_OPERATOR else Text(*(f"{each[:1].lower()}{each[1:]}" for each in name))


def reachable(contact: str) -> str:
    """Where a contact leads: a mail, or a telephone number; empty for anything else."""
    if "@" in contact:
        return f"mailto:{contact}"
    digits = contact.replace(" ", "")
    return f"tel:{digits}" if digits.removeprefix("+").isdecimal() else ""


def view(name: str, make: Callable[[], TextPage]) -> Callable[..., HttpResponseBase]:
    """The view of a page of text."""

    def show(request: HttpRequest, language: str) -> HttpResponseBase:
        page = make()
        sections = [(each, [(text, address(language)) for text, address in each.links]) for each in page.sections]
        shown = repr([(text_of(each), links) for each, links in sections])
        context = {"page": page, "sections": sections}
        return answer_page(
            request, PageAddress(name, language), (repr(page.lead), shown), lambda: ("public/text.html", context)
        )

    return show


def text_of(section: TextSection) -> tuple[object, ...]:
    """What a section says, without its links."""
    return section.heading, section.paragraphs, section.items, section.facts
