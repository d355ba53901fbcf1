"""JSON out, and which format an answer takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class JSONRenderer(BaseRenderer):
    """`application/json`, UTF-8, without blanks."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The value as bytes; None is no body."""
        return b"" if data is None else json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


class Negotiation(DefaultContentNegotiation):
    """By Accept. An Accept header that asks for nothing in particular takes the first renderer without parsing."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """The parser of the body's own media type; the framework would read a body of type `*/*` as well. None is 415."""
        sent = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == sent), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The renderer and its media type. Raises NotAcceptable (406)."""
        first, *_ = renderers
        if request.META.get("HTTP_ACCEPT", "") in {"", "*/*", first.media_type}:
            return first, first.media_type
        chosen: tuple[Any, str] = super().select_renderer(request, renderers, format_suffix)
        return chosen
