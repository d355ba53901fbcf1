"""If-Match and If-None-Match (RFC 9110 §13), read into what the domain calls a condition."""

from __future__ import annotations

import re

from django.http import HttpRequest

from api.http.problems import ProblemError, ProblemFinding
from cases.conditions import Condition
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
