"""Schemas of code lists."""

from __future__ import annotations

from api.openapi.words import Schema, nullable, opened, page_of, rows, schema_ref
from cases.codelists.changes import CodeChangeKind

TEXT: Schema = {"type": "string"}
DATE: Schema = {"type": "string", "format": "date"}
CODE: dict[str, Schema] = {
    "code": TEXT,
    "label": schema_ref("Label"),
    "parent": nullable(TEXT, "The code one level up inside the same list."),
    "valid_from": nullable(DATE, "The first day on which new data may carry it."),
    "valid_to": nullable(DATE, "The last day on which new data may carry it; stored data keep it."),
    "replaces": rows(TEXT, description="The codes that it takes the place of."),
    "replaced_by": rows(TEXT, description="Its successors, where it is retired: several where it was split."),
    "maps": {"type": "object", "additionalProperties": TEXT, "description": "Its name in other standards."},
}
LEVEL: dict[str, Schema] = {
    "id": TEXT,
    "label": schema_ref("Label"),
    "dated": {"type": "boolean", "description": "Whether the roll-up depends on the month (EU membership does)."},
    "codes": rows(schema_ref("Code")),
}
CHANGE: dict[str, Schema] = {
    "codelist": {**TEXT, "description": "The id of the list."},
    "version": {**TEXT, "description": "The version of the list that brings the change."},
    "kind": {
        "type": "string",
        "enum": [str(kind) for kind in CodeChangeKind],
        "description": "A split is also a retirement.",
    },
    "code": TEXT,
    "label": schema_ref("Label"),
    "was": {
        "anyOf": [schema_ref("Label"), {"type": "null"}],
        "description": "The label before it was put in other words.",
    },
    **{name: CODE[name] for name in ("replaces", "replaced_by", "valid_from", "valid_to")},
    "announced": {**DATE, "description": "The day since which it is known."},
    "text": schema_ref("Label"),
}
SUMMARY: dict[str, Schema] = {"id": TEXT, "label": schema_ref("Label"), "version": TEXT}
COUNT: dict[str, Schema] = {"codes": {"type": "integer", "format": "int32", "description": "How many codes it has."}}
FULL: dict[str, Schema] = {"codes": rows(schema_ref("Code")), "levels": rows(schema_ref("Level"))}


def schemas() -> dict[str, Schema]:
    """A code list with and without its codes."""
    return {
        "Code": opened(CODE, CODE),
        "Level": opened(LEVEL, LEVEL, description="A roll-up: coarser codes that partition the list."),
        "CodeListChange": opened(CHANGE, CHANGE, description="One change of one code."),
        "CodeListChanges": page_of(schema_ref("CodeListChange")),
        "CodeListSummary": opened({**SUMMARY, **COUNT}, [*SUMMARY, *COUNT]),
        "CodeLists": page_of(schema_ref("CodeListSummary")),
        "CodeList": opened({**SUMMARY, **FULL}, [*SUMMARY, *FULL]),
    }
