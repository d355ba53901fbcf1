"""From an exception to `application/problem+json` (RFC 9457). Nothing that was submitted is ever repeated.

`of_domain` and `DOMAIN` map what the domain refuses, `FRAMEWORK` what Django and DRF refuse; anything else is a 500 whose log
line has the exception's class and place, not its message.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import structlog
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, is_valid_path
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.request import Request

from api.http.language import language_of
from api.http.problem_catalogue import PROBLEMS
from cases import errors as domain
from partners.failures import is_outage, where_it_broke
from partners.people.gate import PEOPLE
from partners.people.pages.frame import broken, refused
from partners.text import Text

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger("henvis.problem")


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of `errors`. `place` is (pointer | parameter | header, its name)."""

    place: tuple[str, str]
    code: str
    detail: Text
    allowed: Sequence[str] = ()
    replaced_by: Sequence[str] = ()

    def render(self, language: str) -> dict[str, object]:
        """The row in one language."""
        row: dict[str, object] = {self.place[0]: self.place[1], "code": self.code, "detail": self.detail(language)}
        if self.allowed:
            row["allowed"] = list(self.allowed)
        if self.replaced_by:
            row["replaced_by"] = list(self.replaced_by)
        return row


class ProblemError(Exception):
    """Raised in the HTTP layer to answer with a problem of the catalogue."""

    def __init__(self, code: str, findings: Sequence[Finding] = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.findings = findings
        self.headers = dict(headers or {})


def body_finding(violation: domain.Violation) -> Finding:
    """A broken rule of the domain as a row of `errors`."""
    place = ("pointer", pointer(violation.field))
    return Finding(place, violation.code, violation.detail, violation.allowed, violation.replaced_by)


def pointer(*path: str | int) -> str:
    """A JSON pointer as a URI fragment (RFC 6901 §6)."""
    return "#" + "".join("/" + quote(str(part).replace("~", "~0").replace("/", "~1")) for part in path)


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


DOMAIN: dict[type[domain.DomainError], str] = {
    domain.Erased: "erased",
    domain.ConsentNeeded: "consent_needed",
    domain.ReferralsReported: "referrals_reported",
    domain.FirstVintage: "first_vintage",
}


def of_domain(error: domain.DomainError) -> ProblemError:
    """What the domain refuses, in HTTP's words."""
    match error:
        case domain.RulesBroken():
            return ProblemError("validation_failed", [body_finding(violation) for violation in error.violations])
        case domain.Stale():
            if not error.version:
                return ProblemError("nothing_to_match")
            return ProblemError("precondition_failed", headers={"ETag": etag(error.version)})
        case domain.PreconditionRequired():
            return ProblemError("precondition_required", headers={"ETag": etag(error.version)})
        case _:
            return ProblemError(DOMAIN.get(type(error), "not_found"))


FRAMEWORK: dict[type[Exception], str] = {
    exceptions.NotAuthenticated: "not_authenticated",
    exceptions.AuthenticationFailed: "not_authenticated",
    exceptions.PermissionDenied: "insufficient_scope",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.ParseError: "malformed_json",
    Http404: "not_found",
    PermissionDenied: "forbidden",
    RequestDataTooBig: "payload_too_large",
    SuspiciousOperation: "bad_request",
    BadRequest: "bad_request",
}


def to_problem(error: Exception) -> ProblemError:
    """The problem that an exception comes to."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, domain.DomainError):
        return of_domain(error)
    other = "unavailable" if is_outage(error) else "internal_error"
    code = next((code for kind, code in FRAMEWORK.items() if isinstance(error, kind)), other)
    if code in OURS:
        log.error("unhandled", **where_it_broke(error))
    return ProblemError(code, headers=framework_headers(error, code))


# What is not the caller's doing leaves a line with the class and the place.
OURS = frozenset({"internal_error", "unavailable"})


def framework_headers(error: Exception, code: str) -> dict[str, str]:
    """The headers that a status must carry."""
    if isinstance(error, exceptions.AuthenticationFailed):
        return {"WWW-Authenticate": 'Bearer realm="henvis", error="invalid_token"'}
    if code == "not_authenticated":
        return {"WWW-Authenticate": 'Bearer realm="henvis"'}
    if code == "insufficient_scope":
        return {"WWW-Authenticate": f'Bearer realm="henvis", error="insufficient_scope", scope="{error}"'}
    if code == "unavailable":
        return {"Retry-After": "5"}
    return {}


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """DRF's exception handler."""
    request: Request = context["request"]
    response = respond(request._request, to_problem(error))
    if isinstance(error, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def respond(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """The problem as a response, in the caller's language."""
    kind, language = PROBLEMS[problem.code], language_of(request)
    base = request.build_absolute_uri("/").rstrip("/") if has_host(request) else ""
    shown = body(problem, language, base, getattr(request, "request_id", ""))
    return HttpResponse(
        json.dumps(shown, ensure_ascii=False).encode(),
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers={**problem.headers, "Content-Language": language},
    )


def body(problem: ProblemError, language: str, base: str, request_id: str) -> dict[str, object]:
    """The members of a problem in one language. `base` is the address of the service, without a slash at its end."""
    kind = PROBLEMS[problem.code]
    members: dict[str, object] = {
        "type": f"{base}/problems/{kind.code}",
        "title": kind.title(language),
        "status": kind.status,
        "detail": kind.about(language),
        "instance": f"urn:uuid:{request_id}",
        "code": kind.code,
    }
    if problem.findings:
        members["errors"] = [finding.render(language) for finding in problem.findings]
    return members


def has_host(request: HttpRequest) -> bool:
    """Whether the Host header is one that we serve: the problem may be that it is not."""
    try:
        request.get_host()
    except SuspiciousOperation:
        return False
    return True


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusal of a request."""
    known = exception is not None and isinstance(exception, RequestDataTooBig)
    return respond(request, ProblemError("payload_too_large" if known else "bad_request"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token."""
    return turned_away(request, "forbidden", why="old_form")


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own denial."""
    return turned_away(request, "forbidden")


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No route leads here; whoever reads without a token is led to the address that has a slash more, or less."""
    if isinstance(exception, Resolver404) and (address := nearest(request)) is not None:
        return HttpResponsePermanentRedirect(address, preserve_request=True)
    return turned_away(request, "not_found")


def nearest(request: HttpRequest) -> str | None:
    """The address that differs in the slash at its end, where there is one. A program gets its address right, and is told."""
    path = request.path_info
    other = path[:-1] if path.endswith("/") else f"{path}/"
    if request.method not in {"GET", "HEAD"} or "Authorization" in request.headers or not is_valid_path(other):
        return None
    query = request.META.get("QUERY_STRING", "")
    return escape_uri_path(other) + (f"?{query}" if query else "")


def turned_away(request: HttpRequest, code: str, *, why: str | None = None) -> HttpResponse:
    """A problem; whoever has a session sees a page that says so (`why`: another key of its words)."""
    if request.path.startswith(PEOPLE) and hasattr(request, "user"):
        return refused(request, why=why or code, status=PROBLEMS[code].status)
    return respond(request, ProblemError(code))


def handler500(request: HttpRequest) -> HttpResponse:
    """An exception outside a DRF view: Django calls this while it is being handled."""
    error = sys.exception()
    problem = to_problem(error) if isinstance(error, Exception) else ProblemError("internal_error")
    if request.path.startswith(PEOPLE):
        return broken(request, why=problem.code, status=PROBLEMS[problem.code].status, headers=problem.headers)
    return respond(request, problem)
