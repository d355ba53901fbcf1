"""Danish or English, by Accept-Language (RFC 9110 §12.5.4); English where neither is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from core.text import Text

LANGUAGES = Text._fields
DEFAULT = "en"
# A weight has three decimals at most: what is not mentioned comes after all that is, and before what is never wanted.
UNSAID, REFUSED = 0.0001, 0.0


def language_of(request: HttpRequest) -> str:
    tags = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return max((DEFAULT, *LANGUAGES), key=lambda language: weight(language, tags))


def weight(language: str, tags: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How much a language is wanted, and how early it is named. The ranges that name it (`da`, `da-DK`) go before `*`."""
    matches = [(quality, -place) for place, (tag, quality) in enumerate(tags) if tag.partition("-")[0] == language]
    others = [(quality, -len(tags)) for tag, quality in tags if tag == "*"]
    quality, place = max(matches or others, default=(UNSAID, 0))
    return (quality, place) if quality else (REFUSED, 0)
