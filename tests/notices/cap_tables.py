"""The tables of CAP 1.2 as data, and what of them a message breaks. Nothing here knows how our messages are made.

Source: OASIS Standard *Common Alerting Protocol Version 1.2*, 1 July 2010
(<http://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html>), sections 3.2.1 to 3.2.4, and 3.3.2 for moments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
# 3.3.2: the alphabetic time zone designator `Z` MUST NOT be used.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}")
# 3.2.1, of identifier and sender: no spaces, no commas, none of `<` and `&`.
IDENTIFIER = re.compile(r"[^\s,<&]+")
# 3.2.1: each earlier message as sender,identifier,sent, with a blank between two.
REFERENCES = re.compile(rf"[^\s,<&]+,[^\s,<&]+,{MOMENT.pattern}( [^\s,<&]+,[^\s,<&]+,{MOMENT.pattern})*")
# 3.2.4: pairs of latitude and longitude, the first of them at the end again; and one with a radius in kilometres.
PAIR, NUMBER = r"-?\d{1,2}(?:\.\d+)?,-?\d{1,3}(?:\.\d+)?", r"\d+(?:\.\d+)?"
POLYGON = re.compile(rf"(?P<first>{PAIR})(?: {PAIR}){{2,}} (?P=first)")
CIRCLE = re.compile(rf"{PAIR} {NUMBER}")
# 3.2.2: RFC 3066 codes of languages.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Rule:
    """An element of a table, in the order of its sequence: whether it must be there, may repeat, and what it may say."""

    name: str
    required: bool = False
    repeats: bool = False
    values: tuple[str, ...] = ()
    form: re.Pattern[str] | None = None
    has: str = ""


NAMED = (Rule("valueName", required=True), Rule("value", required=True))
TABLES: dict[str, tuple[Rule, ...]] = {
    # 3.2.1
    "alert": (
        Rule("identifier", required=True, form=IDENTIFIER),
        Rule("sender", required=True, form=IDENTIFIER),
        Rule("sent", required=True, form=MOMENT),
        Rule("status", required=True, values=("Actual", "Exercise", "System", "Test", "Draft")),
        Rule("msgType", required=True, values=("Alert", "Update", "Cancel", "Ack", "Error")),
        Rule("source"),
        Rule("scope", required=True, values=("Public", "Restricted", "Private")),
        Rule("restriction"),
        Rule("addresses"),
        Rule("code", repeats=True),
        Rule("note"),
        Rule("references", form=REFERENCES),
        Rule("incidents"),
        Rule("info", repeats=True, has="info"),
    ),
    # 3.2.2
    "info": (
        Rule("language", form=LANGUAGE),
        Rule(
            "category",
            required=True,
            repeats=True,
            values=(
                *("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra"),
                *("CBRNE", "Other"),
            ),
        ),
        Rule("event", required=True),
        Rule(
            "responseType",
            repeats=True,
            values=("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"),
        ),
        Rule("urgency", required=True, values=("Immediate", "Expected", "Future", "Past", "Unknown")),
        Rule("severity", required=True, values=("Extreme", "Severe", "Moderate", "Minor", "Unknown")),
        Rule("certainty", required=True, values=("Observed", "Likely", "Possible", "Unlikely", "Unknown")),
        Rule("audience"),
        Rule("eventCode", repeats=True, has="named"),
        Rule("effective", form=MOMENT),
        Rule("onset", form=MOMENT),
        Rule("expires", form=MOMENT),
        Rule("senderName"),
        Rule("headline"),
        Rule("description"),
        Rule("instruction"),
        Rule("web", form=re.compile(r"https?://\S+")),
        Rule("contact"),
        Rule("parameter", repeats=True, has="named"),
        Rule("resource", repeats=True, has="resource"),
        Rule("area", repeats=True, has="area"),
    ),
    # 3.2.3
    "resource": (
        Rule("resourceDesc", required=True),
        Rule("mimeType", required=True),
        Rule("size", form=re.compile(r"\d+")),
        Rule("uri"),
        Rule("derefUri"),
        Rule("digest"),
    ),
    # 3.2.4
    "area": (
        Rule("areaDesc", required=True),
        Rule("polygon", repeats=True, form=POLYGON),
        Rule("circle", repeats=True, form=CIRCLE),
        Rule("geocode", repeats=True, has="named"),
        Rule("altitude"),
        Rule("ceiling"),
    ),
    "named": NAMED,
}


def faults_of(content: bytes) -> list[str]:
    """What of the tables a message breaks, each with its place."""
    root = fromstring(content)
    if root.tag != f"{{{NAMESPACE}}}alert":
        return [f"root: {root.tag}"]
    return [*faults_in(root, "alert", "alert"), *conditions(root)]


def faults_in(element: Element, table: str, place: str) -> Iterator[str]:
    """What an element with others in it breaks."""
    rules = TABLES[table]
    if element.attrib or (element.text or "").strip() or any((each.tail or "").strip() for each in element):
        yield f"{place}: more than elements"
    names = [each.tag.removeprefix(f"{{{NAMESPACE}}}") for each in element]
    order = [rule.name for rule in rules]
    yield from (f"{place}/{name}: unknown" for name in names if name not in order)
    known = [order.index(name) for name in names if name in order]
    if known != sorted(known):
        yield f"{place}: order"
    for rule in rules:
        found = element.findall(f"{{{NAMESPACE}}}{rule.name}")
        if rule.required and not found:
            yield f"{place}/{rule.name}: missing"
        if len(found) > 1 and not rule.repeats:
            yield f"{place}/{rule.name}: repeated"
        for each in found:
            yield from faults_of_one(each, rule, f"{place}/{rule.name}")


def faults_of_one(element: Element, rule: Rule, place: str) -> Iterator[str]:
    """What one element breaks."""
    if rule.has:
        yield from faults_in(element, rule.has, place)
        return
    text = element.text or ""
    if not text.strip() or len(element):
        yield f"{place}: empty"
    if rule.values and text not in rule.values:
        yield f"{place}: value"
    if rule.form and not rule.form.fullmatch(text):
        yield f"{place}: form"


def conditions(root: Element) -> Iterator[str]:
    """What holds between elements: 3.2.1 of restriction, addresses and references; 3.2.2 of languages; 3.2.4 of heights."""

    def said(name: str) -> str:
        return root.findtext(f"{{{NAMESPACE}}}{name}", "")

    if said("scope") == "Restricted" and not said("restriction"):
        yield "alert/restriction: missing"
    if said("scope") == "Private" and not said("addresses"):
        yield "alert/addresses: missing"
    if said("msgType") in {"Update", "Cancel", "Ack", "Error"} and not said("references"):
        yield "alert/references: missing"
    languages = [each.findtext(f"{{{NAMESPACE}}}language", "en-US") for each in root.iter(f"{{{NAMESPACE}}}info")]
    if len(set(languages)) != len(languages):
        yield "alert/info: language repeated"
    # 3.2.4: a ceiling is one above an altitude.
    for area in root.iter(f"{{{NAMESPACE}}}area"):
        if area.find(f"{{{NAMESPACE}}}ceiling") is not None and area.find(f"{{{NAMESPACE}}}altitude") is None:
            yield "alert/info/area/altitude: missing"
