"""Schemas of what is published elsewhere."""

from __future__ import annotations

from api.openapi.words import Schema, nullable, opened, rows, schema_ref
from cases.published import Kind, Measure

TEXT: Schema = {"type": "string"}
URL: Schema = {"type": "string", "format": "uri"}
COUNT: Schema = {"type": "integer", "format": "int32", "minimum": 0}
PERCENT: Schema = {"type": "integer", "format": "int32"}
WHEN: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}-\d{2})?$"}


def source() -> Schema:
    """A report or an article."""
    members = {"id": TEXT, "url": URL, "title": TEXT, "published": nullable(WHEN, "A day or a year; null: not known.")}
    return opened(members, members)


def figure() -> Schema:
    """One figure."""
    members = {
        "measure": {"type": "string", "enum": [str(each) for each in Measure]},
        "cell": {
            "type": "object",
            "additionalProperties": rows(TEXT),
            "description": "The codes that it sums, by dimension; none for a total.",
        },
        "count": COUNT,
        "kind": {"type": "string", "enum": [str(each) for each in Kind]},
        "status": schema_ref("ValueStatus"),
        "source": nullable(source(), "Null for what is computed from other figures."),
        "note": nullable(schema_ref("Label")),
    }
    return opened(members, members)


def stated() -> Schema:
    """A percentage that sources state themselves."""
    members = {
        "measure": schema_ref("Measure"),
        "compared_with": schema_ref("Period"),
        "stated": {**PERCENT, "description": "What the sources say."},
        "computed": {**PERCENT, "description": "What it is."},
        "agrees": {"type": "boolean"},
        "sources": rows(URL),
        "note": schema_ref("Label"),
    }
    return opened(members, members)


def members() -> Schema:
    """What only a release of this kind has."""
    kind = {"id": TEXT, "label": schema_ref("Label")}
    return {
        "published": nullable(WHEN, "Published elsewhere: the day or year of its latest source; null: not known."),
        "kinds": rows(opened(kind, kind), description="How firm its figures are."),
        "sources": rows(source(), description="Where it is published elsewhere."),
        "figures": rows(figure(), description="Each figure with its source; of one release, not in the list."),
        "stated": rows(
            stated(), description="Percentages of the sources, beside what they should be; not in the list."
        ),
    }


def link() -> Schema:
    """JSON-stat's links to the sources."""
    one = {"href": URL, "label": TEXT}
    return opened({"via": rows(opened(one, one))}, ["via"], description="The sources of what is published elsewhere.")
