"""What the headers of a request ask: If-Match and If-None-Match (RFC 9110 §13), and Prefer (RFC 7240).

The former are read into what the domain calls a condition. Prefer says how a delivery is stored, when it is answered, and how much
is answered. A preference that is not known, or has a value that is not known, is passed over, as the RFC asks:
`Preference-Applied` names those that were honoured. None of them can store anything: that is `dry_run`'s, which is a parameter
and must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from rest_framework.request import Request

from api.http.problems import ProblemError, ProblemFinding
from cases.intake.models import Handling
from cases.versions import Condition
from core.text import Text

TAG = r'(?:W/)?"[\x21\x23-\x7e]*"'
TAG_LIST = re.compile(rf"\s*{TAG}(?:\s*,\s*{TAG})*\s*", re.ASCII)
EACH_TAG = re.compile(r'"[^"]*"')
# What a proxy makes of our tag when it packs the body: nginx marks it weak, Apache and Caddy name the coding in it.
PACKED = re.compile(r'(?:-(?:gzip|br|zstd|deflate))?"$')
OURS = re.compile(r'"([1-9]\d{0,8})"', re.ASCII)
TAGS_EXPECTED = Text('Enten * eller ETags i anførselstegn, som "3".', 'Either * or entity tags in quotes, like "3".')
STAR_EXPECTED = Text("Kun * bruges her.", "Only * is used here.")


def write_condition(request: HttpRequest) -> Condition:
    """The condition of a PUT or POST. Raises `ProblemError` 400 for a header that cannot be read."""
    match, none_match = request.META.get("HTTP_IF_MATCH"), request.META.get("HTTP_IF_NONE_MATCH")
    if none_match is not None and none_match.strip() != "*":
        raise header_problem("If-None-Match", "star_expected", STAR_EXPECTED)
    if match is None:
        return Condition(absent=none_match is not None)
    if match.strip() == "*":
        return Condition(anything=True, absent=none_match is not None)
    return Condition(versions=versions(match), absent=none_match is not None)


def versions(header: str) -> frozenset[int]:
    """The versions of a list of tags. One that is no version of ours matches nothing.

    RFC 9110 compares strongly here. A version number says which content is meant, whatever a proxy made of its bytes.
    """
    if not TAG_LIST.fullmatch(header):
        raise header_problem("If-Match", "entity_tag_expected", TAGS_EXPECTED)
    return frozenset(int(match[1]) for tag in tags(header) if (match := OURS.fullmatch(tag)))


def tags(header: str) -> list[str]:
    """The entity tags of a header as we gave them."""
    return [PACKED.sub('"', tag) for tag in EACH_TAG.findall(header)]


def is_unchanged(request: HttpRequest, tag: str) -> bool:
    """Whether a GET's If-None-Match names this strong tag (weak comparison, RFC 9110 §13.1.2)."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if header is None:
        return False
    return header.strip() == "*" or tag in tags(header)


def header_problem(header: str, code: str, detail: Text, etags: tuple[str, ...] = ()) -> ProblemError:
    """A 400 that names a header."""
    return ProblemError("invalid_header", [ProblemFinding(("header", header), code, detail, etags)])


LONGEST_PREFER = 2048
# What stands between commas; a comma in quotes is none.
EACH_PREFERENCE = re.compile(r'(?:[^,"]|"[^"]*")+')
# A name in any case, its value as a token or in quotes, and parameters that we have no use for.
PREFERENCE = re.compile(r'\s*([\w-]+)\s*(?:=\s*"?([\w-]*)"?\s*)?(?:;.*)?', re.ASCII)
ASYNC, MINIMAL = "respond-async", "return=minimal"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a caller prefers. `handling` is None where it does not say."""

    handling: Handling | None = None
    respond_async: bool = False
    is_minimal: bool = False

    def header(self, handling: str, *, in_background: bool) -> dict[str, str]:
        """The header that names what was honoured; empty where nothing was. `handling`: how the delivery is stored."""
        words = [f"handling={handling}"] if self.handling == handling else []
        words += [ASYNC] if self.respond_async and in_background else []
        words += [MINIMAL] if self.is_minimal else []
        return {"Preference-Applied": ", ".join(words)} if words else {}


def preferences_of(request: HttpRequest) -> Preferences:
    """What the header Prefer asks (RFC 7240). What is not known, or not well formed, asks nothing: it is no error."""
    header = request.META.get("HTTP_PREFER", "")[:LONGEST_PREFER]
    # Where a quotation mark is not closed, nobody knows what stands in it.
    values = preference_values(EACH_PREFERENCE.findall(header)) if header.count('"') % 2 == 0 else {}
    handling = values.get("handling")
    return Preferences(
        Handling(handling) if handling in list(Handling) else None,
        values.get(ASYNC) == "",
        values.get("return") == "minimal",
    )


def preference_values(texts: Iterable[str]) -> dict[str, str]:
    """The preferences by their names in small letters; of several with one name the first counts."""
    values: dict[str, str] = {}
    for text in texts:
        if match := PREFERENCE.fullmatch(text):
            values.setdefault(match[1].lower(), (match[2] or "").lower())
    return values


# RFC 7240 §2: preferences with commas between, parameters after semicolons, the value a token or quoted, names in any case.
RETURN_MINIMAL = re.compile(r'(?:^|,)\s*return\s*=\s*(?:minimal|"minimal")\s*(?:[,;]|$)', re.IGNORECASE)


def is_minimal(request: Request) -> bool:
    """Whether the caller does without the body of a write's answer."""
    return RETURN_MINIMAL.search(request.META.get("HTTP_PREFER", "")) is not None
