"""What a row is, for programs: JSON Schema (2020-12) of the rows as JSON, and Table Schema of the rows as CSV with codes.

Both have the codes that new rows may have on a day. Neither has the rules across fields: the service tells of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases import tokens
from cases.codelists.types import NOT_ASKED
from cases.dictionary import SCHEMA_VERSION
from cases.fields import CodedField, CodeSetField, MonthField, TokenField
from cases.intake.templates import texts
from cases.intake.templates.columns import BETWEEN, COLUMNS, EMPTY_SET, REFERENCE, TemplateColumn, choices

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
MONTH = r"[2-9]\d{3}-(0[1-9]|1[0-2])"
UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
NAME, ROW = "referrals", "referral"


def json_schema(language: str, day: date) -> Schema:
    """The schema of an array of rows; `#/$defs/referral` is that of one."""
    row: Schema = {
        "type": "object",
        "properties": {column.name: member(column, language, day) for column in COLUMNS},
        "required": [column.name for column in COLUMNS if column.required],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": texts.DATA(language),
        "version": SCHEMA_VERSION,
        "type": "array",
        "items": {"$ref": f"#/$defs/{ROW}"},
        "$defs": {ROW: row},
    }


def member(column: TemplateColumn, language: str, day: date) -> Schema:
    """The schema of a member, with its label and meaning."""
    words = {"title": column.label(language), "description": column.help(language)}
    codes = [choice.code for choice in choices(column, day)]
    match column.field:
        case CodedField():
            return {**words, "type": "string", "oneOf": constants(column, language, day)}
        case CodeSetField():
            several = {"items": {"enum": [code for code in codes if code != NOT_ASKED]}, "uniqueItems": True}
            return {**words, "type": "array", "anyOf": [several, {"const": [NOT_ASKED]}]}
        case MonthField():
            return {**words, "type": "string", "pattern": f"^{MONTH}$"}
        case TokenField():
            return {**words, "type": "string", "pattern": tokens.READ_PATTERN}
        case _ if column.name == REFERENCE:
            return {**words, "type": "string", "format": "uuid", "pattern": f"^{UUID4}$"}
    return {**words, "type": "integer", "minimum": 1}


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
    """The schema of a column."""
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
        case _:
            kind, form = ("string", {"pattern": UUID4}) if column.name == REFERENCE else ("integer", {"minimum": 1})
    words = {"name": column.name, "title": column.label(language), "description": column.help(language), "type": kind}
    constraints = {**({"required": True} if column.required else {}), **form}
    return {**words, "constraints": constraints}


def set_pattern(codes: Sequence[str]) -> str:
    """The pattern of a set in one cell: codes with `|` between them, or `[]`."""
    each = "|".join(code for code in codes if code != NOT_ASKED)
    between = f"[{BETWEEN}]"
    empty = "".join(f"\\{sign}" for sign in EMPTY_SET)
    return f"({empty}|{NOT_ASKED}|({each})({between}({each}))*)"
