"""How an invitation is handed over: as an address whose fragment is the token. No browser sends a fragment to a server."""

from __future__ import annotations

PATH = "account/invitation/"


def address(token: str, base: str) -> str:
    """The address to open, below the installation's own."""
    return f"{base.rstrip('/')}/{PATH}#{token}"
