"""For whom a request reads statistics, and the headers by which an answer for everybody may be shared.

Anybody may keep a public answer for five minutes, and a page of any site may read it. Neither holds for what needs a token.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.http.negotiation import LANGUAGES, language_of
from api.http.problems import ProblemError
from api.http.public import CROSS_ORIGIN, PREFLIGHT
from api.http.request_headers import header_problem
from core.text import Text
from partners.audit import Actor
from partners.kinds import Mode, Scope
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.reading.datasets import LADDER, audiences_up_to
from stats.reading.exact_figures import Purpose

SCOPES = {EXACT: Scope.STATISTICS_EXACT, AUTHORITY: Scope.STATISTICS_AUTHORITY}
PURPOSE_HEADER = "Henvis-Purpose"
PURPOSE_EXPECTED = Text(
    "Hvad de nøjagtige tal skal bruges til; det bliver logget.", "What the exact figures are for; it is logged."
)
KEPT, PRIVATE = "public, max-age=300", "private, no-store"


def widest_audience(request: Request) -> str:
    """The widest audience that the caller may read for.

    Test-mode credentials are held by developers and never widen the audience.
    """
    if request.user is None or principal(request).mode == Mode.TEST:
        return PUBLIC
    return next((audience for audience, scope in SCOPES.items() if scope in principal(request).scopes), PUBLIC)


def audience_of(request: Request, most: str, scope_texts: str | None) -> str:
    """The audience that is asked for, or `most`. Raises `ProblemError` 400, and 401 or 403 where it is wider than that."""
    if scope_texts is None or scope_texts in audiences_up_to(most):
        return scope_texts or most
    if scope_texts not in LADDER:
        raise parameters.value_problem("audience", LADDER)
    if request.user is None:
        raise NotAuthenticated
    if principal(request).mode == Mode.TEST:
        raise ProblemError("forbidden")
    raise PermissionDenied(SCOPES[scope_texts])


def required_purpose(request: Request) -> Purpose:
    """The purpose in the header. Raises `ProblemError` 400."""
    purpose = optional_purpose(request)
    if purpose is None:
        raise header_problem(PURPOSE_HEADER, "purpose_expected", PURPOSE_EXPECTED, tuple(Purpose))
    return purpose


def optional_purpose(request: Request) -> Purpose | None:
    """The purpose, where the header is there. An invalid one is rejected even where none is required: `ProblemError` 400."""
    purpose = request.META.get("HTTP_HENVIS_PURPOSE")
    if purpose is None:
        return None
    if purpose not in Purpose:
        raise header_problem(PURPOSE_HEADER, "purpose_expected", PURPOSE_EXPECTED, tuple(Purpose))
    return Purpose(purpose)


def reader(request: Request) -> Actor:
    """Who reads exact figures, for the log."""
    return Actor(client_id=principal(request).client_pk)


class OpenView(APIView):
    """A view that needs no token and answers more to a caller with one. `audience` is that of the answer."""

    permission_classes = ()
    audience = EXACT
    page = ""  # the route of the page of the same, without its language; the parts of its address lack `_id`

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead somebody who follows an address in a browser to the page. Programs are answered here, and so is who names a form."""
        is_person = request.method in SAFE_METHODS and request.META.get("HTTP_SEC_FETCH_DEST") == "document"
        if self.page and is_person and "format" not in request.GET:
            parts = {name.removesuffix("_id"): text for name, text in kwargs.items()}
            query = request.GET.copy()
            choice = "".join(query.pop("lang", []))
            address = reverse(f"{self.page}-{choice if choice in LANGUAGES else language_of(request)}", kwargs=parts)
            return HttpResponseRedirect(f"{address}?{query.urlencode(safe=',')}".rstrip("?"))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the audience before the view runs."""
        super().initial(request, *args, **kwargs)
        self.audience = widest_audience(request)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Answer the preflight: a browser asks it before it lets a page of another site read this."""
        return Response(headers={"Allow": ", ".join(self.allowed_methods), "Cache-Control": "no-store", **PREFLIGHT})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Say who may keep the answer, and which pages may read it."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self.audience != PUBLIC and "HTTP_AUTHORIZATION" in request.META:
            answer["Cache-Control"] = PRIVATE
            return answer
        answer.headers.setdefault("Cache-Control", KEPT)
        for name, value in CROSS_ORIGIN.items():
            answer[name] = value
        return answer
