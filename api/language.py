"""Danish or English, by Accept-Language; English where neither is asked for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = ("da", "en")


def language_of(request: HttpRequest) -> str:
    """The language of the answer."""
    for tag, quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        if quality and (language := tag.partition("-")[0]) in LANGUAGES:
            return language
    return "en"
