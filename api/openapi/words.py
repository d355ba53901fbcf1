"""The few words of OpenAPI that the other modules of this package are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, OTHER, UNKNOWN

Schema = dict[str, Any]

# Where the service is, in the committed description; the one that is served says where it was asked.
BASE = "https://henvis.example"
JSON = "application/json"
PROBLEM = "application/problem+json"
FORM = "application/x-www-form-urlencoded"


def ref(kind: str, name: str) -> Schema:
    """A reference to a component of a kind (schemas, parameters, headers, examples, responses)."""
    return {"$ref": f"#/components/{kind}/{name}"}


def schema_ref(name: str) -> Schema:
    """A reference to a schema."""
    return ref("schemas", name)


def enumeration(values: Iterable[str], description: str = "") -> Schema:
    """One of these texts."""
    about = {"description": description} if description else {}
    return {"type": "string", **about, "enum": list(values)}


# Codes whose letter alone would be no name.
MEANINGS = {UNKNOWN: "UNKNOWN", NOT_ASKED: "NOT_ASKED", NOT_APPLICABLE: "NOT_APPLICABLE", OTHER: "OTHER"}


def with_constants(name: str, schema: Schema) -> Schema:
    """A named schema; an enum gets the names of its constants.

    They begin with the schema's own name: in Go all constants of a client are in one room.
    """
    if "enum" not in schema:
        return schema
    first = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("Code", "", 1))
    return {**schema, "x-enum-varnames": [constant(f"{first}_{MEANINGS.get(v, v)}") for v in schema["enum"]]}


def constant(text: str) -> str:
    """A text as the name of a constant."""
    return re.sub(r"[^A-Z0-9]+", "_", text.upper())


def closed(properties: Schema, required: Iterable[str], **words: Any) -> Schema:
    """An object that takes no other members: what is sent to us."""
    return {**opened(properties, required, **words), "additionalProperties": False}


def opened(properties: Schema, required: Iterable[str], **words: Any) -> Schema:
    """An object that may get more members in time: what we answer."""
    return {"type": "object", **words, "properties": properties, "required": list(required)}


def rows(item: Schema, **words: Any) -> Schema:
    """An array."""
    return {"type": "array", "items": item, **words}


def nullable(schema: Schema, description: str = "") -> Schema:
    """The schema or null, as JSON Schema 2020-12 says it."""
    return {"anyOf": [schema, {"type": "null"}], **({"description": description} if description else {})}


def page_of(item: Schema) -> Schema:
    """A list under `items`."""
    return opened({"items": rows(item)}, ["items"])


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


def used(components: dict[str, Schema], paths: Schema) -> dict[str, Schema]:
    """The components that the paths lead to, by whatever way: a shared one that nothing uses is noise."""
    found: set[str] = set()
    waiting = list(references(paths))
    while waiting:
        reference = waiting.pop()
        if reference not in found:
            found.add(reference)
            _, _, kind, name = reference.split("/")
            waiting.extend(references(components[kind][name]))
    kept = {
        kind: {name: value for name, value in members.items() if f"#/components/{kind}/{name}" in found}
        for kind, members in components.items()
    }
    return {kind: members for kind, members in kept.items() if members}
