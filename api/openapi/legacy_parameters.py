"""Request headers, as components."""

from __future__ import annotations

from api.openapi.words import Schema

TEXT: Schema = {"type": "string"}


def header(name: str, about: str, schema: Schema) -> Schema:
    return {"name": name, "in": "header", "description": about, "schema": schema}


def components() -> dict[str, Schema]:
    """All of them by the name that the table of operations uses."""
    return {
        "If-None-Match-read": header("If-None-Match", "The ETag that you have: 304 while it is current.", TEXT),
        "Accept-Language": header("Accept-Language", "The language of texts: `da` or `en`.", TEXT),
    }
