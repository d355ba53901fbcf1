"""A connection of one client to one service, and what is asked over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from henvis_client.errors import NetworkError
from henvis_client.session import Call, Session, key_of
from henvis_client.timing import Patience, Timing

V1 = "/api/v1"


class Connection:
    """A session with a service, and its answers as JSON."""

    def __init__(
        self,
        address: str,
        client_id: str,
        client_secret: str,
        *,
        language: str = "da",
        patience: Patience | None = None,
        timing: Timing | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._session = Session(
            address, client_id, client_secret, language=language, patience=patience, timing=timing, transport=transport
        )

    def __repr__(self) -> str:
        """Where to, and nothing of who."""
        return f"<Client of {self._session.address}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @property
    def timing(self) -> Timing:
        """The clock and the sleep that this client has."""
        return self._session.timing

    @property
    def language(self) -> str:
        """The language of problems and findings."""
        return self._session.language

    def _get(self, path: str) -> dict[str, Any]:
        """A JSON object."""
        return self._object(Call("GET", V1 + path))

    def _object(self, call: Call) -> dict[str, Any]:
        """A JSON object. Raises `NetworkError` where it is none."""
        raw, response = self._session.json(call)
        if not isinstance(raw, dict):
            raise NetworkError(response.status_code, key_of(call))
        return raw

    def _items(self, path: str, params: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The items of all pages. Of the address of the next one only path and query are used: the token goes nowhere else."""
        page = self._object(Call("GET", path, params))
        while True:
            yield from page.get("items") or ()
            if not page.get("next"):
                return
            parts = urlsplit(page["next"])
            page = self._object(Call("GET", f"{parts.path}?{parts.query}"))
