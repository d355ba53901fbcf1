"""The columns of a file of a form, and how its cells are read.

What is not understood stays as it is, for the guard and for the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from cases.intake.templates.columns import is_empty
from cases.intake.understanding.codes import spellings_of
from cases.intake.understanding.headers import key_of
from cases.intake.understanding.sources import CellValue
from cases.intake.understanding.texts import EitherWay, fold, month_in
from cases.services.content import is_number
from cases.services.forms import FORMS
from cases.services.periods import CountPeriod
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountPeriodKind, CountTable
from core.text import Text, number_in

PERIOD, TABLE, VERSION = "period", "table", "version"
HEADS: Mapping[str, Text] = {
    PERIOD: Text("Periode", "Period"),
    TABLE: Text("Tabel", "Table"),
    VERSION: Text("Version, der rettes", "Version to correct"),
}
# The version stands last, as in files of referrals: most rows have none.
FIRST = (PERIOD, TABLE)


@cache
def members_of(form_id: str) -> Mapping[str, tuple[CountTable, CountDimension | CountMeasure]]:
    """Each member of a form with the first table that has it. One name is of one kind and one list throughout a form."""
    members: dict[str, tuple[CountTable, CountDimension | CountMeasure]] = {}
    for table in FORMS[form_id].tables:
        of_table: tuple[CountDimension | CountMeasure, ...] = (*table.dimensions, *table.measures)
        for member in of_table:
            members.setdefault(member.name, (table, member))
    return members


@cache
def labels_of(form_id: str) -> Mapping[str, Text]:
    """The columns of a file by their names, each with its label. Where two would be called alike, the table stands with them."""
    members = members_of(form_id)
    # In one language two may be called alike that are not in the other one.
    number = Counter(
        fold(text) for each in (*HEADS.values(), *(each.label for _, each in members.values())) for text in {*each}
    )
    labels = {
        name: member.label
        if all(number[fold(text)] == 1 for text in member.label)
        else with_table(member.label, table.label)
        for name, (table, member) in members.items()
    }
    return {**{name: HEADS[name] for name in FIRST}, **labels, VERSION: HEADS[VERSION]}


def with_table(label: Text, table: Text) -> Text:
    """A label with the table that it is of."""
    return Text(f"{label.da} ({table.da})", f"{label.en} ({table.en})")


@cache
def names_of(form_id: str) -> Mapping[str, str]:
    """The column of each head, as it is looked up: by its name, and by its label in either language, also by an earlier one."""
    result: dict[str, str] = {}
    for name, label in labels_of(form_id).items():
        for head in (name, name.replace("_", " "), *label):
            result.setdefault(key_of(head), name)
    for name, (_, member) in members_of(form_id).items():
        earlier = member.earlier if isinstance(member, CountMeasure) else member.codelist.label
        for head in filter(None, earlier):
            result.setdefault(key_of(head), name)
    return result


@cache
def tables_of(form_id: str) -> Mapping[str, str]:
    """The table of each text, as it is looked up: by its name, and by its label in either language."""
    return {
        fold(text): table.name
        for table in FORMS[form_id].tables
        for text in (table.name, *table.label, *filter(None, table.earlier))
    }


@cache
def dimensions_of(form_id: str) -> Mapping[str, CountDimension]:
    """The dimensions of a form by their names."""
    return {name: each for name, (_, each) in members_of(form_id).items() if isinstance(each, CountDimension)}


def heads_of(form: CountForm, language: str) -> list[str]:
    return [label(language) for label in labels_of(form.id).values()]


@cache
def codes_of(form_id: str) -> Mapping[str, Mapping[str, str]]:
    """The code of each spelling, by the dimension."""
    return {name: spellings_of(each) for name, each in dimensions_of(form_id).items()}


def text_of(cell: CellValue) -> str:
    """A cell as text: a whole number without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def value_of(form: CountForm, name: str, cell: CellValue) -> Any:
    """The code or the number of a cell; the cell itself where it is none. An empty one is None: not known."""
    if is_empty(cell):
        return None
    if name in codes_of(form.id):
        return codes_of(form.id)[name].get(fold(text_of(cell)), cell)
    if isinstance(cell, bool | date):
        return cell
    text = text_of(cell)
    return int(text) if text.isascii() and text.isdecimal() else cell


def table_of(form: CountForm, cell: CellValue) -> str | None:
    """The table that a cell names. A form of one table needs none to be named."""
    if is_empty(cell):
        return form.tables[0].name if len(form.tables) == 1 else None
    return tables_of(form.id).get(fold(text_of(cell)))


def version_of(cell: CellValue) -> int | None:
    """The version in a cell; None where there is none, and 0 for what is no version."""
    return None if is_empty(cell) else number_in(text_of(cell)) or 0


def period_of(form: CountForm, cell: CellValue) -> CountPeriod | None:
    """The period of a cell, or None. A month is also understood as people and spreadsheets write it, and a week in words."""
    if is_empty(cell):
        return None
    if form.period == CountPeriodKind.MONTH:
        try:
            month = month_in(cell)
        except EitherWay:
            return None
        return CountPeriod.parse(form.period, month) if month else None
    if isinstance(cell, datetime):
        return None
    return CountPeriod.parse(form.period, text_of(cell)) or week_in_words(form, text_of(cell))


def week_in_words(form: CountForm, text: str) -> CountPeriod | None:
    """A week as pages have it: `uge 12, 2025`."""
    parts = week_parts(text)
    digits = [each for each in parts if each.isdecimal()]
    if form.period != CountPeriodKind.WEEK or len(digits) != len(("week", "year")):
        return None
    period = CountPeriod.parse(form.period, f"{digits[1]}-W{digits[0]:0>2}")
    return period if period and parts in [week_parts(period.words(language)) for language in Text._fields] else None


def week_parts(text: str) -> list[str]:
    """The words of a week, with or without its comma."""
    return fold(text).replace(",", " ").split()


def is_understood(form: CountForm, name: str, cell: CellValue) -> bool:
    """Whether a cell is empty or is what its column has. All else is looked at by the guard."""
    if is_empty(cell):
        return True
    match name:
        case str() if name == PERIOD:
            return period_of(form, cell) is not None
        case str() if name == TABLE:
            return table_of(form, cell) is not None
        case str() if name == VERSION:
            return bool(version_of(cell))
    value = value_of(form, name, cell)
    return value in dimensions_of(form.id)[name].allowed if name in dimensions_of(form.id) else is_number(value)
