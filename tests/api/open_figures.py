"""What is published, as everybody reads it in tests: without a token."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from tests.api import json_stat
from tests.api.asserts import body
from tests.callers import Browser, Caller
from tests.stats.published import Cells

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


def own(listed: list[dict[str, Any]]) -> list[str]:
    """Our own among the releases of a list or of an answer, by id; those of others stand there too."""
    return [one["id"] for one in listed if one["kind"] == "own"]


def releases(caller: Caller | None = None, query: str = "") -> list[str]:
    """Our own among the releases that a caller may read, everybody by default."""
    return own(body(caller.get(RELEASES + query) if caller else get(RELEASES + query))["items"])


def own_cells(response: HttpResponse) -> dict[tuple[str, ...], Any]:
    """The values that our own releases give."""
    ours = {one["period"] for one in body(response)["extension"]["releases"] if one["kind"] == "own"}
    return {cell: value for cell, value in cells(response).items() if cell[1] in ours}


def statuses(response: HttpResponse) -> set[str]:
    """The statuses that are not normal."""
    return set(body(response)["status"].values())
