"""The WSGI application."""

import io
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase

from api.http.chunks import CHUNKED
from config import demands, env


class Request(WSGIRequest):
    """A request whose text is UTF-8, whatever its Content-Type says of a charset, and whose body has a length.

    A file that comes in chunks has none: it is read as it comes, and says so (`api.batches.uploads`).

    Django looks the charset up while it makes the request, before any layer of ours: an odd one was a bare 500 without a log line.
    It reads as many bytes as Content-Length says, and none without it; Java's and .NET's clients send chunks.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        if is_in_chunks(environ) and environ.get("PATH_INFO") in settings.HENVIS_UPLOADS:
            super().__init__({**without_coding(environ), CHUNKED: True})
            self._stream = environ["wsgi.input"]
        else:
            super().__init__(with_length(environ))

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = meta.get("CONTENT_TYPE", "").partition(";")[0].strip().lower(), {}


def with_length(environ: dict[str, Any]) -> dict[str, Any]:
    """The environ with a length: the body of a request in chunks is read.

    Of a longer one than is taken, one byte more is read, so that it is refused like any other. Whatever has a length beside its
    coding, or another coding, stays as it is, to be refused: two servers might not agree where it ends (RFC 9112 §6.1).
    """
    if not is_in_chunks(environ):
        return environ
    body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    return {**without_coding(environ), "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def is_in_chunks(environ: dict[str, Any]) -> bool:
    """Whether the body comes in chunks, which the server takes it out of, and nothing else says where it ends."""
    is_chunked = environ.get("HTTP_TRANSFER_ENCODING", "").strip().lower() == "chunked"
    return bool(is_chunked and not environ.get("CONTENT_LENGTH") and environ.get("wsgi.input_terminated"))


def without_coding(environ: dict[str, Any]) -> dict[str, Any]:
    """The environ of a body whose coding is undone."""
    return {name: value for name, value in environ.items() if name != "HTTP_TRANSFER_ENCODING"}


class Handler(WSGIHandler):
    """Django's handler with our request, which serves nothing before the database is as the server demands."""

    request_class = Request
    is_checked = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        """The answer. Where the database was away at the start, it is looked at before the first request that meets it."""
        self.is_checked = self.is_checked or is_database_ready()
        return super().__call__(environ, start_response)


def is_database_ready() -> bool:
    """Whether the database is as the server demands, asked by a thread that serves. A refusal ends the worker with its sentence.

    An exception would end the request alone: the server would go on with a bare 500 for each. The next worker does not start.
    """
    try:
        return demands.check_served(env.require("DATABASE_URL"))
    except SystemExit as refusal:
        print(refusal, file=sys.stderr, flush=True)
        os._exit(1)


def make() -> Handler:
    """The application. A database that is down may come back."""
    is_ready = demands.check_served(env.require("DATABASE_URL"))
    django.setup(set_prefix=False)
    handler = Handler()
    handler.is_checked = is_ready
    return handler


application = make()
