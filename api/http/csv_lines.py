"""Lines of CSV (RFC 4180): UTF-8 without a byte order mark, commas, CR LF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from core import spreadsheets


def harmless(value: object) -> object:
    """The value, and of a text what no spreadsheet would compute with."""
    return spreadsheets.harmless(value) if isinstance(value, str) else value


def lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode()
