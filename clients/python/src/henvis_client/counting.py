"""What a program of a partner asks of forms of counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from henvis_client.calls import body_of
from henvis_client.connection import V1, Connection
from henvis_client.documents import File, document_of
from henvis_client.session import Call


class CountingClient(Connection):
    """Forms of counts: what is expected, reports, and files of them. No person stands in any."""

    def count_forms(self) -> list[dict[str, Any]]:
        """Every form with its tables, what divides them, and their numbers. Needs no account."""
        return list(self._object(Call("GET", f"{V1}/counts/forms", is_open=True))["items"])

    def expected_counts(self) -> list[dict[str, Any]]:
        """The periods of the forms that are expected, each with its state. None in test mode."""
        return list(self._get("/counts")["items"])

    def count_reports(self, form: str) -> list[dict[str, Any]]:
        """The own reports of a form, the latest period first, with what is asked of each now."""
        return list(self._get(f"/counts/{quote(form, safe='')}")["items"])

    def count_report(self, form: str, period: str) -> dict[str, Any]:
        """An own report as it stands, with its numbers in `content`."""
        return self._get(f"/counts/{quote(form, safe='')}/{quote(period, safe='')}")

    def put_counts(
        self, form: str, period: str, content: Mapping[str, Any], *, version: int | None = None
    ) -> dict[str, Any]:
        """Report a period, or correct the `version` that is stored. The same again changes nothing. `warnings` asks about it."""
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        path = f"{V1}/counts/{quote(form, safe='')}/{quote(period, safe='')}"
        return self._object(Call("PUT", path, headers=headers, document=body_of(content)))

    def check_counts(self, form: str, file: File, *, prefer: str | None = None) -> dict[str, Any]:
        """What would become of each period of a file. Nothing is stored."""
        return self.send_counts(form, file, prefer=prefer, dry_run=True)

    def send_counts(self, form: str, file: File, *, prefer: str | None = None, dry_run: bool = False) -> dict[str, Any]:
        """Store all of a file of counts, or nothing: what became of each period. The same file again changes nothing.

        `prefer="latest"`: a period without a version corrects whatever is stored. Raises `Problem` with each cell in `errors`.
        """
        params = {"dry_run": "true" if dry_run else "false"}
        return self._object(counts_call(form, "", file, params | latest(prefer)))

    def counts_errors_file(self, form: str, file: File, *, kind: str = "xlsx", prefer: str | None = None) -> bytes:
        """A file of counts with what is wrong in front of each row: `xlsx` or `csv`. Nothing is stored."""
        return self._session.send(counts_call(form, f"/errors.{kind}", file, latest(prefer))).content

    def count_template(self, form: str, period: str, *, kind: str = "xlsx", language: str | None = None) -> bytes:
        """An empty file of a form and period to fill in: `xlsx` or `csv`. Needs no account."""
        path = f"{V1}/templates/counts/{quote(form, safe='')}/{quote(period, safe='')}.{kind}"
        return self._session.send(Call("GET", path, {"lang": language or self.language}, is_open=True)).content


def counts_call(form: str, end: str, file: File, params: Mapping[str, str]) -> Call:
    """The request that takes a file of a form. None keeps more than the file says, so that each may come again."""
    path = f"{V1}/count-files/{quote(form, safe='')}{end}"
    return Call("POST", path, params, document=document_of(file), is_safe=True)


def latest(prefer: str | None) -> dict[str, str]:
    """What is preferred, as a parameter."""
    return {"prefer": prefer} if prefer else {}
