"""Rows of tables: those that functions of ours write and nobody names, and small lists of rows, two of them in one statement.

What a page asks at every reading costs the way to the database, and hardly the list.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models


class StoredRow(models.Model):
    """A row without rights of Django's, which is called by its key."""

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True, slots=True)
class ListQuery[Row]:
    """A list that the database is asked for. `sql` selects its rows, and `of` reads the columns of one."""

    sql: str
    parameters: tuple[str | date, ...]
    of: Callable[..., Row]

    def rows(self, text: str) -> tuple[Row, ...]:
        """The rows of what the database answers: a JSON text."""
        return tuple(self.of(*row.values()) for row in json.loads(text))


def ask[Row](query: ListQuery[Row]) -> tuple[Row, ...]:
    """A list by itself. One statement."""
    (text,) = answer_to(query)
    return query.rows(text)


def ask_both[First, Second](
    one: ListQuery[First], other: ListQuery[Second]
) -> tuple[tuple[First, ...], tuple[Second, ...]]:
    """Two lists. One statement."""
    first, second = answer_to(one, other)
    return one.rows(first), other.rows(second)


def answer_to(*lists: ListQuery[Any]) -> tuple[str, ...]:
    """What the database answers to some lists: each as a JSON text, its rows in the order of its statement."""
    columns = ", ".join(f"(SELECT coalesce(json_agg(to_json(q)), '[]')::text FROM ({each.sql}) q)" for each in lists)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for each in lists for value in each.parameters])
        row: tuple[str, ...] = cursor.fetchone() or ()
        return row
