"""The record of the code lists: `recorded.json`, their state when they were last released. `check` compares the lists with it.

It has one line for each code. The entry of a list has the day on which its version was recorded; empty values are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cases.codelists.types import Code, CodeList

FILE = Path(__file__).with_name("recorded.json")
Entry = dict[str, Any]


def entry_of(codelist: CodeList) -> Entry:
    """The entry of a list: all that partners and statistics depend on, in the form of JSON."""
    return {
        "version": codelist.version,
        "label": list(codelist.label),
        "levels": {level.id: {code.code: list(code.label) for code in level.codes} for level in codelist.levels},
        "codes": {code.code: entry_of_code(codelist, code) for code in codelist.codes},
    }


def entry_of_code(codelist: CodeList, code: Code) -> Entry:
    """The entry of a code, with the codes that it rolls up to."""
    values = {
        "label": list(code.label),
        "parent": code.parent,
        "valid_from": code.valid_from and code.valid_from.isoformat(),
        "valid_to": code.valid_to and code.valid_to.isoformat(),
        "replaced_by": list(code.replaced_by),
        "levels": {
            level.id: {f"{month:%Y-%m}": parent for month, parent in level.steps(code.code)}
            for level in codelist.levels
        },
    }
    return {name: value for name, value in values.items() if value}


def load(file: Path = FILE) -> dict[str, Entry]:
    """The recorded lists by id; empty where there is no file."""
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def update(before: Mapping[str, Entry], codelists: Iterable[CodeList], today: date) -> dict[str, Entry]:
    """The record of the present lists. An unchanged entry keeps its day."""
    present = {codelist.id: entry_of(codelist) for codelist in codelists}
    return {
        name: before[name] if is_same(before.get(name), entry) else {"recorded": today.isoformat(), **entry}
        for name, entry in present.items()
    }


def is_same(entry: Entry | None, other: Entry) -> bool:
    """Whether an entry, apart from its day, equals another."""
    return entry is not None and {name: value for name, value in entry.items() if name != "recorded"} == other


def save(record: Mapping[str, Entry], file: Path = FILE) -> None:
    """Write the record with one line for each code, so that a change is one line in a diff."""
    lists = ",\n".join(f"{json.dumps(name)}: {render(entry)}" for name, entry in record.items())
    file.write_text(f"{{\n{lists}\n}}\n", encoding="utf-8")


def render(entry: Entry) -> str:
    """The text of one list."""
    head = {name: value for name, value in entry.items() if name != "codes"}
    codes = ",\n".join(f"  {json.dumps(name)}: {text(code)}" for name, code in entry["codes"].items())
    return f'{text(head)[:-1]}, "codes": {{\n{codes}\n}}}}'


def text(value: Entry) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)
