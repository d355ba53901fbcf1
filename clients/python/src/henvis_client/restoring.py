"""Own keys put back in the place of references, in a file that came from Henvis. It can be mended and sent again with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from henvis_client.errors import UsageError
from henvis_client.key_columns import FORMULA, NEEDS_XLSX, REFERENCE, Row, decode, delimiter_of, text_of


def restore_keys(content: bytes, form: str, keys: Mapping[str, str], column: str) -> bytes:
    """The file with own keys. `keys`: by reference; `column`: the name of their column. Raises `UsageError`.

    A column in which no reference is known stays as it is.
    """
    return restore_workbook(content, keys, column) if form == "xlsx" else restore_csv(content, keys, column)


def places(rows: list[Row], keys: Mapping[str, str]) -> set[int]:
    """The columns that hold references which are known."""
    return {place for row in rows for place, cell in enumerate(row) if text_of(cell) in keys}


def restore_csv(content: bytes, keys: Mapping[str, str], column: str) -> bytes:
    """A CSV, with a mark so that Excel reads it as UTF-8."""
    text = decode(content)
    delimiter = delimiter_of(text)
    rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    columns = places(rows, keys)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        texts = [new_text(cell, n in columns, keys, column) for n, cell in enumerate(row)]
        writer.writerow([new if new == old else harmless(str(new)) for old, new in zip(row, texts, strict=True)])
    return lines.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that a spreadsheet would compute gets an apostrophe in front; a sign alone is computed by none."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA) else text


def restore_workbook(content: bytes, keys: Mapping[str, str], column: str) -> bytes:
    """A workbook; colours and drop-downs stay."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageError("needs_xlsx", NEEDS_XLSX) from None
    book = load_workbook(io.BytesIO(content))
    for page in book.worksheets:
        columns = places([list(row) for row in page.iter_rows(values_only=True)], keys)
        for place in columns:
            for cell in next(page.iter_cols(min_col=place + 1, max_col=place + 1)):
                write_cell(cell, new_text(cell.value, True, keys, column))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_cell(cell: Any, value: object) -> None:
    """A cell with a text that is never a formula."""
    if value != cell.value:
        cell.value = value
        cell.data_type = "s"


def new_text(value: object, is_of_keys: bool, keys: Mapping[str, str], column: str) -> object:
    """What stands in a cell afterwards: the own key of a reference, the name of the column in the place of `reference`."""
    text = text_of(value)
    if text in keys:
        return keys[text]
    return column if is_of_keys and text.strip().casefold() == REFERENCE else value
