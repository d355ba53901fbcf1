"""Files of counts in tests: rows by name and code as CSV, and what a form can say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cases.intake.countfiles.columns import labels_of
from cases.intake.countfiles.reading import CountFile, read_source
from cases.intake.readers.files import open_file
from cases.services.shapes import CountForm

VISIT = {"table": "visits", "region": "DK01", "setting": "STREET", "activity": "VISIT"}
NO_CONTACTS = {"table": "contacts"}


def csv_of(form: CountForm, *rows: dict[str, Any], period: str = "2025-03") -> bytes:
    """Rows of a form; each has the period, unless it says another one."""
    heads = [*labels_of(form.id)]
    lines = [heads, *([str({"period": period, **row}.get(head, "")) for head in heads] for row in rows)]
    return "\n".join(",".join(line) for line in lines).encode()


def read_bytes(form: CountForm, content: bytes, kind: str, folder: Path) -> CountFile:
    """A file as the program reads it."""
    path = folder / f"file.{kind}"
    path.write_bytes(content)
    return read_source(form, open_file(path, media_type=None, name=path.name))


def contents(form: CountForm) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Numbers of a form: two lines in each table but one, which is empty, or is not known."""
    for left_out in range(len(form.tables)):
        tables = {}
        for place, table in enumerate(form.tables):
            codes = [{each.name: each.allowed[-1 - at] for each in table.dimensions} for at in range(2)]
            numbers = [dict.fromkeys(table.measure_names, 0) | {table.measure_names[0]: at + 1} for at in range(2)]
            known = table.measure_names[1:][-1:]
            lines = [{**code, **number, **dict.fromkeys(known)} for code, number in zip(codes, numbers, strict=True)]
            tables[table.name] = lines if place != left_out else []
        yield tables
