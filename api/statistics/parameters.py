"""Parameters of the statistics: the grammar of a query, from the datasets and the code lists."""

from __future__ import annotations

from api.codelists.enums import described_codes, enum_name
from api.openapi.words import Schema, enumeration, rows, schema_ref
from api.statistics.audiences import PURPOSE_HEADER
from api.statistics.citations import FORMS
from api.statistics.formats.formats import FORMATS
from cases.codelists import CODELISTS
from cases.codelists.types import CodeList, Level
from cases.dimensions import DATASETS, Dimension, all_names
from cases.statistics.reading.audiences import LADDER, TEXTS
from cases.statistics.reading.exact_door import Purpose
from cases.statistics.reading.measures import UNITS, Measure
from cases.statistics.reading.query import EXCLUDE, INCLUDE, LATEST

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


def filter_name(codelist: CodeList) -> str:
    """`age_band` with its roll-ups is AgeBandFilterCode; a list without any is itself."""
    return enum_name(codelist).removesuffix("Code") + "FilterCode" if codelist.levels else enum_name(codelist)


def filter_schema(codelist: CodeList) -> Schema:
    """The codes of a list and of its roll-ups, each once."""
    shown = [f"{level.label.en}:\n\n{told(level)}" for level in codelist.levels]
    rolled_up = (code.code for level in codelist.levels for code in level.codes)
    return enumeration(dict.fromkeys((*codelist.names, *rolled_up)), "\n\n".join((described_codes(codelist), *shown)))


def told(level: Level) -> str:
    """The codes of a roll-up with their labels."""
    return "\n".join(f"* `{code.code}` {code.label.en}" for code in level.codes)


def schemas() -> dict[str, Schema]:
    """Enums of what a query may name."""
    axes = dict.fromkeys(axis for dataset in DATASETS.values() for axis in dataset.axes)
    measures = "\n".join(f"* `{measure}` {unit.label.en}" for measure, unit in UNITS.items())
    audiences = "\n".join(f"* `{audience}` {TEXTS[audience].en}" for audience in LADDER)
    return {
        **{filter_name(each): filter_schema(each) for each in CODELISTS.values() if each.levels},
        "Axis": enumeration(axes, "A dimension, or a roll-up of one: `citizenship.eu`."),
        "Measure": enumeration((str(measure) for measure in Measure), measures),
        "Audience": enumeration(LADDER, audiences),
        "Purpose": enumeration(str(purpose) for purpose in Purpose),
        "DatasetId": enumeration(DATASETS),
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
    of = [dataset.id for dataset in DATASETS.values() if dimension.name in dataset.by_name]
    only = f" Only of `{of[0]}`." if len(of) == 1 else ""
    about = f"{dimension.label.en}: one code, of the list or of a roll-up.{only}"
    return query(dimension.name, about, schema_ref(filter_name(dimension.codelist)))


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
    named = {"type": "string", "pattern": f"{RELEASE}|^{LATEST}$", "default": LATEST}
    totals = {**enumeration((INCLUDE, EXCLUDE)), "default": INCLUDE}
    form = enumeration(FORMATS)
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
            {"type": "string", "format": "moment-or-day"},
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
