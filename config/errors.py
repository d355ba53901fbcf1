"""What Django answers with where no view does: a page for people, a problem for machines.

`config.urls` and the settings name these.
"""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, is_valid_path
from django.utils.encoding import escape_uri_path

from api.counts.answers import names_no_form, unknown_form
from api.http.problem_catalogue import PROBLEMS
from api.http.problems import ProblemError, problem_of, respond
from pages.base.frame import failure, wants_page
from partners.people.gate import PEOPLE
from partners.people.pages.frame import failure_page, refusal_page


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django refuses to read the request."""
    too_large = isinstance(exception, RequestDataTooBig)
    return respond(request, ProblemError("payload_too_large" if too_large else "bad_request"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token, or with an old one."""
    return refuse(request, "forbidden", words="old_form")


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may not see the page."""
    return refuse(request, "forbidden")


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No route has this address. Where one differs by a slash at its end, whoever reads without a token is led there."""
    if isinstance(exception, Resolver404) and (address := nearest(request)) is not None:
        return HttpResponsePermanentRedirect(address, preserve_request=True)
    if names_no_form(request.path_info) and not wants_page(request):
        return respond(request, unknown_form())
    return refuse(request, "not_found")


def handler500(request: HttpRequest) -> HttpResponse:
    """An exception left a view that is not DRF's. Django calls this while it handles the exception."""
    error = sys.exception()
    problem = problem_of(error) if isinstance(error, Exception) else ProblemError("internal_error")
    if request.path.startswith(PEOPLE):
        return failure_page(request, why=problem.code, status=PROBLEMS[problem.code].status, headers=problem.headers)
    if wants_page(request):
        return failure(request, PROBLEMS[problem.code].status, problem.headers)
    return respond(request, problem)


def nearest(request: HttpRequest) -> str | None:
    """The address that differs by the slash at its end, where there is one. A program with a token has to get its address right."""
    path = request.path_info
    other = path[:-1] if path.endswith("/") else f"{path}/"
    if request.method not in {"GET", "HEAD"} or "Authorization" in request.headers or not is_valid_path(other):
        return None
    query = request.META.get("QUERY_STRING", "")
    return escape_uri_path(other) + (f"?{query}" if query else "")


def refuse(request: HttpRequest, code: str, *, words: str = "") -> HttpResponse:
    """A page for whoever has a session, which may have words of its own, or comes with a browser; a problem for programs."""
    if request.path.startswith(PEOPLE) and hasattr(request, "user"):
        return refusal_page(request, why=words or code, status=PROBLEMS[code].status)
    if wants_page(request):
        return failure(request, PROBLEMS[code].status)
    return respond(request, ProblemError(code))
