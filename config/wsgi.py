"""The WSGI application."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from config import env


class Request(WSGIRequest):
    """A request whose text is UTF-8, whatever its Content-Type says of a charset.

    Django looks the charset up while it makes the request, before any layer of ours: an odd one was a bare 500 without a log line.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = meta.get("CONTENT_TYPE", "").partition(";")[0].strip().lower(), {}


class Handler(WSGIHandler):
    """Django's handler with our request."""

    request_class = Request


def make() -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """The application. A database that is too old ends the program with a sentence; one that is down may come back."""
    env.check_server_version(env.required("DATABASE_URL"), must_answer=False)
    django.setup(set_prefix=False)
    return Handler()


application = make()
