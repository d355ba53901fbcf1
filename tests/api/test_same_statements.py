"""What a caller must not know is not told by what the database is asked: foreign and unknown are the same statements and plans.

The operations are those of the description that name a record in the path or in the body, so a new one is compared as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from psycopg import ClientCursor

from cases import tokens
from tests.api.asserts import LIST
from tests.api.batches.sending import row, send, whole
from tests.api.test_tenancy import JSON, OPERATIONS, Operation
from tests.callers import Caller, assessment, referral

Statement = tuple[str, str]
EXPLAINED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
VALUES = re.compile(r"'[^']*'(?:::[a-z ]+)?|\b\d+\b")


def plan(sql: str, parameters: Any) -> str:
    """How PostgreSQL goes about a statement, without what it is asked for. Nothing is run."""
    if not EXPLAINED.match(sql):
        return ""
    with ClientCursor(connection.connection) as cursor:
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", parameters)
        return VALUES.sub("?", "\n".join(row[0] for row in cursor.fetchall()))


@contextmanager
def asked(seen: list[Statement]) -> Iterator[None]:
    """Every statement of this connection with its plan. The names of savepoints are counted, so they are left out."""

    def note(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        seen.append((re.sub(r'"s\d+_x\d+"', "?", sql), plan(sql, parameters)))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield


def ask(caller: Caller, operation: Operation, reference: str, token: str, batch: str) -> tuple[int, list[Statement]]:
    """One call; its status and its statements."""
    path = operation.path.format(reference=reference, token=token, batch_id=batch)
    sent = operation.example
    if path.endswith("/assessment"):
        sent = assessment()
    elif isinstance(sent, dict) and "case_token" in sent:
        sent = {**sent, "case_token": token}
    seen: list[Statement] = []
    with asked(seen):
        answer = caller.call(operation.method, path, sent, Idempotency_Key=str(uuid4()))
    return answer.status_code, seen


def names_a_record(operation: Operation) -> bool:
    """Whether a reference or a token can be tried out by it."""
    return operation.names_a_record or (operation.media == JSON and "case_token" in json.dumps(operation.example))


TRIED = [each for each in OPERATIONS if names_a_record(each)]


def test_every_way_to_try_a_record_is_compared() -> None:
    assert len(TRIED) >= 10
    assert {(each.method, each.path) for each in TRIED} >= {
        ("POST", LIST),
        ("PUT", f"{LIST}/{{reference}}"),
        ("GET", "/api/v1/cases/{token}/assessment"),
        ("PUT", "/api/v1/cases/{token}/assessment"),
    }


@pytest.mark.parametrize("operation", TRIED, ids=lambda each: f"{each.method} {each.path}")
def test_foreign_and_unknown_are_the_same_statements_by_the_same_plans(
    ngo: Caller, centre: Caller, immigration: Caller, operation: Operation
) -> None:
    """The first is another's record, on a case that two others hold and one has assessed; the second nobody has."""
    path, stored = ngo.referral(consent="GIVEN")
    token = stored["case_token"]
    shared = f"{LIST}/{uuid4()}"
    assert immigration.put(shared, referral(case_token=token)).status_code == 201
    assert immigration.put(f"/api/v1/cases/{token}/assessment", assessment()).status_code == 201
    batch = whole(send(ngo, [row(), row(gender="wrong")], dry_run=True))["id"]
    foreign = ask(centre, operation, path.rpartition("/")[2], token, batch)
    unknown = ask(centre, operation, str(uuid4()), tokens.mint(), str(uuid4()))
    assert foreign[1]
    assert foreign == unknown
