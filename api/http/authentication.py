"""Bearer tokens (RFC 6750) and scopes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from partners.credentials import Principal, authenticate
from partners.kinds import Scope

if TYPE_CHECKING:
    from rest_framework.views import APIView

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
        return principal, None

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401."""
        return 'Bearer realm="henvis"'


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
    """The principal of an authenticated request."""
    who: Principal = request.user  # type: ignore[assignment]
    return who
