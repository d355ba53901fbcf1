"""Django's layers for pages with a session, passed through where there is none: they cost an API request 0.1 ms."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware

ADMIN = "/admin/"


class ForAdmin:
    """Mixed in before a layer: only the admin goes through it."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The layer's answer, or the next layer's."""
        if request.path.startswith(ADMIN):
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[misc]
        else:
            answer = self.get_response(request)
        return answer


class Session(ForAdmin, SessionMiddleware):
    """Sessions of staff."""


class Locale(ForAdmin, LocaleMiddleware):
    """The admin's language; the API chooses by `api.language`."""


class Authentication(ForAdmin, AuthenticationMiddleware):
    """Who the staff user is."""


class Message(ForAdmin, MessageMiddleware):
    """Messages between pages."""
