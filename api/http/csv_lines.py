"""Lines of CSV (RFC 4180): UTF-8 without a byte order mark, commas, CR LF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# What a spreadsheet would take for a formula. No code, reference or token begins so; a label that did would be text all the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """The value; a text that a spreadsheet would compute with gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def lines(rows: Iterable[Iterable[object]]) -> bytes:
    """The rows as bytes."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode()
