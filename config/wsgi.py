"""The WSGI application."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase

from config import demands, env


class Request(WSGIRequest):
    """A request whose text is UTF-8, whatever its Content-Type says of a charset.

    Django looks the charset up while it makes the request, before any layer of ours: an odd one was a bare 500 without a log line.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = meta.get("CONTENT_TYPE", "").partition(";")[0].strip().lower(), {}


class Handler(WSGIHandler):
    """Django's handler with our request, which serves nothing before the database was found in order."""

    request_class = Request
    checked = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        """The answer. Where the database was away at the start, it is looked at before the first request that meets it."""
        self.checked = self.checked or demands.check_served(env.required("DATABASE_URL"))
        return super().__call__(environ, start_response)


def make() -> Handler:
    """The application. A database that is down may come back."""
    checked = demands.check_served(env.required("DATABASE_URL"))
    django.setup(set_prefix=False)
    handler = Handler()
    handler.checked = checked
    return handler


application = make()
