"""Django's middleware for pages with a session. API requests pass it by, which saves each 0.1 ms."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import deactivate

from partners.people.gate import PEOPLE


class ForPeople:
    """Mixed in before a middleware: only the pages of people go through it."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of this middleware, or of the next."""
        if request.path.startswith(PEOPLE):
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[misc]
        else:
            answer = self.get_response(request)
        return answer


class Session(ForPeople, SessionMiddleware):
    """Sessions of people."""


class Locale(ForPeople, LocaleMiddleware):
    """The language of these pages. It ends with the request; the API chooses by `api.http.language`."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer in the reader's language."""
        try:
            return super().__call__(request)
        finally:
            deactivate()


class Authentication(ForPeople, AuthenticationMiddleware):
    """Who the person is."""


class Message(ForPeople, MessageMiddleware):
    """Messages between pages."""
