"""Schemas of the statistics: what can be asked for, tables in their three forms, and releases."""

from __future__ import annotations

from api.openapi.words import Schema, closed, nullable, opened, page_of, rows, schema_ref
from api.statistics import (
    schemas_certificate as certificate,
)
from api.statistics import (
    schemas_elsewhere as elsewhere,
)
from api.statistics import (
    schemas_revisions as revisions,
)
from api.statistics.elsewhere import ELSEWHERE, OWN
from cases.dimensions import DATASETS
from cases.statistics.reading.measures import STATUSES, Status

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "format": "int32", "minimum": 0}
LABELS: Schema = {"type": "object", "additionalProperties": TEXT}
NOTES = (
    "What a reader must know, as codes: `PERIOD_NOT_ENDED`; `UNRESOLVED`, that a person of whom contradictory things are said "
    "counts as not known (every protected release has it, whether there is anybody or not; an exact one names each attribute "
    "that is unresolved of somebody); `WITHDRAWN`; `ERRATUM`; and of what is published elsewhere `PUBLISHED_ELSEWHERE` with "
    "how firm it is. The notes of an answer say them in words."
)
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def index() -> dict[str, Schema]:
    """The grammar of a query."""
    axis = {"id": schema_ref("Axis"), "label": schema_ref("Label"), "level": nullable(TEXT), "codes": rows(TEXT)}
    dimension = {"id": TEXT, "label": schema_ref("Label"), "codelist": TEXT, "axes": rows(opened(axis, axis))}
    dataset = {
        "id": schema_ref("DatasetId"),
        "label": schema_ref("Label"),
        "about": schema_ref("Label"),
        "dimensions": rows(schema_ref("Dimension")),
    }
    measure = {"id": schema_ref("Measure"), "label": schema_ref("Label"), "unit": schema_ref("Label")}
    status = {"id": schema_ref("ValueStatus"), "label": schema_ref("Label")}
    audience = {"id": schema_ref("Audience"), "label": schema_ref("Label")}
    form = {"id": TEXT, "media_type": TEXT}
    whole = {
        "datasets": rows(schema_ref("Dataset")),
        "measures": rows(opened(measure, measure)),
        "statuses": rows(opened(status, status)),
        "formats": rows(opened(form, form)),
        "audiences": rows(opened(audience, audience)),
        "purposes": rows(schema_ref("Purpose")),
        "releases": rows(schema_ref("Release")),
    }
    return {
        "Dimension": opened(dimension, dimension),
        "Dataset": opened(dataset, dataset),
        "StatisticsIndex": opened(whole, whole),
    }


def releases() -> dict[str, Schema]:
    """A release without figures, or an exact one with its totals."""
    versions = {"type": "object", "additionalProperties": TEXT, "description": "The version of each code list."}
    always = {
        "id": schema_ref("ReleaseId"),
        "period": schema_ref("Period"),
        "vintage": {
            "type": "integer",
            "format": "int32",
            "minimum": 1,
            "description": "Counts up with each release of the period.",
        },
        "audience": schema_ref("Audience"),
        "kind": {"type": "string", "enum": [OWN, ELSEWHERE], "description": "Whether it is our own."},
        "as_of": nullable(schema_ref("Moment"), "What was current then is counted; null where it is not known."),
        "built_at": nullable(schema_ref("Moment"), "Null for what is published elsewhere."),
        "codelists": versions,
        "notes": rows(TEXT, description=NOTES),
        **revisions.members(),
    }
    return {
        "Release": opened(
            {**always, **of_exact(), **of_protected(), **elsewhere.members()},
            always,
            description="One period, counted as of one moment for one audience; immutable.",
        ),
        "Releases": page_of(schema_ref("Release")),
    }


def of_exact() -> Schema:
    """What only an exact release has."""
    names = {"type": "object", "additionalProperties": rows(TEXT), "description": "The dimensions of each dataset."}
    totals = closed(dict.fromkeys(DATASETS, COUNT), ())
    return {
        "depth": {
            "type": "integer",
            "format": "int32",
            "minimum": 1,
            "description": "How many dimensions a table may have.",
        },
        "dimensions": names,
        "records": {**totals, "description": "How many records were counted. Exact."},
        "unresolved": {
            "type": "object",
            "additionalProperties": COUNT,
            "description": "Of each dimension how many records are `_U` because what is known contradicts itself; no zeros. Exact.",
        },
        "cells": {**totals, "description": "How many cells are stored. Exact."},
        "digest": {**DIGEST, "description": "Of every cell: of a small release it could be guessed from."},
    }


