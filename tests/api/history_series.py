"""Reading the published history: what its tests have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from tests.api import json_stat
from tests.api.asserts import body
from tests.api.open_figures import cells

# The final totals, the last of them computed from 420 for five years.
TOTALS = {
    "2007": 17, "2008": 28, "2009": 47, "2010": 53, "2011": 60, "2012": 66, "2013": 76, "2014": 71,
    "2015": 93, "2016": 121, "2017": 98, "2018": 97, "2019": 64, "2020": 77, "2021": 80,
    "2022": 73, "2023": 112, "2024": 78,
}  # fmt: skip


def series(response: HttpResponse) -> dict[str, Any]:
    """The count of each period, where there is nothing but a total."""
    return {cell[1]: value for cell, value in cells(response).items() if cell[0] == "count"}


def marked(response: HttpResponse) -> dict[tuple[str, ...], tuple[Any, str]]:
    """Value and status of every cell."""
    document = body(response)
    json_stat.check(document)
    return {
        cell: (value, document["status"].get(str(n), "A")) for n, (cell, value) in enumerate(json_stat.cells(document))
    }


def shown_by(response: HttpResponse) -> list[str]:
    """The releases of an answer."""
    return [one["id"] for one in body(response)["extension"]["releases"]]
