"""Statements as the web server's role: what its tests have in common."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from stats.models import PUBLIC, Release
from tests.callers import as_web_server
from tests.stats.drafts import built
from tests.stats.published import staff


def table(label: str) -> str:
    """A model's table."""
    return str(apps.get_model(label)._meta.db_table)


def rows(sql: str, *parameters: str | list[str] | None) -> list[Any]:
    """What a statement yields, with the test's own rights."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Any] = cursor.fetchall()
    return found


def as_web(sql: str, *parameters: str | list[str] | None) -> list[Any]:
    """What a statement yields to the web server's role."""
    with transaction.atomic(), as_web_server():
        return rows(sql, *parameters)


def refused(sql: str, why: str = "permission denied|must be owner") -> None:
    """The database refuses the statement to the web server's role."""
    with (
        pytest.raises(ProgrammingError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
        as_web_server(),
    ):
        cursor.execute(sql)


@pytest.fixture
def draft() -> Release:
    """A draft that waits for approval."""
    return built(PUBLIC, "2023", user=staff("builder"))
