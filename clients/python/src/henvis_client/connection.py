"""A connection of one client to one service, and what is asked over it: of forms of counts first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from henvis_client.calls import body_of, path_of
from henvis_client.documents import File, document_of
from henvis_client.errors import NetworkError
from henvis_client.session import Call, Session, key_of
from henvis_client.timing import Patience, Timing


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

    def _get(self, *parts: object) -> dict[str, Any]:
        """A JSON object."""
        return self._object(Call("GET", path_of(*parts)))

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


class CountingClient(Connection):
    """Forms of counts: what is expected, reports, and files of them. No person stands in any."""

    def count_forms(self) -> list[dict[str, Any]]:
        """Every form with its tables, what divides them, and their numbers. Needs no account."""
        return list(self._object(Call("GET", path_of("counts", "forms"), is_open=True))["items"])

    def expected_counts(self) -> list[dict[str, Any]]:
        """The periods of the forms that are expected, each with its state. None in test mode."""
        return list(self._get("counts")["items"])

    def count_reports(self, form: str) -> list[dict[str, Any]]:
        """The own reports of a form, the latest period first, with what is asked of each now."""
        return list(self._get("counts", form)["items"])

    def count_report(self, form: str, period: str) -> dict[str, Any]:
        """An own report as it stands, with its numbers in `content`."""
        return self._get("counts", form, period)

    def put_counts(
        self, form: str, period: str, content: Mapping[str, Any], *, version: int | None = None
    ) -> dict[str, Any]:
        """Report a period, or correct the `version` that is stored. The same again changes nothing. `warnings` asks about it."""
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        call = Call("PUT", path_of("counts", form, period), headers=headers, document=body_of(content))
        return self._object(call)

    def check_counts(self, form: str, file: File, *, prefer: str | None = None) -> dict[str, Any]:
        """What would become of each period of a file. Nothing is stored."""
        return self.send_counts(form, file, prefer=prefer, dry_run=True)

    def send_counts(self, form: str, file: File, *, prefer: str | None = None, dry_run: bool = False) -> dict[str, Any]:
        """Store all of a file of counts, or nothing: what became of each period. The same file again changes nothing.

        `prefer="latest"`: a period without a version corrects whatever is stored. Raises `Problem` with each cell in `errors`.
        """
        params = {"dry_run": "true" if dry_run else "false"}
        return self._object(counts_call(file, params | latest(prefer), form))

    def counts_errors_file(self, form: str, file: File, *, kind: str = "xlsx", prefer: str | None = None) -> bytes:
        """A file of counts with what is wrong in front of each row: `xlsx` or `csv`. Nothing is stored."""
        return self._session.send(counts_call(file, latest(prefer), form, f"errors.{kind}")).content

    def count_template(self, form: str, period: str, *, kind: str = "xlsx", language: str | None = None) -> bytes:
        """An empty file of a form and period to fill in: `xlsx` or `csv`. Needs no account."""
        path = path_of("templates", "counts", form, f"{period}.{kind}")
        return self._session.send(Call("GET", path, {"lang": language or self.language}, is_open=True)).content


def counts_call(file: File, params: Mapping[str, str], *parts: str) -> Call:
    """The request that takes a file of a form. None keeps more than the file says, so that each may come again."""
    return Call("POST", path_of("count-files", *parts), params, document=document_of(file), is_safe=True)


def latest(prefer: str | None) -> dict[str, str]:
    """What is preferred, as a parameter."""
    return {"prefer": prefer} if prefer else {}
