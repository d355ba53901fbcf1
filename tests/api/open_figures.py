"""What is published, as everybody reads it in tests: without a token."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from tests.api import json_stat
from tests.api.asserts import body
from tests.callers import Browser
from tests.cases.statistics.published import Cells

INDEX, PERSONS, RELEASES = "/api/v1/statistics", "/api/v1/statistics/persons", "/api/v1/releases"
GENDER: Cells = {"F": 60, "M": None, "X": None}
TABLES: dict[str, Cells] = {"": {"": 73}, "gender": GENDER}


def get(path: str, **headers: str) -> HttpResponse:
    """A request without a token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Browser().get(path, headers=named)  # type: ignore[return-value]


def table(query: str = "by=gender", **headers: str) -> HttpResponse:
    """A table of persons."""
    return get(f"{PERSONS}?{query}", **headers)


def cells(response: HttpResponse) -> dict[tuple[str, ...], Any]:
    """The value of every cell, with the measure."""
    document = body(response)
    json_stat.check(document)
    return dict(json_stat.cells(document))


def statuses(response: HttpResponse) -> set[str]:
    """The statuses that are not normal."""
    return set(body(response)["status"].values())
