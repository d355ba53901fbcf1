"""A copy of a file in which references stand in the place of own keys. Rows and columns stay where they are.

Only what is needed is copied: of a workbook the values of the sheets with the key's column, and no other sheet, no comment, no
author.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile

from henvis_client.disk import write_safely
from henvis_client.documents import UNKNOWN_KIND, UNREADABLE
from henvis_client.errors import UsageError
from henvis_client.own_keys import SECRET_BYTES, normalise_key, reference_of
from henvis_client.texts import Text

REFERENCE = "reference"
# How far down the row of headers may stand.
HEADER_ROWS = 10
MOST_LINES = 20
DELIMITERS = ";,\t"
# What a spreadsheet that opens a CSV takes for a formula. An apostrophe goes before it in a file that was restored.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NO_COLUMN = Text(
    "Filen har ingen kolonne {column}. Skriv navnet, som det står i filen.",
    "The file has no column {column}. Write the name as it stands in the file.",
)
TWO_REFERENCES = Text(
    "Filen har både kolonnen {column} og en kolonne med referencer. Slet {column}, og send uden --key-column. Er det kolonnen med "
    "referencer, der er tom, så slet den i stedet.",
    "The file has both the column {column} and a column of references. Delete {column} and send without --key-column. If it is the "
    "column of references that is empty, delete that one instead.",
)
EMPTY_CELLS = Text(
    "Nøglen mangler i række {lines}. Uden nøgle kan rækken ikke kendes igen. Udfyld cellen, og prøv igen; intet er sendt.",
    "The key is missing in row {lines}. Without a key the row cannot be known again. Fill in the cell and try again; nothing was "
    "sent.",
)
NEEDS_XLSX = Text(
    "Regneark kræver her pakken openpyxl: pip install openpyxl. Eller gem filen som CSV.",
    "Workbooks need the package openpyxl here: pip install openpyxl. Or save the file as CSV.",
)
Row = list[Any]


def without_apostrophe(text: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from computing it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


@dataclass
class Keys:
    """What turns own keys into references, and remembers which came from which. `lines` are those without a key."""

    secret: bytes = field(repr=False)
    column: str
    keys: dict[str, str] = field(default_factory=dict, repr=False)
    lines: list[int] = field(default_factory=list)
    columns: int = 0

    def reference(self, value: object, line: int) -> str | None:
        """The reference of a cell."""
        key = normalise_key(without_apostrophe(text_of(value)))
        if not key:
            self.lines.append(line)
            return None
        name = str(reference_of(self.secret, key))
        self.keys[name] = key
        return name

    def replace(self, rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
        """The rows of a table with references in the place of keys. Empty rows stay empty."""
        place: int | None = None
        for line, cells in enumerate(rows, start=1):
            row = list(cells)
            if place is None and line <= HEADER_ROWS and (place := self.place_in(row)) is not None:
                row[place] = REFERENCE
                self.columns += 1
            elif place is not None and any(text_of(cell).strip() for cell in row):
                row += [None] * (place + 1 - len(row))
                row[place] = self.reference(row[place], line)
            yield row

    def place_in(self, row: Row) -> int | None:
        """Where the column of the key stands in a row of headers. Raises `UsageError` where references stand there too."""
        names = [normalise_key(text_of(cell)).casefold() for cell in row]
        name = normalise_key(self.column).casefold()
        if name not in names:
            return None
        if name != REFERENCE and REFERENCE in names:
            raise UsageError("two_references", TWO_REFERENCES, column=self.column)
        return names.index(name)

    def finish(self) -> None:
        """Raise `UsageError` where the column was in no table, or a row had no key."""
        if not self.columns:
            raise UsageError("no_key_column", NO_COLUMN, column=self.column)
        if self.lines:
            more = " …" if len(self.lines) > MOST_LINES else ""
            raise UsageError("own_key_empty", EMPTY_CELLS, lines=", ".join(map(str, self.lines[:MOST_LINES])) + more)


def text_of(value: object) -> str:
    """A cell as text. A whole number is one, whatever the program keeps it as."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@contextmanager
