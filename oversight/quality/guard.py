"""What each page of the quality room asks first: the right, and then the method."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

READS = ("GET", "HEAD")
PageView = Callable[Concatenate[Any, HttpRequest, ...], HttpResponse]


def require_right(request: HttpRequest, right: str) -> None:
    """Raise `PermissionDenied` where the user has not the right."""
    if not request.user.has_perm(right):
        raise PermissionDenied


def only_read(right: str) -> Callable[[PageView], PageView]:
    """Guard a page of a screen by a right. It answers 405 to who has the right and sends a form."""

    def guard(page: PageView) -> PageView:
        @wraps(page)
        def guard_page(screen: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_right(request, right)
            return page(screen, request, *args, **kwargs) if request.method in READS else HttpResponseNotAllowed(READS)

        return guard_page

    return guard
