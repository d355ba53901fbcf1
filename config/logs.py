"""Structured logs on standard error: one JSON object a line, and nothing of a payload in any of them.

The access log is written by `api.middleware`; here are the sinks. Django's own request loggers put paths, exception
messages and SQL into a line (a path holds a reference, a constraint's message holds a row), so they are cut down to the
exception's class and where it was raised.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from partners.failures import where_it_broke


def configure() -> None:
    """Send structlog and the standard library's loggers to standard error as JSON."""
    shared: list[Any] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_payload,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    # The last: Django logs the SQL, and what the database said, of a constraint that it cannot check for a form.
    for noisy in ("django.request", "django.security", "oauth2_provider", "oauthlib", "django.db.models"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)


def without_payload(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception's message, which may quote a row or a path, by its class and the line that raised it."""
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(info, tuple) and info[0] is not None:
        event.update(where_it_broke(info[1]))
        event["event"] = "unhandled"
    return event
