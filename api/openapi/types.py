"""The JSON Schema of a type, as msgspec makes it, in the words that readers and generators of clients understand."""

from __future__ import annotations

from typing import Any

import msgspec

from api.http.bodies import FURTHER, VALUES, Schema
from api.openapi.words import references, with_constants

TEMPLATE = "#/components/schemas/{name}"
# What may stand beside a reference.
WITH_REFERENCES = ("description", "readOnly")


def schema_of(of: Any) -> tuple[Schema, dict[str, Schema]]:
    """The schema of a type, and those of every component that it leads to, by name. A schema is its own."""
    if isinstance(of, dict):
        whole, structs = of, {}
    else:
        (body,), parts = msgspec.json.schema_components([of], ref_template=TEMPLATE)
        whole, structs = (
            tidy(body),
            {component_name(name): tidy(each) | FURTHER.get(component_name(name), {}) for name, each in parts.items()},
        )
    return whole, {**structs, **values(whole, *structs.values())}


def values(*nodes: Schema) -> dict[str, Schema]:
    """The schemas of the values that these refer to, and those refer to."""
    schemas: dict[str, Schema] = {}
    waiting = [name for node in nodes for name in names(node)]
    while waiting:
        name = waiting.pop()
        if name in VALUES and name not in schemas:
            schemas[name] = with_constants(name, VALUES[name]())
            waiting.extend(names(schemas[name]))
    return schemas


def names(node: Schema) -> list[str]:
    """The components that a schema refers to."""
    return [reference.rpartition("/")[2] for reference in references(node)]


def component_name(name: str) -> str:
    return name.removesuffix("Body")


def tidy(node: Any) -> Any:
    """A schema with a type beside each enum, without titles (generators make names of them), and with references that say all."""
    if isinstance(node, list):
        return [tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        allowed_members = {name: node[name] for name in WITH_REFERENCES if name in node}
        return {"$ref": node["$ref"].removesuffix("Body"), **allowed_members}
    members = {name: tidy(member) for name, member in node.items() if name != "title" or not isinstance(member, str)}
    if members.get("items") is False:
        members["items"] = item(members["prefixItems"])
    return {"type": "string", **members} if "enum" in members and "type" not in members else members


def item(items: list[Schema]) -> Schema:
    """What each item of an array with places is, for readers that know no places: the same, or anything."""
    return items[0] if all(each == items[0] for each in items) else {}
