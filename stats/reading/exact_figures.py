"""Exact figures: guarded functions of the database are the only way to them. Each logs the reading, with its purpose, first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection

from core.text import Text
from partners.audit import Actor
from stats.counting.build import UNRESOLVED
from stats.reading import release_choice
from stats.reading import table as read
from stats.reading.cells import TableCells
from stats.reading.entries import PeriodReleases
from stats.reading.layout import table_ids
from stats.reading.query import Query


class Purpose(StrEnum):
    """What exact figures are read for."""

    ANNUAL_REPORT = "annual-report"
    PARLIAMENT_QUESTION = "parliament-question"
    INTERNATIONAL_REPORT = "international-report"
    QUALITY_CONTROL = "quality-control"
    RESEARCH = "research"


NOT_FOR_PUBLICATION = Text(
    "Nøjagtige tal: ikke til offentliggørelse. En celle kan udpege en person.",
    "Exact figures: not for publication. A cell can point at a person.",
)


# The cells of a table as two texts, split when they are needed: faster than arrays, and an answer that is known needs none.
# Lists go as one text each: the driver takes long to write an array out.
CELLS = """
SELECT release_id, axes, codes, counts FROM henvis_exact(%s, %s, %s, %s, %s, %s::text[], %s::text[], %s::text[])
"""
TOTALS = "SELECT records, cells, digest FROM henvis_exact_totals(%s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """A query that was logged, the releases that answer it, and their cells."""

    query: Query
    periods: Sequence[PeriodReleases]
    rows: Sequence[tuple[str, str, str, str]]

    @property
    def key(self) -> tuple[str, ...]:
        """What the answer is a function of: the query and its releases."""
        releases = [one for each in self.periods for one in (each.release, each.before) if one]
        return (self.query.canonical, *(one.key for one in releases))

    def figures(self) -> read.Figures:
        return read.figures(self.query, self.periods, self.tables_by_release)

    def tables_by_release(self) -> dict[str, dict[str, TableCells]]:
        """The cells that the guarded function gave, by release and table."""
        tables_found: dict[str, dict[str, TableCells]] = {one.id: {} for one in read.every_release(self.periods)}
        for release, table, codes, counts in self.rows:
            numbers = [int(count) for count in counts.split(",")] if counts else []
            tables_found[release][table] = TableCells(codes.split(",") if numbers else [], numbers)
        return tables_found


def open_query(*, by: Actor, purpose: Purpose, query: Query) -> ExactAnswer:
    """Choose the releases, and in one statement log who asks what for which purpose and fetch the cells.

    Raises `QueryRefused`, not logged.
    """
    periods = release_choice.select(query)
    releases = [each.release.id for each in periods]
    names_before = [each.before.id for each in periods if each.before]
    lists = map(array_of, (releases, names_before, table_ids(query)))
    rows = call_guarded(CELLS, by, purpose, query.canonical, query.dataset.id, *lists)
    return ExactAnswer(query, periods, rows)


def open_totals(*, by: Actor, purpose: Purpose, release_id: str) -> dict[str, object]:
    """How many records and cells an exact release has, of how many of each dataset a dimension is unresolved, and its digest.

    Logged like any other figure.
    """
    ((totals, cells, digest),) = call_guarded(TOTALS, by, purpose, release_id)
    records = json.loads(totals)
    unresolved_counts = records.pop(UNRESOLVED, {})
    return {"records": records, "unresolved": unresolved_counts, "cells": json.loads(cells), "digest": digest}


def array_of(names: Iterable[str]) -> str:
    """An array of ids of ours, none of which has a quote, as the database writes it."""
    return f"{{{','.join([f'"{name}"' for name in names])}}}"


def call_guarded(sql: str, by: Actor, purpose: Purpose, *parameters: str | None) -> list[Any]:
    """The rows of a guarded function, which logs the reading."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [by.client_id, by.user_id, str(purpose), *parameters])
        tables_found: list[Any] = cursor.fetchall()
    return tables_found
