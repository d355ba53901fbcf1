"""From an exception to `application/problem+json` (RFC 9457). Nothing that was submitted is ever repeated.

`domain_problem` and `DOMAIN` map what the domain refuses, `FRAMEWORK` what Django and DRF refuse; anything else is a 500 whose log
line has the exception's class and place, not its message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from msgspec import UNSET, Meta, UnsetType
from rest_framework import exceptions
from rest_framework.request import Request

from api.http.bodies import FURTHER, Body, Schema, Uri, about, schema, value
from api.http.negotiation import language_of
from api.http.problem_catalogue import PROBLEMS
from cases import errors as domain
from core.failures import is_outage, where_it_broke
from core.text import Text
from stats.errors import ReleaseGone

MEDIA_TYPE = "application/problem+json"
MEDIA_TYPE_EXPECTED = Text("En af medietyperne i allowed.", "One of the media types in allowed.")
log = structlog.get_logger("henvis.problem")


def problem_codes() -> Schema:
    return {"type": "string", "description": "All of them, why and what to do: /problems/", "enum": list(PROBLEMS)}


ProblemCode = Annotated[str, value("ProblemCode", problem_codes)]


class FindingBody(Body, kw_only=True):
    """One thing that is wrong, and where."""

    pointer: Annotated[str, about("Where in the body, as the fragment of a JSON pointer: `#/gender`.")] | UnsetType = (
        UNSET
    )
    parameter: (
        Annotated[str, about("Which parameter of the path or the query; `?` for one that no address of ours has.")]
        | UnsetType
    ) = UNSET
    header: Annotated[str, about("Which request header.")] | UnsetType = UNSET
    cell: (
        Annotated[str, about("Where in a file: a cell (`F12`), a column (`F`), a line (`12`), all of it (`*`).")]
        | UnsetType
    ) = UNSET
    code: Annotated[str, about("Stable, whatever the language. All of them: /problems/")]
    detail: Annotated[str, about("For people, in Danish or English.")]
    allowed: (
        Annotated[list[str], about("All that would have been accepted; absent where that is no list.")] | UnsetType
    ) = UNSET
    replaced_by: (
        Annotated[list[str], about("Of a retired code, or a withdrawn notice: what holds instead.")] | UnsetType
    ) = UNSET
    suggestion: Annotated[str, about("What was meant.")] | UnsetType = UNSET
    field: str | UnsetType = UNSET
    column: str | UnsetType = UNSET
    index: (
        Annotated[int, schema(format_="int32"), about("The row of JSON, or the entry of an object, from 0.")]
        | UnsetType
    ) = UNSET


FURTHER["Finding"] = {"oneOf": [{"required": [place]} for place in ("pointer", "parameter", "header", "cell")]}


class ProblemBody(Body, kw_only=True):
    """What went wrong (RFC 9457). Branch on `code`. No value that was sent is ever repeated."""

    type: Annotated[str, schema(format_="uri-reference"), about("A page that says why and what to do.")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599), schema(format_="int32")]
    detail: str
    instance: Annotated[Uri, about("This very answer: quote it when you ask us.")]
    code: ProblemCode
    errors: Annotated[list[FindingBody], about("One row for each thing that is wrong.")] | UnsetType = UNSET
    total: (
        Annotated[int, schema(format_="int32"), about("How many things are wrong, where `errors` has the first alone.")]
        | UnsetType
    ) = UNSET


@dataclass(frozen=True, slots=True)
class ProblemFinding:
    """One row of `errors`. `place` is (pointer | parameter | header | cell, its name).

    `field` and `column`: a member of a row and its plain name, where a file is meant. `index`: a row of JSON, or an entry.
    """

    place: tuple[str, str]
    code: str
    detail: Text
    allowed: Sequence[str] = ()
    replaced_by: Sequence[str] = ()
    suggestion: str | None = None
    field: str | None = None
    column: Text | None = None
    index: int | None = None

    def body(self, language: str) -> FindingBody:
        return FindingBody(
            code=self.code,
            detail=self.detail(language),
            allowed=list(self.allowed) or UNSET,
            replaced_by=list(self.replaced_by) or UNSET,
            suggestion=self.suggestion or UNSET,
            field=self.field or UNSET,
            column=self.column(language) if self.column else UNSET,
            index=UNSET if self.index is None else self.index,
            **{self.place[0]: self.place[1]},
        )


class ProblemError(Exception):
    """Raised in the HTTP layer to answer with a problem of the catalogue."""

    def __init__(
        self,
        code: str,
        findings: Sequence[ProblemFinding] = (),
        headers: Mapping[str, str] | None = None,
        *,
        total: int | None = None,
    ) -> None:
        """Name the problem. `total`: how many things are wrong, where not all are among the findings."""
        super().__init__(code)
        self.code = code
        self.findings = findings
        self.headers = dict(headers or {})
        self.total = len(findings) if total is None else total


def body_finding(violation: domain.Violation) -> ProblemFinding:
    """A broken rule of the domain as a row of `errors`."""
    place = ("pointer", pointer(violation.field))
    return ProblemFinding(place, violation.code, violation.detail, violation.allowed, violation.replaced_by)


def pointer(*path: str | int) -> str:
    """A JSON pointer as a URI fragment (RFC 6901 §6)."""
    return "#" + "".join("/" + quote(str(part).replace("~", "~0").replace("/", "~1")) for part in path)


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


DOMAIN: dict[type[domain.DomainError], str] = {
    domain.Erased: "erased",
    domain.ConsentNeeded: "consent_needed",
    domain.NotInTestMode: "test_mode_only",
    domain.AgreementMissing: "agreement_missing",
    domain.OnBehalfRefused: "on_behalf_refused",
    domain.ReturnEnded: "return_ended",
    domain.AddressTakenDown: "address_taken_down",
    domain.FirstVintage: "first_vintage",
}


def domain_problem(error: domain.DomainError) -> ProblemError:
    """What the domain refuses, in HTTP's words."""
    match error:
        case domain.RulesBroken():
            return ProblemError("validation_failed", [body_finding(violation) for violation in error.violations])
        case domain.Stale():
            if not error.version:
                return ProblemError("nothing_to_match")
            return ProblemError("precondition_failed", headers={"ETag": etag(error.version)})
        case domain.RestrictionHolds():
            return ProblemError("restricted", headers={"ETag": etag(error.version)} if error.version else {})
        case domain.PreconditionRequired():
            return ProblemError("precondition_required", headers={"ETag": etag(error.version)})
        case ReleaseGone():
            finding = ProblemFinding(("parameter", error.parameter), "release_gone", error.words)
            return ProblemError("release_withdrawn", [finding])
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


