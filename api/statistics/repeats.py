"""Public answers that are asked for again: given as they were while nothing has been published, withdrawn or corrected since.

Only what needs no token and says no purpose is kept, and only what was answered with 200. The key has all of a request that its
answer depends on. Whether somebody has the answer already is asked each time. As a layer, it spares the others behind it and the
view, whose headers are kept with the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch

from api.http.conditions import is_unchanged
from core.answers import Answers
from stats.reading.state import state

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
        whole_key = (*key, *state())
        earlier = REPEATS.find(whole_key)
        if earlier is not None:
            request.resolver_match = earlier.match
            return earlier.response(request)
        response = self.get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            kept = WholeAnswer(response.content, dict(response.items()), request.resolver_match)
            REPEATS.keep(whole_key, kept)
        return response


def key_of(request: HttpRequest) -> tuple[str, ...] | None:
    """All that the answer to a request depends on, or None where it is not to be kept."""
    meta = request.META
    if not request.path.startswith(OPEN) or request.method not in {"GET", "HEAD"} or OF_CALLERS & meta.keys():
        return None
    key = (request.scheme or "", *[meta.get(name, "") for name in OF_ANSWERS])
    return key if sum(map(len, key)) <= LONGEST else None
