"""What RFC 4287 asks of a feed, and what of that a document breaks. Nothing here knows how our feeds are made.

Source: M. Nottingham, R. Sayre, *The Atom Syndication Format*, RFC 4287, December 2005. The sections stand beside the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# 3.3: RFC 3339 with an upper-case `T`, and `Z` or an offset.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})")
# 4.2.6: an IRI with its scheme.
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
FORMS = {"moment": MOMENT, "iri": IRI}


@dataclass(frozen=True)
class AtomRule:
    """How often an element may stand in another, and what it says: `text`, `moment`, `iri`, `link`, `person`, or anything."""

    least: int = 0
    most: int | None = 1
    says: str = ""


PERSONS = {"author": AtomRule(most=None, says="person"), "contributor": AtomRule(most=None, says="person")}
OF_BOTH = {
    **PERSONS,
    "category": AtomRule(most=None),
    "id": AtomRule(1, says="iri"),
    "link": AtomRule(most=None, says="link"),
    "rights": AtomRule(says="text"),
    "title": AtomRule(1, says="text"),
    "updated": AtomRule(1, says="moment"),
}
RULES: dict[str, dict[str, AtomRule]] = {
    # 4.1.1
    "feed": {
        **OF_BOTH,
        "generator": AtomRule(),
        "icon": AtomRule(says="iri"),
        "logo": AtomRule(says="iri"),
        "subtitle": AtomRule(says="text"),
        "entry": AtomRule(most=None),
    },
    # 4.1.2
    "entry": {
        **OF_BOTH,
        "content": AtomRule(),
        "published": AtomRule(says="moment"),
        "source": AtomRule(),
        "summary": AtomRule(says="text"),
    },
    # 3.2
    "person": {"name": AtomRule(1), "uri": AtomRule(says="iri"), "email": AtomRule()},
}


def faults_of(content: bytes) -> list[str]:
    """What of the rules a feed breaks, each with its place."""
    feed = fromstring(content)
    if feed.tag != f"{ATOM}feed":
        return [f"root: {feed.tag}"]
    entries = feed.findall(f"{ATOM}entry")
    faults = [*faults_in(feed, "feed", "feed"), *links_of(feed, "feed")]
    # 4.1.1: a feed has an author, unless all of its entries have one.
    if not feed.findall(f"{ATOM}author") and not all(each.findall(f"{ATOM}author") for each in entries):
        faults.append("feed/author: missing")
    # 4.1.1: it should say where it is itself.
    if not any(each.get("rel") == "self" for each in feed.findall(f"{ATOM}link")):
        faults.append("feed/link: no self")
    for entry in entries:
        faults += [*faults_in(entry, "entry", "entry"), *links_of(entry, "entry")]
        # 4.1.2: without content an entry leads to what it is of.
        kinds = {each.get("rel", "alternate") for each in entry.findall(f"{ATOM}link")}
        if entry.find(f"{ATOM}content") is None and "alternate" not in kinds:
            faults.append("entry/link: no alternate")
    # 4.1.1: of two entries with one id each was changed at a moment of its own. 4.2.6: an id is of one thing.
    pairs = Counter((each.findtext(f"{ATOM}id"), each.findtext(f"{ATOM}updated")) for each in entries)
    faults += ["entry/id: repeated" for number in pairs.values() if number > 1]
    if feed.findtext(f"{ATOM}id") in {each.findtext(f"{ATOM}id") for each in entries}:
        faults.append("feed/id: of an entry")
    return faults


def faults_in(element: Element, table: str, place: str) -> Iterator[str]:
    """What an element with others in it breaks."""
    names = Counter(each.tag.removeprefix(ATOM) for each in element)
    yield from (f"{place}/{name}: unknown" for name in names if name not in RULES[table])
    for name, rule in RULES[table].items():
        if names[name] < rule.least:
            yield f"{place}/{name}: missing"
        if rule.most is not None and names[name] > rule.most:
            yield f"{place}/{name}: repeated"
        for each in element.findall(f"{ATOM}{name}"):
            yield from faults_of_one(each, rule, f"{place}/{name}")


def faults_of_one(element: Element, rule: AtomRule, place: str) -> Iterator[str]:
    """What one element breaks."""
    text = element.text or ""
    if rule.says == "person":
        yield from faults_in(element, "person", place)
    if rule.says in FORMS and not FORMS[rule.says].fullmatch(text):
        yield f"{place}: form"
    # 4.2.7: a link has an address.
    if rule.says == "link" and not element.get("href"):
        yield f"{place}: no address"
    # 3.1: of text and of HTML no element stands in a text.
    if rule.says == "text" and element.get("type", "text") not in {"text", "html", "xhtml"}:
        yield f"{place}: type"
    if rule.says == "text" and element.get("type", "text") != "xhtml" and len(element):
        yield f"{place}: markup"


def links_of(element: Element, place: str) -> Iterator[str]:
    """4.1.1, 4.1.2: no two links to alternates of the same type and language."""
    of_kind = Counter(
        (each.get("type"), each.get("hreflang"))
        for each in element.findall(f"{ATOM}link")
        if each.get("rel", "alternate") == "alternate"
    )
    yield from (f"{place}/link: two alternates alike" for number in of_kind.values() if number > 1)