def problem_of(error: Exception) -> ProblemError:
    """The problem that an exception comes to."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, domain.DomainError):
        return domain_problem(error)
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
    request: Request = context["request"]
    problem = (
        media_type_problem(context["view"]) if isinstance(error, exceptions.UnsupportedMediaType) else problem_of(error)
    )
    response = respond(request._request, problem)
    if isinstance(error, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def media_type_problem(view: Any) -> ProblemError:
    """The 415 of a view: it names the media types of its bodies, in the header Accept as well (RFC 9110 §15.5.16).

    `media_types` of a view are those of the bodies that it reads itself; of any other its parsers know them.
    """
    types = getattr(view, "media_types", None) or tuple(parser.media_type for parser in view.get_parsers())
    finding = ProblemFinding(("header", "Content-Type"), "media_type_expected", MEDIA_TYPE_EXPECTED, types)
    return ProblemError("unsupported_media_type", [finding], {"Accept": ", ".join(types)})


def respond(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """The problem as a response, in the caller's language."""
    kind, language = PROBLEMS[problem.code], language_of(request)
    base = request.build_absolute_uri("/").rstrip("/") if has_host(request) else ""
    content = body(problem, language, base, getattr(request, "request_id", ""))
    return HttpResponse(
        msgspec.json.encode(content),
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers={**problem.headers, "Content-Language": language},
    )


def body(problem: ProblemError, language: str, base: str, request_id: str) -> ProblemBody:
    """A problem in one language. `base` is the address of the service, without a slash at its end."""
    kind = PROBLEMS[problem.code]
    return ProblemBody(
        type=f"{base}/problems/{kind.code}",
        title=kind.title(language),
        status=kind.status,
        detail=kind.about(language),
        instance=f"urn:uuid:{request_id}",
        code=kind.code,
        errors=[finding.body(language) for finding in problem.findings] or UNSET,
        total=problem.total if problem.total > len(problem.findings) else UNSET,
    )


def has_host(request: HttpRequest) -> bool:
    """Whether the Host header is one that we serve, with a port of ours or the one that this process listens on.

    The problem may be that it is not.
    """
    try:
        _, port = split_domain_port(request.get_host())
    except SuspiciousOperation:
        return False
    return settings.HENVIS_PORTS is None or port in {*settings.HENVIS_PORTS, request.META.get("SERVER_PORT")}
