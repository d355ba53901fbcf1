"""The columns of a file of a form: the period, the table, the version that is corrected, and the members of all tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from cases.intake.understanding.headers import key_of
from cases.intake.understanding.spelling import fold
from cases.services.forms import FORMS
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountTable
from core.text import Text

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
