"""A release with sums of every dataset, each cell as a function of its name; and the answers of it, read in each form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from zlib import crc32

from django.http import HttpResponse

from cases.dimensions import Dataset
from stats.models import PUBLIC, Release
from stats.sums.datasets import DATASETS_AS_READ
from tests.api import json_stat
from tests.api.asserts import body
from tests.api.open_figures import TABLES, get
from tests.api.workbooks import read, values
from tests.stats.published import Cells, Told, publish

# A measure, a table and the codes of a cell.
Place = tuple[str, str, str]
Shown = dict[Place, int | None]
# What is told of each cell that is hidden.
INTERVAL = (0, 17)


def number(name: str, *, is_total: bool) -> int | None:
    """The number of a cell; a fourth of those that are no total are hidden."""
    found = crc32(name.encode())
    return None if found % 4 == 0 and not is_total else found // 4 % 900


def tables_of(dataset: Dataset) -> Iterator[tuple[str, list[str]]]:
    """The tables of a dataset in a public release, each with its cells."""
    yield "", [""]
    for axis in dataset.breakdowns:
        yield axis.id, [code.code for code in axis.codes]


def cells_of(dataset: Dataset, *, silent: str = "") -> dict[tuple[str, str], Cells]:
    """The cells of a dataset by measure and table; of the measure `silent` none is shown."""
    return {
        (measure, table): {
            code: None if measure == silent else number(f"{dataset.id} {measure} {table} {code}", is_total=not table)
            for code in codes
        }
        for measure, (table, codes) in product(dataset.units, tables_of(dataset))
    }


def publish_sums(period: str = "2024", audience: str = PUBLIC, **columns: Any) -> tuple[Release, dict[str, Shown]]:
    """A release with sums of every dataset, and its cells by dataset. Of referrals that were made nothing is shown."""
    sums = {of.id: cells_of(of, silent="referrals_made") for of in DATASETS_AS_READ.values()}
    by_table = {(name, *key): cells for name, of in sums.items() for key, cells in of.items()}
    told: dict[tuple[str, str, str], Told] = {
        key: {code: INTERVAL for code, count in cells.items() if count is None} for key, cells in by_table.items()
    }
    release = publish(
        audience, period, TABLES, sums=by_table, told_sums=told if audience == PUBLIC else None, **columns
    )
    return release, {
        name: {(*key, code): count for key, cells in of.items() for code, count in cells.items()}
        for name, of in sums.items()
    }


def ask(dataset: str, table: str, form: str = "json-stat", **texts: str) -> HttpResponse:
    """A table of a dataset as everybody gets it."""
    words = {**({"by": table} if table else {}), "format": form, "lang": "en", **texts}
    return get(f"/api/v1/statistics/{dataset}?{'&'.join(f'{name}={text}' for name, text in words.items())}")


def answered(dataset: str, table: str, form: str, response: HttpResponse) -> dict[Place, tuple[Any, ...]]:
    """The value, the status and the interval of each cell of an answer in a form. A total is of the table without axes."""
    rows = FORMS[form](response)
    found = {}
    for row in rows:
        code = row[table] if table else "TOTAL"
        place = row["quantity"], *(("", "") if code == "TOTAL" else (table, code))
        found[place] = tuple(
            None if row[name] in {"", None} else row[name] for name in ("count", "status", "least", "most")
        )
    return {
        place: (*map(as_number, (count,)), status, *map(as_number, told))
        for place, (count, status, *told) in found.items()
    }


def as_number(text: Any) -> int | None:
    """A number as any form has it."""
    return None if text is None else int(text)


def rows_of_csv(response: HttpResponse, delimiter: str = ",") -> list[dict[str, Any]]:
    """The rows of CSV."""
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def rows_of_workbook(response: HttpResponse) -> list[dict[str, Any]]:
    """The rows of the data in a workbook."""
    _, data, _ = read(response)
    head, *rows = values(data)
    return [dict(zip(head, row, strict=True)) for row in rows]


def rows_of_json_stat(response: HttpResponse) -> list[dict[str, Any]]:
    """The rows of JSON-stat."""
    document = body(response)
    json_stat.check(document)
    told = document["extension"].get("told", {"least": {}, "most": {}})
    rows = []
    for n, ((_, _, *codes), value) in enumerate(json_stat.cells(document)):
        bounds = {name: told[name].get(str(n), value) for name in ("least", "most")}
        status = document["status"].get(str(n), "A")
        rows.append({**dict(zip(document["id"][2:], codes, strict=True)), "count": value, "status": status, **bounds})
    return rows


FORMS = {
    "json-stat": rows_of_json_stat,
    "csv": rows_of_csv,
    "csv-da": lambda response: rows_of_csv(response, ";"),
    "list": lambda response: json.loads(response.content),
    "xlsx": rows_of_workbook,
}
