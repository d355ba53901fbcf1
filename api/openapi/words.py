"""The few words of OpenAPI that the other modules of this package are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, OTHER, UNKNOWN

Schema = dict[str, Any]

# Where the service is, in the committed description; the one that is served says where it was asked.
BASE = "https://henvis.example"


# Of more values a client has no constants: each country would be three of them.
MOST_CONSTANTS = 100


def enumeration(values: Iterable[str], description: str = "") -> Schema:
    """One of these texts; of very many a pattern."""
    names, about = list(values), {"description": description} if description else {}
    if len(names) > MOST_CONSTANTS:
        return {"type": "string", **about, "pattern": f"^({'|'.join(map(re.escape, names))})$"}
    return {"type": "string", **about, "enum": names}


# Codes whose letter alone would be no name.
MEANINGS = {UNKNOWN: "UNKNOWN", NOT_ASKED: "NOT_ASKED", NOT_APPLICABLE: "NOT_APPLICABLE", OTHER: "OTHER"}


def with_constants(name: str, schema: Schema) -> Schema:
    """A named schema; an enum gets the names of its constants.

    They begin with the schema's own name: in Go all constants of a client are in one room.
    """
    if "enum" not in schema:
        return schema
    short = name.replace("Code", "", 1).replace("OrNotAsked", "OrN").replace("OrNotApplicable", "OrZ")
    first = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", short)
    return {**schema, "x-enum-varnames": [constant(f"{first}_{MEANINGS.get(v, v)}") for v in schema["enum"]]}


def constant(text: str) -> str:
    """A text as the name of a constant."""
    return re.sub(r"[^A-Z0-9]+", "_", text.upper())


def references(node: object) -> Iterator[str]:
    """Every reference below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for member in node.values():
            yield from references(member)
    elif isinstance(node, list):
        for member in node:
            yield from references(member)
