"""Routes of the pages. They are read only: whatever else is tried is 405."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.docs import description, views


def route(address: str, view: Callable[..., HttpResponse]) -> URLPattern:
    """A page. Without cookies and forms there is nothing to forge, so that a 405 is not hidden behind a 403."""
    return path(address, csrf_exempt(require_safe(view)))


urlpatterns: list[URLPattern] = [
    route("openapi.json", description.openapi),
    route("docs/", views.start),
    route("docs/reference/", views.reference),
    route("docs/try/", views.attempt),
    route("problems/", views.problems),
    route("problems/<str:code>", views.problem),
]
