"""Calling functions of the database as the owner or as the web server's role, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import Error
from psycopg.errors import CheckViolation, RestrictViolation

from core.refusals import STATE
from tests.callers import as_web_server


def rows(statement: str, *parameters: Any) -> list[Any]:
    """What a statement yields to the owner."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []


def value(statement: str, *parameters: Any) -> Any:
    """The one value that a statement yields to the owner."""
    ((found,),) = rows(statement, *parameters)
    return found


def web_value(statement: str, *parameters: Any) -> Any:
    """The one value that a statement yields to the web server's role."""
    with transaction.atomic(), as_web_server():
        return value(statement, *parameters)


def setting(name: str, text: str = "on") -> None:
    """Set a setting of ours until the transaction ends."""
    rows("SELECT set_config(%s, %s, true)", f"henvis.{name}", text)


def holds(lock: str) -> bool:
    """Whether this transaction holds an advisory lock of ours."""
    key = "classid::bigint << 32 | objid::bigint"
    return bool(
        rows(f"SELECT 1 FROM pg_locks WHERE pid = pg_backend_pid() AND ({key}) = hashtextextended(%s, 0)", lock)
    )


def commit() -> None:
    """Check what is checked when a transaction ends."""
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    rows("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def refusal(code: str, subject: str = "") -> Iterator[None]:
    """The database refuses with this code and subject."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        yield
    cause = raised.value.__cause__
    assert isinstance(cause, Error)
    assert (cause.sqlstate, cause.diag.message_primary, cause.diag.message_detail or "") == (STATE, code, subject)


@contextmanager
def violation(kind: type[CheckViolation | RestrictViolation] = RestrictViolation) -> Iterator[None]:
    """The database refuses a row, with a violation of this kind."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        yield
    assert isinstance(raised.value.__cause__, kind)
