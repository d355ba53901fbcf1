"""Deliveries for the tests: rows, files in the spool, and sending them to the engine as a partner does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from cases.intake.batches import results
from cases.intake.batches.arrival import Delivery, receive
from cases.intake.batches.results import Result
from cases.intake.models import Batch, Handling
from cases.intake.readers import spool
from tests.callers import Caller, referral

Row = dict[str, Any]


def row(**changes: object) -> Row:
    """A row that is right, with a reference of its own."""
    return {"reference": str(uuid4()), **referral(), **changes}


def ndjson(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as NDJSON."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in rows)


def delivery(content: bytes, **changes: Any) -> Delivery:
    """What is sent, in the spool."""
    wish: dict[str, Any] = {
        "media_type": "application/x-ndjson",
        "name": None,
        "dry_run": False,
        "handling": Handling.STRICT,
        "prefer_latest": False,
        "respond_async": False,
        "language": "en",
    }
    return Delivery(path=spool.spool([content], 10**9), **{**wish, **changes})


def send(caller: Caller, rows: Iterable[Mapping[str, object]], *, key: str = "", **changes: Any) -> Batch:
    """Send rows; the batch."""
    return receive(by=caller.principal, key=key or str(uuid4()), delivery=delivery(ndjson(rows), **changes)).batch


def outcomes(batch: Batch) -> list[str]:
    """The outcome of each row."""
    return [each.outcome for each in results.page(batch)]


def told(result: Result) -> set[str]:
    """The rules of the findings on a row."""
    return {each.rule for each in result.findings}
