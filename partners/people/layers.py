"""Django's layers for pages with a session, passed through where there is none: they cost an API request 0.1 ms."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import deactivate

from partners.people.gate import PEOPLE


class ForAdmin:
    """Mixed in before a layer: only the pages of people go through it."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The layer's answer, or the next layer's."""
        if request.path.startswith(PEOPLE):
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[misc]
        else:
            answer = self.get_response(request)
        return answer


class Session(ForAdmin, SessionMiddleware):
    """Sessions of people."""


class Locale(ForAdmin, LocaleMiddleware):
    """The language of these pages, and of nothing that the same thread answers next; the API chooses by `api.http.language`."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The next layer's answer, in the reader's language."""
        try:
            return super().__call__(request)
        finally:
            deactivate()


class Authentication(ForAdmin, AuthenticationMiddleware):
    """Who the person is."""


class Message(ForAdmin, MessageMiddleware):
    """Messages between pages."""
