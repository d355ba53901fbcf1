"""The client: what a program of a partner asks Henvis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from henvis_client.bodies import Batch, RowResult
from henvis_client.calls import Confirmation, batch_call, body_of, commit_call, path_of, table_params
from henvis_client.connection import CountingClient
from henvis_client.documents import File, Progress, document_of
from henvis_client.errors import NetworkError
from henvis_client.questions import Dictionary
from henvis_client.session import Call, key_of
from henvis_client.timing import retry_after

# How long to wait between two looks at a batch that is worked on, where Henvis does not say, and at most; in seconds.
LOOK, LOOK_AT_MOST = 2.0, 30.0
OWN_FIGURES = path_of("referrals", "summary")


class Client(CountingClient):
    """One client of a partner.

    `address`: `https://…`; `http://` only on this machine. The access token is fetched with the first request, kept in memory and
    renewed. What has a key or is safe to repeat is tried again after timeouts, lost connections, 409 in flight, 429 and 503, with
    the same key. `language`: `da` or `en`, of problems and findings. Every method raises `HenvisError`: `Problem` for what Henvis
    refuses, `NetworkError` where no answer came.
    """

    def whoami(self) -> dict[str, Any]:
        """The own partner with its mode, the scopes, when token and secrets end, limits and deadlines."""
        return self._get("me")

    def put_referral(
        self, reference: UUID | str, body: Mapping[str, Any], *, version: int | None = None, only_new: bool = False
    ) -> dict[str, Any]:
        """Create a referral, or correct the `version` that is stored. The same again changes nothing.

        `only_new`: refuse where there is one. Raises `Problem` 412 and 428 with `etag` where another version is stored.
        """
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        headers |= {"If-None-Match": "*"} if only_new else {}
        path = path_of("referrals", reference)
        return self._object(Call("PUT", path, headers=headers, document=body_of(body)))

    def withdraw_referral(
        self, reference: UUID | str, reason_code: str, *, version: int | None = None
    ) -> dict[str, Any]:
        """Withdraw an own referral: it counts no more. `reason_code` is of the list `withdrawal_reason`.

        The same again changes nothing. `version`: refuse (`Problem` 412) where another one is stored. The answer has the new
        version, with which it can be reported again.
        """
        headers = {"Prefer": "return=minimal"} | ({"If-Match": f'"{version}"'} if version is not None else {})
        path = path_of("referrals", reference, "withdrawal")
        document = body_of({"reason_code": reason_code})
        return self._object(Call("POST", path, headers=headers, document=document, is_safe=True))

    def put_linkage_code(self, reference: UUID | str, code: str) -> None:
        """Store the linkage code of an own referral in place of an earlier one (`linkage_code` computes it)."""
        path = path_of("referrals", reference, "linkage-code")
        self._session.send(Call("PUT", path, document=body_of({"linkage_code": code})))

    def check(self, file: File, *, prefer: str | None = None, progress: Progress | None = None) -> Batch:
        """What would become of a file. Nothing is stored. A large one is worked on: `wait` for it."""
        return self.send(file, dry_run=True, prefer=prefer, progress=progress)

    def check_openly(self, file: File, *, progress: Progress | None = None) -> Batch:
        """The same without an account: against the rules alone, for at most 500 rows and 1 MB."""
        call = Call("POST", path_of("public", "check"), document=document_of(file), is_open=True, progress=progress)
        raw, response = self._session.json(call)
        try:
            return Batch.of_report(raw)
        except (ValueError, TypeError):
            raise NetworkError(response.status_code) from None

    def send(
        self,
        file: File,
        *,
        key: str | None = None,
        lenient: bool = False,
        prefer: str | None = None,
        background: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Batch:
        """Send a file.

        `key`: the Idempotency-Key. After a `NetworkError`, send the same file under `error.idempotency_key`: it is stored once.
        `lenient`: store what is right, although other rows are not. `prefer="latest"`: a row without a version corrects whatever
        is stored. `background`: do not wait for the rows. `progress`: is told the bytes that have left, and of how many.
        """
        call = batch_call(
            document_of(file),
            key=key or str(uuid4()),
            dry_run=dry_run,
            handling="lenient" if lenient else "strict",
            prefer=prefer,
            background=background,
            progress=progress,
        )
        return self._batch(call)

    def batch(self, batch_id: str) -> Batch:
        """How a batch stands."""
        return self._batch(Call("GET", path_of("batches", batch_id)))

    def batches(self) -> Iterator[Batch]:
        """The own batches, newest first."""
        return (Batch.of(raw) for raw in self._items(path_of("batches"), {}))

    def wait(self, batch: Batch | str, *, on_progress: Callable[[Batch], None] | None = None) -> Batch:
        """The batch when Henvis is done with it; `on_progress` sees it each time that it is looked at."""
        current = self.batch(batch) if isinstance(batch, str) else batch
        pause = LOOK
        while current.is_at_work:
            if on_progress:
                on_progress(current)
            self.timing.sleep(min(current.retry_after or pause, LOOK_AT_MOST))
            pause = min(pause * 1.5, LOOK_AT_MOST)
            current = self.batch(current.id)
        if on_progress:
            on_progress(current)
        return current

    def results(self, batch: Batch | str, *, outcome: str | None = None, limit: int = 500) -> Iterator[RowResult]:
        """What became of each row, or of those of one outcome. `limit`: rows of one request."""
        params = {"limit": str(limit)} | ({"outcome": outcome} if outcome else {})
        path = path_of("batches", batch, "results")
        return (RowResult.of(raw) for raw in self._items(path, params))

    def errors_file(self, batch: Batch | str, *, form: str = "xlsx") -> bytes:
        """The own file with the findings marked in it (`xlsx`), or the rejected rows with them (`csv`)."""
        return self._session.send(Call("GET", path_of("batches", batch, f"errors.{form}"))).content

    def commit(
        self,
        batch: Batch | str,
        *,
        lenient: bool | None = None,
        confirmations: Sequence[Confirmation] = (),
        key: str | None = None,
    ) -> Batch:
        """Store what was checked, with checks confirmed by a reason code. Within a day of the check."""
        return self._batch(commit_call(batch, lenient=lenient, confirmations=confirmations, key=key or str(uuid4())))

    def mapping(self) -> Dictionary:
        """How the organisation's own columns and words are read."""
        raw, response = self._session.json(Call("GET", path_of("mappings", "referrals")))
        return Dictionary(raw, response.headers.get("ETag"))

    def save_mapping(self, mapping: Dictionary) -> None:
        """Keep it in place of the one that was read. Raises `Problem` 412 where somebody else has changed it meanwhile."""
        headers = {"If-Match": mapping.etag} if mapping.etag else {"If-None-Match": "*"}
        call = Call("PUT", path_of("mappings", "referrals"), headers=headers, document=body_of(mapping.content))
        self._session.send(call)

    def cancel(self, batch: Batch | str) -> Batch:
        """End a batch, and discard what waits of it. What is stored stays."""
        return self._batch(Call("DELETE", path_of("batches", batch)))

    def returns(self) -> Iterator[dict[str, Any]]:
        """The own referrals that the centre returned and that wait, the one returned first in front."""
        return self._items(path_of("returns"), {})

    def answer_return(self, return_id: str, code: str) -> dict[str, Any]:
        """Answer a return by a code of the list `return_answer`. The same again changes nothing."""
        path = path_of("returns", return_id, "answer")
        return self._object(Call("PUT", path, document=body_of({"answer_code": code})))

    def referral_progress(self, reference: UUID | str) -> dict[str, Any]:
        """How far an own referral has come: received, counted, assessed (with consent), and the releases made of it."""
        return self._get("referrals", reference, "progress")

    def reports(self) -> dict[str, Any]:
        """What is expected: each period with its state (`BEGUN` until it is declared complete or due), and what is next."""
        return self._get("reports")

    def complete_month(self, month: str, *, referrals: int | None = None) -> dict[str, Any]:
        """Declare a month such as `2026-11` complete, from its last day on: what stands for it. The same again changes nothing.

        `referrals`: how many you have sent; 0: there was nothing. Raises `Problem` `referrals_differ` where another number stands.
        """
        document = body_of({} if referrals is None else {"referrals": referrals})
        return self._object(Call("PUT", path_of("reports", month), document=document))

    def code_list(self, list_id: str) -> dict[str, dict[str, str]]:
        """The codes of a list, each with its label by language (`da`, `en`)."""
        raw, _ = self._session.json(Call("GET", path_of("codelists", list_id), is_open=True))
        return {each["code"]: each["label"] for each in raw["codes"]}

    def template(self, *, form: str = "xlsx", language: str | None = None) -> bytes:
        """An empty file to fill in: `xlsx`, `csv`, `schema.json` or `table-schema.json`."""
        params = {"lang": language or self.language}
        return self._session.send(Call("GET", path_of("templates", f"referrals.{form}"), params, is_open=True)).content

    def rehearsal(self, *, form: str = "xlsx", language: str | None = None) -> bytes:
        """A filled file of invented rows, to rehearse with: `xlsx`, `csv` or `ndjson`."""
        params = {"lang": language or self.language}
        return self._session.send(Call("GET", path_of("templates", f"rehearsal.{form}"), params)).content

    def statistics(self, dataset: str, *, purpose: str | None = None, **query: str | Sequence[str]) -> dict[str, Any]:
        """A table as JSON, without a token. `query`: `by=["gender"]`, `period="2019..2023"`, a dimension with a code, …

        `purpose`: that of exact figures, read with the token; each such query is logged by the centre.
        """
        return self._object(self._table(dataset, purpose, query))

    def statistics_file(
        self, dataset: str, *, form: str, purpose: str | None = None, **query: str | Sequence[str]
    ) -> bytes:
        """A table as a file; `statistics` of the API's index name the forms."""
        return self._session.send(self._table(dataset, purpose, {**query, "format": form})).content

    def own_figures(self, **query: str | Sequence[str]) -> dict[str, Any]:
        """The own referrals, counted exactly at this moment. `query`: `by=["gender"]`, `period="2025"`, a field with a code, …"""
        return self._object(Call("GET", OWN_FIGURES, table_params(query)))

    def own_figures_file(self, **query: str | Sequence[str]) -> bytes:
        """The same as CSV."""
        return self._session.send(Call("GET", OWN_FIGURES, table_params({**query, "format": "csv"}))).content

    def _table(self, dataset: str, purpose: str | None, query: Mapping[str, str | Sequence[str]]) -> Call:
        """The request for a table."""
        headers = {"Henvis-Purpose": purpose} if purpose else {}
        path = path_of("statistics", dataset)
        is_open = purpose is None and query.get("audience", "public") == "public"
        return Call("GET", path, table_params(query), headers, is_open=is_open)

    def _batch(self, call: Call) -> Batch:
        """A batch. Raises `NetworkError` where the answer is none."""
        raw, response = self._session.json(call)
        wait = retry_after(response.headers.get("Retry-After"), self.timing.wall())
        try:
            return Batch.of(raw, retry_after=wait, mode=response.headers.get("Henvis-Mode"))
        except (ValueError, TypeError):
            raise NetworkError(response.status_code, key_of(call)) from None
