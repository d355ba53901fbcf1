"""Bearer tokens (RFC 6750) and scopes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.http.problems import ProblemError
from api.http.request_headers import header_problem
from core.text import UUID_FORM, Text
from partners.credentials import Principal, authenticate
from partners.kinds import Scope
from partners.organisations.mandates import on_behalf

if TYPE_CHECKING:
    from rest_framework.views import APIView

ON_BEHALF_OF = "Henvis-On-Behalf-Of"
PARTNER_EXPECTED = Text("En organisations nummer, en UUID.", "The id of an organisation, a UUID.")
NOT_ON_BEHALF = Text("Det gøres ikke på vegne af andre.", "This is not done on behalf of others.")
BEARER = re.compile(r"^Bearer ([A-Za-z0-9\-._~+/]{1,200}=*)$", re.IGNORECASE)


class BearerAuthentication(BaseAuthentication):
    """Who the access token speaks for, looked up anew at each request, so that a revocation holds at once."""

    def authenticate(self, request: Request) -> tuple[Principal, None] | None:
        """The principal, or None where no Authorization header came. A bad token is refused even where none is needed."""
        header = request.META.get("HTTP_AUTHORIZATION")
        if header is None:
            return None
        match = BEARER.match(header)
        principal = authenticate(match[1]) if match else None
        if principal is None:
            raise exceptions.AuthenticationFailed
        request._request.henvis_mode = principal.mode  # type: ignore[attr-defined]
        return for_whom(request, principal), None

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401."""
        return 'Bearer realm="henvis"'


def for_whom(request: Request, who: Principal) -> Principal:
    """The caller, or as it acts for the partner that the header names.

    A view that can be asked so says `on_behalf`. Raises `ProblemError`: 400 where it does not, or where the header is no id; 403
    where the caller may not, whether or not there is such a partner.
    """
    header = request.META.get("HTTP_HENVIS_ON_BEHALF_OF")
    if header is None:
        return who
    if not getattr(request.parser_context.get("view"), "on_behalf", False):
        raise header_problem(ON_BEHALF_OF, "not_on_behalf", NOT_ON_BEHALF)
    if not UUID_FORM.fullmatch(header.strip().lower()):
        raise header_problem(ON_BEHALF_OF, "partner_expected", PARTNER_EXPECTED)
    other = on_behalf(who, UUID(header.strip()))
    if other is None:
        raise ProblemError("on_behalf_refused")
    return other


class HasScopes(BasePermission):
    """Whether the token has the scope that the view's method names in `scopes`; HEAD needs that of GET.

    A method that is not named needs a token only.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """True, or 401 without a token, or 403 naming the scope."""
        if request.user is None:
            raise exceptions.NotAuthenticated
        method = "GET" if request.method == "HEAD" else request.method
        scope: Scope | None = getattr(view, "scopes", {}).get(method)
        if scope is not None and scope not in principal(request).scopes:
            raise exceptions.PermissionDenied(scope)
        return True


def principal(request: Request) -> Principal:
    who: Principal = request.user  # type: ignore[assignment]
    return who
