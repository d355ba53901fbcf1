"""What a row is, for programs: JSON Schema (2020-12) of the rows as JSON, and Table Schema of the rows as CSV with codes.

Both have the codes that new rows may have on a day, and what an export has beside a row. Neither has the rules across fields: the
service tells of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases import tokens
from cases.codelists.types import NOT_ASKED
from cases.dictionary import SCHEMA_VERSION
from cases.fields import CodedField, CodeSetField, MonthField, TokenField
from cases.intake.additions import MOMENT, REASON, REASONS, RECORDED_AT, SCHEMA, SCHEMA_FORM, STATUS, STATUSES
from cases.intake.guard.references import UUID4
from cases.intake.templates import texts
from cases.intake.templates.columns import BETWEEN, BY_NAME, EMPTY_SET, REFERENCE, VERSION, TemplateColumn, choices

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
MONTH = r"[2-9]\d{3}-(0[1-9]|1[0-2])"
NAME, ROW = "referrals", "referral"
NULL: Schema = {"type": "null"}
COLUMNS = tuple(BY_NAME.values())
# What only the service sets, as it gives it out.
OF_SERVICE: dict[str, Schema] = {
    STATUS: {"enum": [*STATUSES]},
    REASON: {"enum": [*REASONS]},
    SCHEMA: {"pattern": SCHEMA_FORM},
    RECORDED_AT: {"pattern": MOMENT},
}


def json_schema(language: str, day: date) -> Schema:
    """The schema of an array of rows, or of a page with one in it; `#/$defs/referral` is that of one row."""
    row: Schema = {
        "type": "object",
        "properties": {column.name: member(column, language, day) for column in COLUMNS},
        "required": [column.name for column in COLUMNS if column.required],
        "additionalProperties": False,
    }
    rows: Schema = {"items": {"$ref": f"#/$defs/{ROW}"}}
    of_page = {name: {"type": ["string", "null"]} for name in ("next", "changed_since")}
    return {
        "$schema": DIALECT,
        "title": texts.DATA(language),
        "version": SCHEMA_VERSION,
        "type": ["array", "object"],
        **rows,
        "properties": {"items": {"type": "array", **rows}, **of_page},
        "required": ["items"],
        "additionalProperties": False,
        "$defs": {ROW: row},
    }


def member(column: TemplateColumn, language: str, day: date) -> Schema:
    """The schema of a member, with its label and meaning. One that need not be there may be null."""
    words = {"title": column.label(language), "description": column.help(language)}
    form = form_of(column, language, day)
    return {**words, **form} if column.required else {**words, "anyOf": [form, NULL]}


def form_of(column: TemplateColumn, language: str, day: date) -> Schema:
    """What a member may be."""
    match column.field:
        case CodedField():
            return {"type": "string", "oneOf": constants(column, language, day)}
        case CodeSetField():
            several = {"items": {"enum": [each.code for each in choices(column, day) if each.code != NOT_ASKED]}}
            return {"type": "array", "anyOf": [several, {"const": [NOT_ASKED]}]}
        case MonthField():
            return {"type": "string", "pattern": f"^{MONTH}$"}
        case TokenField():
            return {"type": "string", "pattern": tokens.READ_PATTERN}
    if column.name == REFERENCE:
        return {"type": "string", "format": "uuid", "pattern": f"^{UUID4}$"}
    return (
        {"type": "integer", "minimum": 1} if column.name == VERSION else {"type": "string", **OF_SERVICE[column.name]}
    )


def constants(column: TemplateColumn, language: str, day: date) -> list[Schema]:
    """The codes of a column, each with its label."""
    return [{"const": choice.code, "title": choice.label(language)} for choice in choices(column, day)]


def table_schema(language: str, day: date) -> Schema:
    """The schema of a table whose heads are codes, in any order; an empty cell is a field that is left out.

    `superset`: the schema has more columns than a table needs, and a table has no other.
    """
    return {
        "$schema": PROFILE,
        "name": NAME,
        "title": texts.DATA(language),
        "version": SCHEMA_VERSION,
        "fieldsMatch": "superset",
        "fields": [column_schema(column, language, day) for column in COLUMNS],
        "missingValues": [""],
        "primaryKey": [REFERENCE],
    }


def column_schema(column: TemplateColumn, language: str, day: date) -> Schema:
    """A field descriptor of Table Schema: the kind of its values, and as constraints their codes, pattern or range."""
    codes = [choice.code for choice in choices(column, day)]
    kind, form = "string", Schema()
    match column.field:
        case CodedField():
            form = {"enum": codes}
        case CodeSetField():
            form = {"pattern": set_pattern(codes)}
        case MonthField():
            kind, form = "yearmonth", {"minimum": "2000-01"}
        case TokenField():
            form = {"pattern": tokens.READ_PATTERN}
        case _ if column.name == VERSION:
            kind, form = "integer", {"minimum": 1}
        case _:
            form = {"pattern": UUID4} if column.name == REFERENCE else OF_SERVICE[column.name]
    words = {"name": column.name, "title": column.label(language), "description": column.help(language), "type": kind}
    constraints = {**({"required": True} if column.required else {}), **form}
    return {**words, "constraints": constraints}


def set_pattern(codes: Sequence[str]) -> str:
    """The pattern of a set in one cell: codes with `|` between them, or `[]`."""
    each = "|".join(code for code in codes if code != NOT_ASKED)
    between = f"[{BETWEEN}]"
    empty = "".join(f"\\{sign}" for sign in EMPTY_SET)
    return f"({empty}|{NOT_ASKED}|({each})({between}({each}))*)"
