"""Formats that programs of others open: CSV for spreadsheets, which compute some texts, and feeds (Atom, RFC 4287).

In a workbook every cell says what it is. The bytes of a feed are a function of its entries alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from xlsxwriter import Workbook

# An empty feed never changed; the format wants a moment all the same.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """A feed that changed last when one of its entries did. Django's says of an empty one that it changes at each reading."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        """When an entry changed last."""
        return super().latest_post_date() if self.items else NEVER


# How a text begins that a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Where a formula begins for a spreadsheet that splits the line at another character than the writer did: Danish ones do so at
# semicolons, English ones at commas, and neither heeds a quote within a cell.
AFTER_ANY_SEPARATOR = re.compile(r"""(?:^|[;,\t\r\n])[\s"]*(?=[=+\-@].)""")
SEPARATORS = {"da": ";", "en": ","}
BOM = "\ufeff"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """A text that a spreadsheet would compute gets an apostrophe in front; a sign alone is computed by none."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA) else text


def harmless_wherever_split(text: str) -> str:
    """A text in which each formula has an apostrophe in front, also behind a separator: for files that only people read."""
    return harmless(AFTER_ANY_SEPARATOR.sub(r"\g<0>'", text))


def workbook_for_people(lines: Iterable[Iterable[object]], name: str) -> HttpResponse:
    """The same as a workbook of one sheet. Numbers are numbers, and every other cell is a text, which no spreadsheet computes."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell)
                else:
                    sheet.write_string(row, column, str(cell))
    return download(content.getvalue(), f"{name}.xlsx", WORKBOOK)


def csv_for_people(lines: Iterable[Iterable[object]], name: str) -> HttpResponse:
    """A file for a spreadsheet in the reader's language: with a byte order mark, by which alone one knows UTF-8."""
    separator = SEPARATORS["da" if (get_language() or "").startswith("da") else "en"]
    text = StringIO(BOM)
    text.seek(0, 2)
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([harmless_wherever_split(str(cell)) for cell in line] for line in lines)
    return download(text.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def download(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """An answer that a browser stores as a file."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=disposition)
