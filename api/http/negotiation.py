"""Which format and which language an answer takes, and JSON out (RFC 9110 §12.5).

Of types: by weight, then by how exactly one is named; a weight of 0 means never. Django reads the ranges. Its own choice forgets
those of weight 0, so that `text/csv;q=0, */*` would be given CSV. Danish or English: English where neither is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from core.text import Text

# What our types say of themselves. A parameter that contradicts it refuses the type; one that we do not know refuses nothing.
OURS = {"charset": "utf-8", "header": "present"}
MOST = 2048
Rank = tuple[float, int]
NEVER: Rank = (0.0, 0)


def best(header: str, types: Sequence[str]) -> str | None:
    """The type to answer with, of those offered (the service's favourite first), or None where none is accepted."""
    if not header.strip():
        return types[0]
    ranges = [MediaType(part) for part in header[:MOST].split(",")]
    ranks = {media_type: rank(MediaType(media_type), ranges) for media_type in types}
    favourite = max(types, key=lambda media_type: ranks[media_type])
    return favourite if ranks[favourite] > NEVER else None


def rank(types: MediaType, ranges: Iterable[MediaType]) -> Rank:
    """The weight that the most exact range gives to a type, and how exact that range is."""
    exactness, weight = max(
        ((each.specificity, each.quality) for each in ranges if covers(each, types)), default=(0, 0.0)
    )
    return (weight, exactness + 1) if weight else NEVER


def covers(each: MediaType, types: MediaType) -> bool:
    """Whether a range covers a type."""
    if any(OURS.get(name.lower(), value.lower()) != value.lower() for name, value in each.range_params.items()):
        return False
    if each.sub_type == "*":
        return each.main_type in {"*", types.main_type}
    return (each.main_type, each.sub_type) == (types.main_type, types.sub_type)


class JSONRenderer(BaseRenderer):
    """`application/json`, UTF-8, without blanks."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The value as bytes; None is no body."""
        return b"" if data is None else render_json(data)


def render_json(body: Any) -> bytes:
    return msgspec.json.encode(body)


def json_answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A body as an answer of Django's own: without a choice of forms the framework's rendering is work for nothing."""
    return HttpResponse(render_json(body), status=status, content_type=JSONRenderer.media_type, headers=headers)


class Negotiation(DefaultContentNegotiation):
    """By Accept. An Accept header that asks for nothing in particular takes the first renderer without parsing."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """The parser of the body's own media type; the framework would read a body of type `*/*` as well. None is 415."""
        media_type = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The renderer and its media type. Raises NotAcceptable (406)."""
        by_type = {renderer.media_type: renderer for renderer in reversed(list(renderers))}
        first, *_ = types = list(reversed(by_type))
        accept = request.META.get("HTTP_ACCEPT", "")
        renderer_class = first if accept in {"*/*", first} else best(accept, types)
        if renderer_class is None:
            raise NotAcceptable
        return by_type[renderer_class], renderer_class


class AnyNegotiation(Negotiation):
    """Whatever Accept says: the address names the form of a file (RFC 9110 §12.5.1 lets a server answer so)."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The first renderer. The view writes the answer itself."""
        first, *_ = renderers
        return first, first.media_type


class FormNegotiation(Negotiation):
    """By the parameter `format`, for people; else by Accept."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The renderer. A `format` that is none, or stands twice, is refused where the parameters are read."""
        form = request.query_params.get("format")
        choices = list(renderers)
        if form is None:
            return super().select_renderer(request, choices, format_suffix)
        match = next((renderer for renderer in choices if renderer.format == form), choices[0])
        return match, match.media_type


class FormatOnly(BaseRenderer):
    """A form that negotiation knows and the view writes itself. What goes wrong before is a problem, whatever was asked for."""

    media_type: str
    format: str
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Nothing: the view's answer is not the framework's."""
        return b""


class CsvOnly(FormatOnly):
    """`text/csv` (RFC 4180)."""

    media_type, format = "text/csv", "csv"


class NdjsonOnly(FormatOnly):
    """`application/x-ndjson`: one JSON object a line."""

    media_type, format = "application/x-ndjson", "ndjson"


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
