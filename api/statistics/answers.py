"""Answers about what never changes: with a tag, 304 for who has it, and figures kept in this process while there is room.

Public ones that are asked for again are given as they were while nothing has been published, withdrawn or corrected since. Only
what needs no token and says no purpose is kept, and only what was answered with 200. The key has all of a request that its answer
depends on. Whether somebody has the answer already is asked each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch, resolve
from rest_framework.request import Request
from rest_framework.response import Response

from api.http.bodies import Body
from api.http.problems import ProblemError, ProblemFinding
from api.http.request_headers import is_unchanged
from api.openapi.headers import CONTENT_LANGUAGE, SHARED
from api.openapi.parts import JSON, Answer
from cases.errors import NotFound
from core.answers import ANSWERS, Answers, Key, tag_of
from stats.errors import QueryRefused
from stats.reading.catalogue import public_state
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


# What tells a caller from another. Who sends one of them is not answered from what is kept.
OF_CALLERS = frozenset({"HTTP_AUTHORIZATION", "HTTP_HENVIS_PURPOSE"})
# What an answer depends on beside its scheme. Who follows an address in a browser is led to a page.
OF_ANSWERS = ("HTTP_HOST", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_SEC_FETCH_DEST")
# Where the views are that need no token (`api.statistics.audiences.OpenView`), and no others.
OPEN = ("/api/v1/statistics", "/api/v1/releases")
LONGEST = 2048  # of a request's key in characters: of what is longer nothing is kept
OVERHEAD = 2048  # what an answer takes beside its content, in bytes at most
NOT_IN_304 = frozenset({"Content-Disposition", "Content-Type", "Content-Length"})


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An answer with its headers, and the route for the log."""

    content: bytes
    headers: Mapping[str, str]
    match: ResolverMatch | None

    def __len__(self) -> int:
        return len(self.content) + OVERHEAD

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer, or 304 for who has it."""
        if is_unchanged(request, self.headers.get("ETag", "")):
            return HttpResponse(
                status=304, headers={name: text for name, text in self.headers.items() if name not in NOT_IN_304}
            )
        return HttpResponse(self.content, headers=dict(self.headers))


REPEATS: Answers[WholeAnswer] = Answers(16 * 1024 * 1024)


class Repeats:
    """The layer behind those that a request of anybody must pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer that was given to the same request in this state, or a new one. One statement where it is kept."""
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        try:
            whole_key = (*key, *public_state())
        except Error:
            # The log names the route of what failed, and an address that is none stays 404.
            request.resolver_match = resolve(request.path_info)
            raise
        earlier = REPEATS.find(whole_key)
        if earlier is not None:
            request.resolver_match = earlier.match
            return earlier.response(request)
        response = self.get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            answer = WholeAnswer(response.content, dict(response.items()), request.resolver_match)
            REPEATS.keep(whole_key, answer)
        return response


def key_of(request: HttpRequest) -> tuple[str, ...] | None:
    """All that the answer to a request depends on, or None where it is not to be kept."""
    meta = request.META
    if not request.path.startswith(OPEN) or request.method not in {"GET", "HEAD"} or OF_CALLERS & meta.keys():
        return None
    key = (request.scheme or "", *[meta.get(name, "") for name in OF_ANSWERS])
    return key if sum(map(len, key)) <= LONGEST else None
