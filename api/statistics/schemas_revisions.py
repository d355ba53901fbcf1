"""Schemas of what happens to a release after the first: what changed, errata, citations."""

from __future__ import annotations

from api.openapi.words import Schema, nullable, opened, rows, schema_ref

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "format": "int32"}


def members() -> dict[str, Schema]:
    """What every release has of it."""
    erratum = {"at": schema_ref("Moment"), "text": schema_ref("Label")}
    return {
        "change_notes": nullable(schema_ref("Label"), "What changed since the vintage before; null of a first one."),
        "errata": rows(opened(erratum, erratum), description="What has to be known of it, the oldest first."),
    }


def changes() -> Schema:
    """What changed between two vintages."""
    row = {
        "codes": rows(TEXT, description="A code for each axis."),
        "before": nullable({**NUMBER, "minimum": 0}, "What the earlier vintage shows, null where it is hidden."),
        "after": nullable({**NUMBER, "minimum": 0}, "What the later vintage shows, null where it is hidden."),
        "change": nullable(NUMBER, "Null where it is hidden."),
        "status": schema_ref("ValueStatus"),
    }
    table = {
        "dataset": schema_ref("DatasetId"),
        "axes": rows(schema_ref("Axis")),
        "title": schema_ref("Label"),
        "rows": rows(opened(row, row)),
    }
    whole = {
        "release": schema_ref("ReleaseId"),
        "from": schema_ref("ReleaseId"),
        "audience": schema_ref("Audience"),
        "change_notes": nullable(schema_ref("Label")),
        "status": {
            "type": "object",
            "additionalProperties": schema_ref("Label"),
            "description": "What a status means.",
        },
        "unlisted": {
            "allOf": [schema_ref("ValueStatus")],
            "description": "A cell that is not listed: `A` did not change, `Q` is hidden.",
        },
        "tables": rows(opened(table, table)),
    }
    return opened(whole, whole, description="What changed between two vintages of a release.")


def citations() -> dict[str, Schema]:
    """A release as it is cited."""
    item = {
        "id": TEXT,
        "type": {"type": "string", "const": "dataset"},
        "title": TEXT,
        "author": rows(opened({"literal": TEXT}, ["literal"])),
        "publisher": TEXT,
        "issued": opened(
            {"date-parts": rows(rows(NUMBER))}, ["date-parts"], description="Not there where no day is known."
        ),
        "version": TEXT,
        "URL": {"type": "string", "format": "uri"},
        "language": TEXT,
        "note": TEXT,
        "status": {"type": "string", "const": "withdrawn"},
    }
    whole = {
        "release": schema_ref("ReleaseId"),
        "withdrawn": {"type": "boolean"},
        "text": schema_ref("Label"),
        "bibtex": {**TEXT, "description": "BibTeX, in the language of the answer."},
        "csl": schema_ref("CslItems"),
    }
    required = [name for name in item if name not in {"issued", "status"}]
    return {
        "CslItems": rows(opened(item, required), minItems=1, maxItems=1, description="CSL-JSON."),
        "Citation": opened(whole, whole),
    }


def schemas() -> dict[str, Schema]:
    """All of them."""
    return {"Changes": changes(), **citations()}
