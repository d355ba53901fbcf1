"""What Henvis asks of a file: which field a column is, which code a word stands for, what stands first in a date, and of which
edition of NACE the letters of industries are.

A question names a cell and never repeats what stands in it: the words are in the file, here. Henvis keeps the answers as the
mapping of the organisation, so that nothing is asked twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from henvis_client.documents import UNREADABLE
from henvis_client.errors import UsageError
from henvis_client.key_columns import NEEDS_XLSX, decode, delimiter_of, text_of

COLUMN, VALUE, DATE, EDITION = "column", "value", "date", "edition"
PARTS = ("columns", "values", "dates", "editions")
DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
DB07, DB25 = "DB07", "DB25"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `column` is a letter, as a spreadsheet calls it, `line` counts from 1.

    `guess`: the answer that is likely. `options`: those to choose from.
    """

    kind: str
    column: str
    line: int
    field: str | None = None
    guess: str | None = None
    options: tuple[str, ...] = ()

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Question:
        """A question of an answer."""
        options = tuple(map(str, raw.get("options") or ()))
        place = str(raw.get("column") or "A"), int(raw.get("line") or 1)
        return cls(str(raw.get("kind", "")), *place, raw.get("field"), raw.get("guess"), options)

    @property
    def place(self) -> int:
        """The number of the column, from 0."""
        number = 0
        for letter in self.column.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        return number - 1


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The mapping of an organisation (`PARTS`), and its version, without which it is not replaced."""

    content: Mapping[str, Any]
    etag: str | None = None

    @property
    def complete(self) -> dict[str, dict[str, Any]]:
        """The mapping with all of its parts, also those that are empty."""
        return {name: dict(self.content.get(name) or {}) for name in PARTS}

    def with_answer(self, question: Question, text: str, answer: str) -> Dictionary:
        """The mapping with one answer more. `text`: what stands in the cell."""
        content = self.complete
        match question.kind, question.field:
            case "column", _:
                content["columns"][text] = answer
            case "value", str(field):
                content["values"][field] = {**content["values"].get(field, {}), text: answer}
            case "date", str(field):
                content["dates"][field] = answer
            case "edition", str(field):
                content["editions"][field] = answer
        return Dictionary(content, self.etag)

    @property
    def naming_nobody(self) -> Dictionary:
        """The mapping with somebody's word that nothing new in it names a person."""
        return Dictionary({**self.content, "names_nobody": True}, self.etag)


def cell_of(path: Path, line: int, column: int, sheet: str | None = None) -> str:
    """What stands in a cell of a CSV or a workbook; empty where nothing does. Raises `UsageError` where it cannot be read."""
    kind = path.suffix.lower()
    if kind not in {".csv", ".xlsx"}:
        return ""
    try:
        rows = workbook_rows(path, line, sheet) if kind == ".xlsx" else csv_rows(path, line)
        row = next(iter(rows), ())
    except OSError:
        raise UsageError("file_missing", UNREADABLE) from None
    return text_of(row[column]).strip() if column < len(row) else ""


def csv_rows(path: Path, line: int) -> Iterator[Sequence[Any]]:
    """The rows of a CSV from a line on. A row with line ends in its cells counts where it begins."""
    text = decode(path.read_bytes())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    begin = 1
    for row in reader:
        if begin >= line:
            yield row
        begin = reader.line_num + 1


def workbook_rows(path: Path, line: int, sheet: str | None) -> Iterator[Sequence[Any]]:
    """The rows of a sheet from a line on."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageError("needs_xlsx", NEEDS_XLSX) from None
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        page = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
        yield from islice(page.iter_rows(min_row=line, values_only=True), 1)
    finally:
        book.close()
