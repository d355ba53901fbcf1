"""What the code lists said when they were last released: `recorded.json`, committed beside them, which `check` compares with.

A line for each code. A list's entry keeps the day on which its version was recorded; what is not said of a code is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cases.codelists.types import Code, CodeList, Level

FILE = Path(__file__).with_name("recorded.json")
# Months of a dated level that are compared. It begins where records do; a change of later years is a new version as well.
MONTHS = tuple(date(year, month, 1) for year in range(2000, 2041) for month in range(1, 13))
Entry = dict[str, Any]


def entry_of(codelist: CodeList) -> Entry:
    """All that a version of a list says to partners and statistics, as JSON has it."""
    return {
        "version": codelist.version,
        "label": list(codelist.label),
        "levels": {level.id: {code.code: list(code.label) for code in level.codes} for level in codelist.levels},
        "codes": {code.code: entry_of_code(codelist, code) for code in codelist.codes},
    }


def entry_of_code(codelist: CodeList, code: Code) -> Entry:
    """One code, with what it rolls up to."""
    said = {
        "label": list(code.label),
        "parent": code.parent,
        "valid_from": code.valid_from and code.valid_from.isoformat(),
        "valid_to": code.valid_to and code.valid_to.isoformat(),
        "replaced_by": list(code.replaced_by),
        "levels": {level.id: dict(steps(level, code.code)) for level in codelist.levels},
    }
    return {name: value for name, value in said.items() if value}


def steps(level: Level, leaf: str) -> Iterator[tuple[str, str]]:
    """The coarser code of a leaf, by the first month of each span in which it stays the same."""
    held = None
    for month in MONTHS if level.dated else MONTHS[:1]:
        if (parent := level.parent_of(leaf, month)) != held:
            yield f"{month:%Y-%m}", parent
            held = parent


def load(file: Path = FILE) -> dict[str, Entry]:
    """The recorded lists by id. None are recorded where there is no file."""
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def update(recorded: Mapping[str, Entry], codelists: Iterable[CodeList], today: date) -> dict[str, Entry]:
    """The record of the present lists. An entry that says the same keeps its day."""
    present = {codelist.id: entry_of(codelist) for codelist in codelists}
    return {
        name: recorded[name] if is_same(recorded.get(name), said) else {"recorded": today.isoformat(), **said}
        for name, said in present.items()
    }


def is_same(entry: Entry | None, said: Entry) -> bool:
    """Whether an entry says just this."""
    return entry is not None and {name: value for name, value in entry.items() if name != "recorded"} == said


def save(record: Mapping[str, Entry], file: Path = FILE) -> None:
    """Write the record, a line for each code, so that a change is read as one."""
    lists = ",\n".join(f"{json.dumps(name)}: {render(entry)}" for name, entry in record.items())
    file.write_text(f"{{\n{lists}\n}}\n", encoding="utf-8")


def render(entry: Entry) -> str:
    """One list."""
    head = {name: value for name, value in entry.items() if name != "codes"}
    codes = ",\n".join(f"  {json.dumps(name)}: {text(code)}" for name, code in entry["codes"].items())
    return f'{text(head)[:-1]}, "codes": {{\n{codes}\n}}}}'


def text(value: Entry) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False)
