"""The sender's own CSV, with its separator and its encoding, and a first column that says what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from cases.intake.errorfiles.fresh import harmless
from cases.intake.errorfiles.marks import Marks, SentFile, note
from cases.intake.ignored import ERRORS, is_ignored

BOM = b"\xef\xbb\xbf"
# As readers have it: a quoted cell goes over so many lines, and a quote that is open still belongs to its own line alone.
MOST_LINES_OF_ROW = 20


def marked_csv(file: SentFile, marks: Marks, language: str) -> bytes:
    """The file. Raises `csv.Error`, and `UnicodeError` or `LookupError` where the encoding is another."""
    content = file.path.read_bytes()
    start = BOM if content.startswith(BOM) else b""
    encoding = file.encoding.lower().removesuffix("-sig")
    lines = [*io.StringIO(content.removeprefix(BOM).decode(encoding), newline=None)]
    out = io.StringIO(newline="")
    write_lines(out, lines, file, marks, language)
    return start + out.getvalue().encode(encoding, errors="replace")


def write_lines(out: io.StringIO, lines: Sequence[str], file: SentFile, marks: Marks, language: str) -> None:
    """The lines. What stands before the heads is as it was; a column of an earlier round is written anew."""
    writer = csv.writer(out, delimiter=file.delimiter, lineterminator="\r\n")
    again = False
    for line, text, is_closed in records(lines):
        words = ERRORS(language) if line == file.header_line else note(marks.get(line, ()), " ")
        cells = next(csv.reader([text], delimiter=file.delimiter), []) if is_closed else []
        if line == file.header_line:
            again = bool(cells) and is_ignored(cells[0])
        if line < file.header_line or not text.strip():
            out.write(text.rstrip("\n") + "\r\n")
        elif cells:
            writer.writerow([words, *map(harmless, cells[again:])])
        else:
            out.write(("" if again else first_cell(words, file.delimiter)) + text.rstrip("\n") + "\r\n")


def first_cell(text: str, delimiter: str) -> str:
    """A cell and the separator after it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow([text, ""])
    return out.getvalue()


def records(lines: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Each row: the line on which it begins, its text, and whether its quotes are closed."""
    place = 0
    while place < len(lines):
        text = first = lines[place]
        further = iter(lines[place + 1 : place + MOST_LINES_OF_ROW] if '"' in text else ())
        count = 1
        while text.count('"') % 2 and (following := next(further, None)) is not None:
            text, count = text + following, count + 1
        is_closed = text.count('"') % 2 == 0
        yield place + 1, text if is_closed else first, is_closed
        place += count if is_closed else 1
