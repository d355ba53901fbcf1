"""Addresses with a language in them. A page has one in Danish and one in English, and either leads to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.text import Text

LANGUAGES = Text._fields


def routes(name: str, address: Text, view: Callable[..., HttpResponseBase]) -> list[URLPattern]:
    """The routes of a page that is read. Without cookies and forms there is nothing to forge; anything but reading is 405."""
    return [
        path(
            f"{language}/{address(language)}",
            csrf_exempt(require_safe(view)),
            {"language": language},
            route(name, language),
        )
        for language in LANGUAGES
    ]


def route(name: str, language: str) -> str:
    """The name of a page's route in a language."""
    return f"{name}-{language}"


def address_of(name: str, language: str, **parts: Any) -> str:
    """Where a page is, in a language."""
    return reverse(route(name, language), kwargs=parts)


def language_of(request: HttpRequest) -> str:
    """The language of ours that the browser asks for first; Danish where it asks for none."""
    tags = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    languages = (tag.partition("-")[0] for tag, quality in tags if quality)
    return next((language for language in languages if language in LANGUAGES), "da")
