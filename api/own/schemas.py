"""Parameters, schemas and headers of a partner's own figures, files and calendar."""

from __future__ import annotations

from api.http import csv_lines, moments
from api.openapi.legacy_parameters import query
from api.openapi.words import Schema, opened, rows, schema_ref
from api.own import figures as own_figures
from api.records import referrals
from api.records import rows as own_rows
from cases.own.sides import MOST, SIDES
from cases.statistics.reading.query import INCLUDE

COUNT: Schema = {"type": "integer", "format": "int32", "minimum": 0}
TEXT: Schema = {"type": "string"}
YEAR = r"^2[01]\d{2}$"


def parameters() -> dict[str, Schema]:
    """By the name that the table of operations uses."""
    axes = rows(schema_ref("OwnAxis"), minItems=1, maxItems=MOST, uniqueItems=True)
    about = f"Up to {MOST} axes, with commas between; at most one of each field. Without it, the total alone."
    return {
        "own.by": {**query("by", about, axes, ["gender"]), "style": "form", "explode": False},
        "own.period": query("period", "Only months of this period.", schema_ref("Period")),
        "own.year": query(
            "year", "Only months of this year; instead of `period`.", {"type": "string", "pattern": YEAR}
        ),
        "own.zeros": query(
            "zeros",
            "`include`: a row for every combination of codes, and no gap on an axis of time. `exclude`: only what there is.",
            {"type": "string", "enum": list(own_figures.ZEROS), "default": INCLUDE},
        ),
        "own.status": query("status", "First reports or corrections only.", enum(own_figures.STANDING)),
        "own.format": query("format", "The form, for people; it goes before Accept.", enum(own_figures.FORMS)),
        "list.format": query(
            "format",
            "A page (`json`), or everything as a file (`csv`, `ndjson`) without `limit` and `cursor`. It goes before Accept.",
            enum(referrals.LIST_FORMATS),
        ),
        moments.NAME: query(
            moments.NAME,
            "Only what was recorded at this moment or later: send the moment that the last answer gave, as it is. What was erased "
            "or purged is in no answer: compare references with those of the whole list now and then.",
            {"type": "string", "format": "recent-moment", "pattern": moments.PATTERN},
        ),
    }


def enum(values: tuple[str, ...]) -> Schema:
    """One of these texts."""
    return {"type": "string", "enum": list(values)}


def headers() -> dict[str, Schema]:
    """What a file says of itself before its first row."""
    moment = {"type": "string", "format": "date-time"}
    return {
        own_rows.ROWS: {
            "description": "How many rows the file has: with fewer it is not whole. On files only.",
            "schema": COUNT,
            "example": 2,
        },
        own_rows.SINCE: {
            "description": f"Send this as `{moments.NAME}` another time. Missing where there is nothing yet.",
            "schema": moment,
            "example": "2025-04-03T09:14:27.318204Z",
        },
        "Content-Disposition": {
            "description": "The name of the file.",
            "schema": TEXT,
            "example": 'attachment; filename="referrals.csv"',
        },
    }


def figures() -> Schema:
    """A table of own figures."""
    axis = opened({"id": schema_ref("OwnAxis"), "label": TEXT}, ["id", "label"])
    row = opened({own_figures.COUNT: COUNT}, [own_figures.COUNT])
    value = {"type": ["string", "integer"], "description": "The code of each axis, and its label as `…_label`."}
    members = {
        "by": rows(axis),
        "total": {**COUNT, "description": "The sum of the rows."},
        "rows": rows({**row, "additionalProperties": value}),
    }
    return opened(
        members, members, description="Current referrals that are not withdrawn, counted at this moment. Exact."
    )


def schemas() -> dict[str, Schema]:
    """All of them."""
    labels = "\n".join(f"* `{side.id}` {side.label.en}" for side in SIDES.values())
    return {
        "OwnAxis": {
            **enum(tuple(SIDES)),
            "description": f"A field, a roll-up of one, or a length of time.\n\n{labels}",
        },
        "OwnFigures": figures(),
    }


def examples() -> dict[str, tuple[str, object]]:
    """Files and calendars; the figures are made up."""
    table = [("F", "Female", 3), ("M", "Male", 1), ("X", "Transgender or other", 0), ("_U", "Not known", 0)]
    made = [{"gender": code, "gender_label": label, "count": number} for code, label, number in table]
    return {
        "OwnFigures": ("By gender", {"by": [{"id": "gender", "label": "Gender"}], "total": 4, "rows": made}),
        "OwnFiguresCsv": (
            "The same as CSV",
            csv_lines.lines([("gender", "gender_label", "count"), *table]).decode(),
        ),
    }
