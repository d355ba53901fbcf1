"""JSON-stat 2.0, read independently of what writes it (https://json-stat.org/full/), and by two libraries of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from math import prod
from typing import Any
from warnings import catch_warnings, simplefilter

from jsonstat_validator import validate_jsonstat  # type: ignore[import-untyped]
from pyjstat import pyjstat  # type: ignore[import-untyped]

KNOWN = {"version", "class", "href", "label", "source", "updated", "id", "size", "role", "dimension", "value", "status"}
OPTIONAL = {"note", "extension", "link", "error"}
# The statuses of what has no value: all that are not about how firm a value is.
WITHOUT_VALUE = {"M", "L", "O", "Q"}
BREAK = "B"  # of a number after a break in the series, and of a change across one, which has none
Cell = tuple[str, ...]


def check(document: Any) -> None:
    """Every rule of the specification for a dataset, and the stricter shape that known clients need."""
    assert isinstance(document, dict)
    assert set(document) <= KNOWN | OPTIONAL
    assert (document["version"], document["class"]) == ("2.0", "dataset")
    assert isinstance(document["label"], str)
    assert isinstance(document["source"], str)
    assert document["href"].startswith("http")
    assert "updated" not in document or datetime.fromisoformat(document["updated"])
    for link in (one for links in document.get("link", {}).values() for one in links):
        assert set(link) <= {"href", "type", "class", "label"} and link["href"].startswith("https://")
    assert all(isinstance(note, str) for note in document["note"])
    ids, sizes = document["id"], document["size"]
    assert len(ids) == len(sizes) == len(set(ids))
    assert all(isinstance(size, int) and size > 0 for size in sizes)
    assert set(document["dimension"]) == set(ids)
    for name, size in zip(ids, sizes, strict=True):
        check_dimension(document["dimension"][name], size)
    check_roles(document["role"], ids)
    check_values(document, prod(sizes))
    check_decimals(document)
    assert validate_jsonstat(document)
    check_frame(document)


def check_decimals(document: Any) -> None:
    """The decimals of a measure are those of its values."""
    shown: dict[str, list[Any]] = {}
    for (measure, *_), value in cells(document):
        shown.setdefault(measure, []).append(value)
    for measure, unit in document["dimension"]["measure"]["category"]["unit"].items():
        assert unit["decimals"] == (1 if any(isinstance(value, float) for value in shown[measure]) else 0)


def check_frame(document: Any) -> None:
    """Read as a data frame, it has a row for each value, in the order of the values, with the labels of its cell."""
    with catch_warnings():
        # The library warns of a function of its own.
        simplefilter("ignore", DeprecationWarning)
        frame = pyjstat.Dataset.read(json.dumps(document)).write("dataframe")
    assert [None if value != value else value for value in frame["value"].tolist()] == document["value"]
    labels = [dimension["category"]["label"] for dimension in in_order(document)]
    read = frame.drop(columns="value").itertuples(index=False, name=None)
    for (cell, _), row in zip(cells(document), read, strict=True):
        assert [names[code] for names, code in zip(labels, cell, strict=True)] == list(row)


def check_dimension(dimension: Any, size: int) -> None:
    """A dimension: a label, and categories whose index is an object onto 0..size-1 with a label each."""
    assert set(dimension) <= {"label", "category", "note", "href", "link", "extension"}
    assert isinstance(dimension["label"], str)
    category = dimension["category"]
    assert set(category) <= {"index", "label", "child", "coordinates", "unit", "note"}
    assert isinstance(category["index"], dict)
    assert sorted(category["index"].values()) == list(range(size))
    assert list(category["index"].values()) == list(range(size))
    assert set(category["label"]) == set(category["index"])
    assert all(isinstance(label, str) and label for label in category["label"].values())
    for name, unit in category.get("unit", {}).items():
        assert name in category["index"]
        assert set(unit) <= {"decimals", "label", "symbol", "position", "base", "type", "multiplier", "adjustment"}
        assert isinstance(unit["decimals"], int)


def check_roles(role: Any, ids: list[str]) -> None:
    """Roles name dimensions, each at most once; what has a unit is a metric."""
    named = [name for names in role.values() for name in names]
    assert set(role) <= {"time", "geo", "metric"}
    assert len(named) == len(set(named))
    assert set(named) <= set(ids)


def check_values(document: Any, size: int) -> None:
    """One number or null for each cell; a status for whichever cells have one to tell."""
    assert isinstance(document["value"], list)
    assert len(document["value"]) == size
    assert all(value is None or (isinstance(value, int | float) and value is not True) for value in document["value"])
    status = document["status"]
    assert isinstance(status, dict)
    assert all(key == str(int(key)) and 0 <= int(key) < size for key in status)
    assert set(status.values()) <= set(document["extension"]["status"]["label"])
    empty = {int(key) for key, code in status.items() if code in WITHOUT_VALUE}
    no_value = {n for n, value in enumerate(document["value"]) if value is None}
    assert empty == {n for n in no_value if status.get(str(n)) != BREAK}


def cells(document: Any) -> Iterator[tuple[Cell, Any]]:
    """Every cell by its categories, row-major as the specification says."""
    names = [sorted(d["category"]["index"], key=d["category"]["index"].get) for d in in_order(document)]
    return zip(product(*names), document["value"], strict=True)


def in_order(document: Any) -> list[Any]:
    """The dimensions in the order of `id`."""
    return [document["dimension"][name] for name in document["id"]]
