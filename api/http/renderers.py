"""JSON out, and which format an answer takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.http import HttpResponse
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.http.accept import best


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
