"""Examples of templates: their beginnings, since the whole would be longer than the rest of the description."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from api.http.bodies import schema
from api.http.renderers import render_json
from api.openapi.parts import Example
from cases.intake.templates import making, schemas
from cases.intake.templates.rows import example

DAY, LANGUAGE = date(2025, 3, 14), "en"
FIRST = 2
# The body of a file that is no text.
BINARY = Annotated[str, schema(format_="binary")]
JSON_SCHEMA_TYPE: Any = dict[str, Any]
TABLE_SCHEMA_TYPE: Any = dict[str, Any]


def beginning_of_table_schema() -> dict[str, Any]:
    """The first columns."""
    whole = schemas.table_schema(LANGUAGE, DAY)
    return {**whole, "fields": whole["fields"][:FIRST]}


def beginning_of_json_schema() -> dict[str, Any]:
    """What it is a schema of."""
    whole = schemas.json_schema(LANGUAGE, DAY)
    return {name: whole[name] for name in ("$schema", "title", "version")}


WORKBOOK = Example("TemplateWorkbook", "Its first bytes", lambda: "PK\u0003\u0004")
CSV = Example("TemplateCsv", "The heads and the example", lambda: making.empty_csv(LANGUAGE).decode())
NDJSON = Example("RehearsalNdjson", "A row", lambda: render_json(example()).decode() + "\n")
JSON_SCHEMA = Example("TemplateJsonSchema", "Its beginning", beginning_of_json_schema)
TABLE_SCHEMA = Example("TemplateTableSchema", "Its first columns", beginning_of_table_schema)