def of_protected() -> Schema:
    """What only a release for everybody or for authorities has."""
    table = {
        "dataset": schema_ref("DatasetId"),
        "axes": rows(schema_ref("Axis")),
        "title": schema_ref("Label"),
        "offered": {"type": "boolean", "description": "Whether it answers; one that would show too little does not."},
    }
    withdrawn = {"at": schema_ref("Moment"), "reason": TEXT, "replacement": schema_ref("ReleaseId")}
    return {
        "published_at": nullable(schema_ref("Moment")),
        "threshold": {**COUNT, "description": "Fewer persons than this are not shown."},
        "deviation": {**COUNT, "description": "For authorities: how far a figure may be from the true one."},
        "variance": {**COUNT, "description": "For authorities: of the random changes."},
        "tables": rows(opened(table, table)),
        "commitment": {**DIGEST, "description": "The SHA-256 of the key of the release, which is kept elsewhere."},
        "withdrawn": nullable(opened(withdrawn, withdrawn), "Null while it stands."),
    }


def dimension_of_dataset() -> Schema:
    """A dimension with its codes."""
    unit = opened({"label": TEXT, "decimals": COUNT}, ["label", "decimals"])
    category = opened(
        {
            "index": {"type": "object", "additionalProperties": COUNT},
            "label": LABELS,
            "unit": {"type": "object", "additionalProperties": unit, "description": "On the measures."},
        },
        ["index", "label"],
    )
    return opened({"label": TEXT, "category": category}, ["label", "category"])


def answering() -> Schema:
    """A release that answers, as the extension of a dataset names it."""
    release = {
        "id": schema_ref("ReleaseId"),
        "period": schema_ref("Period"),
        "kind": {"type": "string", "enum": [OWN, ELSEWHERE]},
        "as_of": nullable(schema_ref("Moment")),
        "notes": rows(TEXT, description=NOTES),
        "totals_from": rows(schema_ref("ReleaseId"), description="Where totals are looked for, in this order."),
        "compared_with": nullable(schema_ref("ReleaseId")),
        "sources": rows(elsewhere.URL, description="Of what is published elsewhere."),
    }
    return opened(release, release)


def json_stat() -> Schema:
    """A JSON-stat 2.0 dataset (https://json-stat.org/full/)."""
    more = {
        "dataset": schema_ref("DatasetId"),
        "audience": schema_ref("Audience"),
        "releases": rows(answering()),
        "status": opened({"label": LABELS}, ["label"], description="What the statuses mean."),
    }
    members = {
        "version": {"type": "string", "const": "2.0"},
        "class": {"type": "string", "const": "dataset"},
        "href": {"type": "string", "format": "uri", "description": "The address of this table."},
        "label": TEXT,
        "source": TEXT,
        "updated": {**schema_ref("Moment"), "description": "Not there where no day is known."},
        "link": elsewhere.link(),
        "note": rows(TEXT),
        "id": rows(TEXT, description="The dimensions in the order of the values: measure, period, then the axes."),
        "size": rows({"type": "integer", "format": "int32", "minimum": 1}),
        "role": {"type": "object", "additionalProperties": rows(TEXT)},
        "dimension": {"type": "object", "additionalProperties": dimension_of_dataset()},
        "value": rows({"type": ["number", "null"]}),
        "status": {
            "type": "object",
            "additionalProperties": schema_ref("ValueStatus"),
            "description": "By the place of the value; a value without one is normal. `I`, `P` and `V` have a value.",
        },
        "extension": opened(more, more),
    }
    always = [name for name in members if name not in {"updated", "link"}]
    return opened(members, always, description="JSON-stat 2.0.")


def flat_rows() -> Schema:
    """A list of flat objects, as CSV has them."""
    row = {"release": schema_ref("ReleaseId"), "period": schema_ref("Period")}
    other = {
        "type": ["string", "number", "null"],
        "description": "Code and label of each axis, `count` and other measures, `status` and those of other measures.",
    }
    return rows({**opened(row, row), "additionalProperties": other}, description="A row for each cell.")


def schemas() -> dict[str, Schema]:
    """All of them."""
    meanings = "\n".join(f"* `{status}` {text.en}" for status, text in STATUSES.items())
    return {
        **index(),
        **releases(),
        "JsonStat": json_stat(),
        "FlatRows": flat_rows(),
        **certificate.schemas(),
        **revisions.schemas(),
        "ValueStatus": {"type": "string", "enum": [str(status) for status in Status], "description": meanings},
    }
