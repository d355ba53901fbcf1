"""Typed reading of ``HENVIS_MAIL``: the server through which mail is sent. Only the worker of upkeep needs it."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CONSOLE = "console"
PATIENCE = 20
# Implicit TLS, and TLS that is begun by STARTTLS. Neither sends a word of a mail before.
PORTS = {"smtps": 465, "smtp": 587}
# A relay on the same machine: what does not leave it needs no TLS.
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def mailers(url: str) -> dict[str, dict[str, Any]]:
    """Django's setting of the same name for ``smtps://user:password@host:port``, ``smtp://…`` or ``console``. Empty: none.

    Raises `ImproperlyConfigured`, without a word of the value, which holds a password.
    """
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    if url == CONSOLE:
        return {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured("HENVIS_MAIL must be smtps://…, smtp://… or console, and name a host and no path.")
    is_near = parts.scheme == "smtp" and parts.hostname in THIS_MACHINE
    options = {
        "host": parts.hostname,
        "port": port_of(parts) or (25 if is_near else PORTS[parts.scheme]),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and not is_near,
        "timeout": PATIENCE,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def port_of(parts: SplitResult) -> int | None:
    """The port. Raises `ImproperlyConfigured` for one that is no number."""
    try:
        return parts.port
    except ValueError:
        raise ImproperlyConfigured("HENVIS_MAIL has a port that is no number; percent-encode the password.") from None
