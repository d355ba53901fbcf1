"""Parameters of the statistics: the grammar of a query, from the datasets and the code lists."""

from __future__ import annotations

from api.audiences import PURPOSE_HEADER
from api.citations import FORMS
from api.formats import FORMATS
from api.openapi.records import enum_name
from api.openapi.words import Schema, rows, schema_ref
from cases.codelists import CODELISTS
from cases.codelists.types import CodeList, Level
from cases.statistics.audiences import LADDER, TEXTS
from cases.statistics.dimensions import DATASETS, Dimension, all_names
from cases.statistics.exact import Purpose
from cases.statistics.measures import UNITS, Measure
from cases.statistics.query import EXCLUDE, INCLUDE, LATEST

YEAR, PERIOD = r"^2\d{3}$", r"^2\d{3}(-Q[1-4]|-2\d{3})?$"
RELEASE = r"^2\d{3}(-Q[1-4]|-2\d{3})?\.[vpae][1-9]\d{0,5}$"
DIMENSIONS: dict[str, Dimension] = {name: d for dataset in DATASETS.values() for name, d in dataset.by_name.items()}
QUERY = (
    "by",
    *(f"dimension.{name}" for name in all_names()),
    "period",
    "year",
    "release",
    "asOf",
    "measure",
    "totals",
    "audience",
    "format",
)


def level_name(codelist: CodeList, level: Level) -> str:
    """The level `minor` of `age_band` is AgeBandMinorCode."""
    return (
        enum_name(codelist).removesuffix("Code") + "".join(part.capitalize() for part in level.id.split("_")) + "Code"
    )


def level_schema(codelist: CodeList, level: Level) -> Schema:
    """The codes of a roll-up."""
    shown = "\n".join(f"* `{code.code}` {code.label.en}" for code in level.codes)
    return {
        "type": "string",
        "title": level.label.en,
        "description": f"{level.label.en}, a roll-up of `{codelist.id}`.\n\n{shown}",
        "enum": [code.code for code in level.codes],
    }


def schemas() -> dict[str, Schema]:
    """Enums of what a query may name."""
    axes = dict.fromkeys(axis for dataset in DATASETS.values() for axis in dataset.axes)
    measures = "\n".join(f"* `{measure}` {unit.label.en}" for measure, unit in UNITS.items())
    levels = {
        level_name(each, level): level_schema(each, level) for each in CODELISTS.values() for level in each.levels
    }
    return {
        **levels,
        "Axis": {
            "type": "string",
            "enum": list(axes),
            "description": "A dimension, or a roll-up of one: `citizenship.eu`.",
        },
        "Measure": {"type": "string", "enum": [str(measure) for measure in Measure], "description": measures},
        "Audience": {
            "type": "string",
            "enum": list(LADDER),
            "description": "\n".join(f"* `{audience}` {TEXTS[audience].en}" for audience in LADDER),
        },
        "Purpose": {"type": "string", "enum": [str(purpose) for purpose in Purpose]},
        "DatasetId": {"type": "string", "enum": list(DATASETS)},
        "Period": {
            "type": "string",
            "pattern": PERIOD,
            "description": "A year `2023`, a quarter `2023-Q4`, or a pool of years `2019-2023`.",
        },
        "ReleaseId": {
            "type": "string",
            "pattern": RELEASE,
            "description": "A period and a vintage: `v` exact, `p` public, `a` authority, `e` published elsewhere.",
        },
    }


def query(name: str, about: str, schema: Schema, **words: object) -> Schema:
    """A query parameter."""
    return {"name": name, "in": "query", "description": about, "schema": schema, **words}


def filter_parameter(dimension: Dimension) -> Schema:
    """One published code of a dimension."""
    levels = [schema_ref(level_name(dimension.codelist, level)) for level in dimension.codelist.levels]
    codes = schema_ref(enum_name(dimension.codelist))
    of = [dataset.id for dataset in DATASETS.values() if dimension.name in dataset.by_name]
    only = f" Only of `{of[0]}`." if len(of) == 1 else ""
    about = f"{dimension.label.en}: one code, of the list or of a roll-up.{only}"
    return query(dimension.name, about, {"anyOf": [codes, *levels]} if levels else codes)


def purpose() -> Schema:
    """What exact figures are read for."""
    about = "What exact figures are for; needed for those alone. It is logged with the query."
    return {"name": PURPOSE_HEADER, "in": "header", "description": about, "schema": schema_ref("Purpose")}


def several(name: str) -> Schema:
    """A comma-separated list of different values."""
    return {"schema": rows(schema_ref(name), minItems=1, uniqueItems=True), "style": "form", "explode": False}


def inside(name: str, about: str, schema: Schema, example: str) -> Schema:
    """A part of the path."""
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema, "example": example}


def components() -> dict[str, Schema]:
    """Every parameter of the statistics, by the name that the table of operations uses."""
    by, measure = several("Axis"), several("Measure")
    named = {"anyOf": [{"type": "string", "const": LATEST}, schema_ref("ReleaseId")], "default": LATEST}
    totals = {"type": "string", "enum": [INCLUDE, EXCLUDE], "default": INCLUDE}
    form = {"type": "string", "enum": list(FORMATS)}
    return {
        "dataset_id": inside("dataset_id", "What is counted.", schema_ref("DatasetId"), "persons"),
        "release_id": inside("release_id", "A release.", schema_ref("ReleaseId"), "2023.p1"),
        "Henvis-Purpose": purpose(),
        "by": query("by", "The axes, with commas between; at most one of each dimension.", **by, example=["gender"]),
        **{f"dimension.{name}": filter_parameter(DIMENSIONS[name]) for name in all_names()},
        "period": query("period", "One period. Without it, every year that is released.", schema_ref("Period")),
        "year": query("year", "One year; instead of `period`.", {"type": "string", "pattern": YEAR}),
        "release": query("release", "A release by its id, or the latest of each period.", named),
        "asOf": query(
            "asOf",
            "The vintages that were current at this moment: an RFC 3339 moment, or a date, which means its end in Copenhagen. "
            "Not together with the id of a release. A `+` is written `%2B`.",
            {"anyOf": [schema_ref("Moment"), {"type": "string", "format": "date"}]},
        ),
        "from": query(
            "from",
            "The earlier vintage; without it the one before. Of a protected release no other.",
            schema_ref("ReleaseId"),
        ),
        "changes.dataset": query("dataset", "The tables of one dataset.", schema_ref("DatasetId")),
        "citation.format": query(
            "format", "The form, for people; it goes before Accept.", {"type": "string", "enum": list(FORMS)}
        ),
        "measure": query("measure", "The measures, with commas between; `count` where none is named.", **measure),
        "totals": query("totals", "Whether each axis begins with its total.", totals),
        "audience": query(
            "audience", "For whom: the widest that the token opens, or a narrower one.", schema_ref("Audience")
        ),
        "format": query("format", "The form, for people; it goes before Accept.", form),
    }
