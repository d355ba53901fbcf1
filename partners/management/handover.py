"""How a command on the server shows a new credential: once, with a line that fetches a token when pasted."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def base_url() -> str:
    """Where this installation answers, as far as its settings tell."""
    if settings.INSECURE_LOOPBACK:
        return f"http://127.0.0.1:{settings.LOOPBACK_PORT}"
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"]
    return f"https://{hosts[0].lstrip('.') if hosts else 'henvis.example'}"


def credential(client_id: str, secret: str, expires: datetime, scopes: list[str], base: str | None) -> str:
    """The credential as text for the person who hands it over."""
    return (
        f"client_id:     {client_id}\n"
        f"client_secret: {secret}\n"
        f"scopes:        {' '.join(scopes)}\n"
        f"expires:       {timezone.localtime(expires):%Y-%m-%d %H:%M}\n"
        "The secret is shown this once. A token:\n"
        f"  curl -sS -u '{client_id}:{secret}' -d grant_type=client_credentials {(base or base_url()).rstrip('/')}/oauth/token"
    )
