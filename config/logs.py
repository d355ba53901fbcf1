"""Structured logs on standard error: one JSON object a line, and nothing of a payload in any of them.

The access log is written by `api.http.middleware`; here are the sinks. Django's own request loggers put paths, exception
messages and SQL into a line (a path holds a reference, a constraint's message holds a row), so they are cut down to the
exception's class and where it was raised.

Many processes and threads write to one standard error. Each line is one write of the kernel, and short enough that a pipe takes it
whole (PIPE_BUF): no line is torn, however it is read.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Any

import structlog

from core.failures import where_it_broke

STANDARD_ERROR = 2
# Characters of what a library says. Six bytes each at most, and the rest of the line, are less than PIPE_BUF (4,096).
LONGEST = 600
SHARED: list[Any] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]


class Sink:
    """A file of bytes for structlog, and a handler's target: one call of `write` for each line."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write

    def flush(self) -> None:
        """Do nothing: nothing is held back."""


class LineHandler(logging.Handler):
    """The standard library's records as lines of a sink."""

    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self.sink = sink

    def emit(self, record: logging.LogRecord) -> None:
        self.sink.write(self.format(record).encode(errors="backslashreplace") + b"\n")


def to_standard_error(line: bytes) -> None:
    """Write a line at once. Where nobody reads it any more, or the disk is full, no request fails for that."""
    with suppress(OSError):
        os.write(STANDARD_ERROR, line)


def configure(write: Callable[[bytes], object] = to_standard_error) -> None:
    """Send structlog and the standard library's loggers to standard error, or to what writes instead, as JSON."""
    sink = Sink(write)
    structlog.configure(
        processors=[*SHARED, structlog.processors.JSONRenderer(serializer=to_bytes)],
        logger_factory=structlog.BytesLoggerFactory(file=sink),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [lines(sink)]
    root.setLevel(logging.WARNING)
    # The last two: Django logs the SQL, and what the database said, of a constraint that it cannot check for a form; psycopg logs
    # what the database said while an error was on its way already.
    for noisy in ("django.request", "django.security", "oauth2_provider", "oauthlib", "django.db.models", "psycopg"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)


def lines(sink: Sink) -> LineHandler:
    """A handler of the standard library's records, without payload."""
    handler = LineHandler(sink)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_payload,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    return handler


def of_server() -> LineHandler:
    """What granian says of itself, and of an exception that reaches it (`server_log.json` names this)."""
    return lines(Sink(to_standard_error))


def to_bytes(event: object, **options: Any) -> bytes:
    """A line without its end."""
    return json.dumps(event, ensure_ascii=False, **options).encode(errors="backslashreplace")


def without_payload(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception's message, which may quote a row or a path, by its class and place. Cut what is long."""
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(info, tuple) and info[0] is not None:
        event.update(where_it_broke(info[1]))
        event["event"] = "unhandled"
    event["event"] = str(event["event"])[:LONGEST]
    return event