def without_keys(path: Path, keys: Keys) -> Iterator[Path]:
    """A copy of a file with references in the place of own keys, in a folder of its own, which is removed. Raises `UsageError`."""
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError("file_kind", UNKNOWN_KIND, kinds=", ".join(WRITERS))
    with TemporaryDirectory(prefix="henvis-") as folder:
        copy = Path(folder) / f"file{path.suffix.lower()}"
        try:
            write(path, copy, keys)
        except OSError:
            raise UsageError("file_missing", UNREADABLE) from None
        keys.finish()
        yield copy


def has_references(path: Path) -> bool:
    """Whether rows of a file have references. None has where it cannot be read."""
    keys = Keys(bytes(SECRET_BYTES), REFERENCE)
    with suppress(UsageError), without_keys(path, keys):
        pass
    return bool(keys.keys)


def copy_csv(path: Path, copy: Path, keys: Keys) -> None:
    """A copy of a CSV, in UTF-8, with the delimiter that it has."""
    text = decode(path.read_bytes())
    delimiter = delimiter_of(text)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows(keys.replace(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    write_safely(copy, [lines.getvalue().encode()])


def decode(content: bytes) -> str:
    """The text of a file: UTF-16 and UTF-8 by their marks, UTF-8, or what older programs of Windows write."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """What stands most often between the cells of the first line that has any."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=line.count)


def copy_workbook(path: Path, copy: Path, keys: Keys) -> None:
    """A copy of a workbook: the values of the sheets that have the column."""
    try:
        from openpyxl import Workbook, load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise UsageError("needs_xlsx", NEEDS_XLSX) from None
    try:
        source = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError):
        raise UsageError("file_missing", UNREADABLE) from None
    tables = [(sheet.title, table) for sheet in source.worksheets if (table := table_of(sheet, keys)) is not None]
    source.close()
    # A workbook that is begun and never saved complains of it.
    keys.finish()
    target = Workbook(write_only=True)
    for title, rows in tables:
        page = target.create_sheet(title)
        for row in rows:
            page.append(row)
    content = io.BytesIO()
    target.save(content)
    write_safely(copy, [content.getvalue()])


def table_of(sheet: Any, keys: Keys) -> list[Row] | None:
    """The rows of a sheet with references in the place of keys. None where it has no column of keys."""
    count = keys.columns
    rows = list(keys.replace(sheet.iter_rows(values_only=True)))
    return rows if keys.columns > count else None


def copy_json(path: Path, copy: Path, keys: Keys) -> None:
    """A copy of a JSON array."""
    rows = loads(decode(path.read_bytes()))
    if not isinstance(rows, list):
        raise UsageError("file_missing", UNREADABLE)
    members = [replace_member(row, keys, line) for line, row in enumerate(rows, start=1)]
    write_safely(copy, [json.dumps(members, ensure_ascii=False).encode()])


def copy_lines(path: Path, copy: Path, keys: Keys) -> None:
    """A copy of a file with a JSON object in each line."""
    lines = decode(path.read_bytes()).split("\n")
    rows = (
        json.dumps(replace_member(loads(line), keys, n), ensure_ascii=False) if line.strip() else line
        for n, line in enumerate(lines, start=1)
    )
    write_safely(copy, ["\n".join(rows).encode()])


def loads(text: str) -> Any:
    """A value of JSON. Raises `UsageError`."""
    try:
        return json.loads(text)
    except ValueError:
        raise UsageError("file_missing", UNREADABLE) from None


def replace_member(row: Any, keys: Keys, line: int) -> Any:
    """A row with a reference in the place of its key. What is no object goes as it is: Henvis says what is wrong with it."""
    if not isinstance(row, dict):
        return row
    if keys.column != REFERENCE and REFERENCE in row:
        raise UsageError("two_references", TWO_REFERENCES, column=keys.column)
    keys.columns += keys.column in row
    return {
        REFERENCE: keys.reference(row.get(keys.column), line),
        **{name: value for name, value in row.items() if name != keys.column},
    }


WRITERS: dict[str, Callable[[Path, Path, Keys], None]] = {
    ".csv": copy_csv,
    ".xlsx": copy_workbook,
    ".json": copy_json,
    ".ndjson": copy_lines,
    ".jsonl": copy_lines,
}
