"""How requests of several parts are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from henvis_client.bodies import Batch
from henvis_client.documents import Document, Progress
from henvis_client.session import Call

V1 = "/api/v1"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a check was looked at and the rows are right, with the code of why. `indexes`: the rows, or all that it holds."""

    rule: str
    reason_code: str
    indexes: tuple[int, ...] | None = None

    @property
    def body(self) -> dict[str, Any]:
        """As the API takes it."""
        rows = {} if self.indexes is None else {"indexes": list(self.indexes)}
        return {"rule": self.rule, "reason_code": self.reason_code, **rows}


def path_of(*parts: object) -> str:
    """The path of an address of the API. A batch stands for its id."""
    texts = (str(each.id if isinstance(each, Batch) else each) for each in parts)
    return "/".join([V1, *(quote(each, safe="") for each in texts)])


def body_of(content: Mapping[str, Any]) -> Document:
    """A JSON body."""
    return Document.of_bytes(json.dumps(content, ensure_ascii=False).encode(), "application/json")


def batch_call(
    document: Document,
    *,
    key: str,
    dry_run: bool,
    handling: str,
    prefer: str | None,
    background: bool,
    progress: Progress | None,
) -> Call:
    """The request that checks or sends a file."""
    params = {"dry_run": "true" if dry_run else "false"} | ({"prefer": prefer} if prefer else {})
    preferences = [f"handling={handling}", *(["respond-async"] if background else [])]
    headers = {"Idempotency-Key": key, "Prefer": ", ".join(preferences)}
    return Call("POST", path_of("batches"), params, headers, document, progress=progress)


def commit_call(batch: Batch | str, *, lenient: bool | None, confirmations: Sequence[Confirmation], key: str) -> Call:
    """The request that stores what was checked."""
    body: dict[str, Any] = {} if lenient is None else {"handling": "lenient" if lenient else "strict"}
    if confirmations:
        body["confirmations"] = [each.body for each in confirmations]
    path = path_of("batches", batch, "commit")
    return Call("POST", path, headers={"Idempotency-Key": key}, document=body_of(body))


def table_params(query: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    """The parameters of a table: several values have commas between."""
    return {name: value if isinstance(value, str) else ",".join(value) for name, value in query.items()}
