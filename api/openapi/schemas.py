"""The JSON Schema of a type, as msgspec makes it, in the words that readers and generators of clients understand.

And the few words of OpenAPI that the other modules of this package are written in: the tags, enumerations and their constants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from api.http.bodies import FURTHER, VALUES, Schema
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, OTHER, UNKNOWN

# Where the service is, in the committed description; the one that is served says where it was asked.
BASE = "https://henvis.example"
# In the order of the description.
TAGS: dict[str, str] = {
    "Access": "Fetch a token, give it back, and see who you are.",
    "Referrals": "Submit, correct, withdraw and read your own referrals. Another organisation's are as if they were not there.",
    "Deliveries": "Many referrals in one file: checked, explained, and stored exactly once.",
    "Reports": "What is expected of you and when, and the answer that there was nothing.",
    "Counts": "What a service did in a period, as numbers: outreach, clinics, shelters, the hotline, assistance, justice.",
    "Notices": "What authorities tell people in a crisis, in their languages; what you say of it; and which services are open.",
    "Assessments": "What a deciding authority found of a case.",
    "Statistics": "Tables of a release, and what can be asked for. Public; a token with a scope reads more.",
    "Plans": "National action plans: areas, initiatives, indicators, and what was observed of them. Public.",
    "Templates": "What is filled in and sent as a file, and invented rows to try in test mode.",
    "Code lists": "Every code with its labels in Danish and English. Public.",
    "Service": "Whether the service lives and is ready, and this description.",
}
# Which address has which tag: the first part of it below the API's own. What no tag names is the service's.
ADDRESSES: dict[str, tuple[str, ...]] = {
    "Access": ("me", "oauth"),
    "Referrals": ("referrals", "returns", "rehearsal"),
    "Deliveries": ("batches", "mappings", "public"),
    "Reports": ("reports", "receipts"),
    "Counts": ("counts", "count-files"),
    "Notices": ("notices", "crises", "services"),
    "Assessments": ("cases",),
    "Statistics": ("statistics", "releases"),
    "Plans": ("plans",),
    "Templates": ("templates",),
    "Code lists": ("codelists",),
}


def tag_of(path: str) -> str:
    first = re.split(r"[/.]", path.removeprefix("/api/v1").lstrip("/"))[0]
    return next((tag for tag, parts in ADDRESSES.items() if first in parts), "Service")


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
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for member in node.values():
            yield from references(member)
    elif isinstance(node, list):
        for member in node:
            yield from references(member)


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
