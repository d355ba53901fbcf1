"""Answers about what never changes: with a tag, 304 for who has it, and figures kept in this process while there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http.bodies import Body
from api.http.conditions import is_unchanged
from api.http.problems import ProblemError, ProblemFinding
from api.openapi.headers import CONTENT_LANGUAGE, SHARED
from api.openapi.parts import JSON, Answer
from cases.errors import NotFound
from core.answers import ANSWERS, Key, tag_of
from stats.errors import QueryRefused
from stats.reading.entries import CatalogueEntry
from stats.reading.query import LATEST

IN_A_LANGUAGE = (*SHARED, CONTENT_LANGUAGE)
UNCHANGED_IN_A_LANGUAGE = Answer(304, "You have it.", headers=IN_A_LANGUAGE, key="Unchanged.language")


def answer_content(
    request: Request,
    key: Key,
    make: Callable[[], bytes],
    file: str,
    content_type: str = JSON,
    language: str | None = None,
) -> HttpResponse:
    """The content that is a function of a key, made where it is not kept. `file` is what it is called when it is saved."""
    headers = {"ETag": tag_of(key), **({"Content-Language": language} if language else {})}
    if is_unchanged(request, headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    content = ANSWERS.get(key, make)
    headers["Content-Disposition"] = f'inline; filename="{file}"'
    return HttpResponse(content, content_type=content_type, headers=headers)


def answer_body(request: Request, name: str, releases: Iterable[CatalogueEntry], make: Callable[[], Body]) -> Response:
    """What is answered of some releases, or 304. Its tag is a function of which they are, of no figure."""
    tag = tag_of((name, *(release.key for release in releases)))
    if is_unchanged(request, tag):
        return Response(None, 304, headers={"ETag": tag})
    return Response(make(), headers={"ETag": tag})


def refusal(error: QueryRefused) -> ProblemError:
    return ProblemError(
        "invalid_parameter",
        [ProblemFinding(("parameter", v.field), v.code, v.detail, v.allowed) for v in error.violations],
    )


def no_release(name: str) -> Exception:
    """What to raise where a name is the id of no release that the caller may read."""
    return ProblemError("latest_of_many") if name == LATEST else NotFound()
