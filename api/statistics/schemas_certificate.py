"""The schema of a certificate: the format that `cases.statistics.protection.audit.certificate` writes and `verify` reads."""

from __future__ import annotations

from api.openapi.words import Schema, nullable, opened, rows, schema_ref
from cases.statistics.protection.verify.certificate import FORMAT

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "format": "int64", "minimum": 0}
BOUND = nullable(COUNT, "Null where nothing is said.")


def pair(first: Schema, second: Schema, description: str) -> Schema:
    """An array of two. `items` says nothing more: readers of older versions ask for it."""
    return {
        "type": "array",
        "prefixItems": [first, second],
        "items": first if first == second else {},
        "minItems": 2,
        "maxItems": 2,
        "description": description,
    }


def every(properties: Schema, description: str = "") -> Schema:
    """An object that has all of its members."""
    return opened(properties, properties, **({"description": description} if description else {}))


def box(**more: Schema) -> Schema:
    """The members of a sum of finest cells."""
    side = pair(
        COUNT, rows(COUNT, minItems=1), "The place of a dimension, and the atoms of it (by place) that are meant."
    )
    return {"id": TEXT, "sides": rows(side, description="Of the other dimensions every atom is meant."), **more}


def space() -> Schema:
    """A dimension with its atoms."""
    axis = every(
        {
            "id": schema_ref("Axis"),
            "codes": rows(TEXT),
            "of_atom": rows(COUNT, description="For each atom the place of its code in `codes`."),
        }
    )
    return every(
        {
            "id": {**TEXT, "description": "`period`, or a dimension's name."},
            "atoms": rows(TEXT, minItems=1, description="What no table and no fact divides, each by a label."),
            "axes": rows(axis),
        }
    )


def published() -> dict[str, Schema]:
    """What is known to everybody: the cells of every public release, facts, and what changed between two vintages."""
    cell = box(release=schema_ref("ReleaseId"), value=nullable(COUNT, "Null where it is hidden."))
    fact = box(source=TEXT, low=BOUND, high=BOUND)
    vintage = {
        "dimension": {**COUNT, "description": "Its place."},
        "pairs": rows(pair(COUNT, COUNT, "The same months in the earlier and the later vintage, as atoms by place.")),
        "added": {**COUNT, "description": "Records that the later vintage has and the earlier has not."},
        "removed": {**COUNT, "description": "Records that the earlier vintage has and the later has not."},
    }
    return {
        "cells": rows(every(cell), description="Every cell of this release and of others that bear on it."),
        "facts": rows(every(fact), description="What other sources have published: low ≤ sum ≤ high."),
        "vintages": rows(every(vintage)),
    }


def proof() -> dict[str, Schema]:
    """The points, and which two of them are the proof of a hidden cell."""
    value = pair(
        COUNT, COUNT, "A finest cell by its number, the last dimension fastest, and its persons; others are 0."
    )
    change = pair(
        COUNT,
        {"type": "integer", "format": "int64"},
        "A finest cell by its number, and how many persons are added to the base.",
    )
    base = {"facts": {"type": "boolean", "description": "Whether the facts hold there."}, "values": rows(value)}
    point = {"base": {**COUNT, "description": "The place of its base."}, "change": rows(change)}
    hidden = {
        "id": {**TEXT, "description": "As in `cells`."},
        "low": COUNT,
        "high": COUNT,
        "exact": {"type": "boolean", "description": "Whether nothing under `low` and above `high` is possible."},
        "points": {
            **rows(COUNT),
            "minItems": 2,
            "maxItems": 2,
            "description": "With `low`, and with `high`, by place.",
        },
        "given_away_by_facts": {"type": "boolean", "description": "Whether the points agree with the cells only."},
    }
    return {
        "bases": rows(every(base), description="Complete tables of finest cells."),
        "points": rows(every(point), description="Others, as changes from a base."),
        "hidden": rows(every(hidden), description="Every hidden cell of this release."),
    }


def schemas() -> dict[str, Schema]:
    """The certificate and one of its blocks."""
    block = {"dimensions": rows(space(), minItems=1), **published(), **proof()}
    whole = {
        "format": {"type": "string", "const": FORMAT},
        "release": schema_ref("ReleaseId"),
        "blocks": rows(schema_ref("CertificateBlock")),
    }
    return {
        "Certificate": every(
            whole,
            "The proof of a public release: for each hidden cell two tables that agree with all that is published.",
        ),
        "CertificateBlock": every(
            block, "Tables and facts that share dimensions, over the finest cells that all of them are sums of."
        ),
    }
