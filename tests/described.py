"""What the committed description says of an answer. Every answer that a test is given is held against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve


@cache
def document() -> dict[str, Any]:
    """openapi.json."""
    described: dict[str, Any] = json.loads((settings.BASE_DIR / "openapi.json").read_text())
    return described


def nodes(node: object) -> Iterator[dict[str, Any]]:
    """Every object of the document."""
    if isinstance(node, dict):
        yield node
        for member in node.values():
            yield from nodes(member)
    elif isinstance(node, list):
        for member in node:
            yield from nodes(member)


def operation(method: str, path: str) -> dict[str, Any] | None:
    """The operation of a request, if it is one of the API. HEAD is GET without a body."""
    try:
        route = resolve(path).route
    except Resolver404:
        return None
    template = "/" + route.replace("<str:", "{").replace(">", "}")
    found: dict[str, Any] | None = (
        document()["paths"].get(template, {}).get("get" if method == "HEAD" else method.lower())
    )
    return found


def shared(node: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to."""
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    found: dict[str, Any] = document()["components"][kind][name]
    return found


def hold(method: str, path: str, answer: HttpResponseBase) -> None:
    """Fail where the description does not know the answer's status, its media type, or a header that it promises is missing."""
    known = operation(method, path)
    if known is None:
        return
    asked = f"{method} {path.split('/')[1:4]}: {answer.status_code}"
    assert str(answer.status_code) in known["responses"], f"{asked} is not described"
    described = shared(known["responses"][str(answer.status_code)])
    media = answer.headers.get("Content-Type", "").partition(";")[0]
    has_content = bool(getattr(answer, "content", b"")) or answer.streaming
    # A part has the media type of the whole, and no content of its own to describe.
    if has_content and answer.status_code != 206:
        assert media in described.get("content", {}), f"{asked} {media} is not described"
    for name, header in described["headers"].items():
        assert name in answer.headers or not shared(header).get("required"), f"{asked} has no {name}"
