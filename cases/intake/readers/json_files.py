"""JSON: an array of objects, or an object a line. Elements are given as bytes: who takes them in decodes them strictly."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO

from msgspec import DecodeError

from cases.intake.additions import is_end
from cases.intake.readers.csv_files import is_readable
from cases.intake.readers.formats import JSON, NDJSON, decode, is_json
from cases.intake.readers.refusals import CHUNK, MOST_COLUMNS, MOST_LINE, MOST_LINES, refusal
from cases.intake.readers.strict_json import JSONRefused, loads
from cases.intake.understanding.sources import JsonRow, Source

# An array, or a page of an export with one in it.
START = r"[ \t\r\n]*(?:\{[ \t\r\n]*\"items\"[ \t\r\n]*:[ \t\r\n]*)?\["
BEGINNING = re.compile(START.encode())
EMPTY = re.compile(rf"{START}[ \t\r\n]*\]".encode())
# What stands behind the array of a page.
END_OF_PAGE = re.compile(
    r'[ \t\r\n]*(?:,[ \t\r\n]*"(?:next|changed_since)"[ \t\r\n]*:[ \t\r\n]*(?:null|"https?://[^"\\\s]{1,2000}"|"[-:.+0-9TZ]{20,32}")'
    r"[ \t\r\n]*){0,2}\}[ \t\r\n]*"
)
LONGEST_END = 8_000
# Where the decoder stopped, in its words; they never have a part of the text.
PLACE = re.compile(r"\(byte (\d+)\)")
ENDS = (b"]", b"}", b"")
BLANK = re.compile(r"[ \t\r\n]*")
BETWEEN = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")


class LineSource(Source):
    """NDJSON: a row a line. A blank line is no row, nor is the end of an export on the last one. No JSON: it cannot be read."""

    format = NDJSON

    def __init__(self, path: Path) -> None:
        self.path = path

    def objects(self) -> Iterator[JsonRow]:
        """The lines, one after another; no more than one of them is in memory."""
        index, ends = 0, list[tuple[int, bytes]]()
        with self.path.open("rb", buffering=CHUNK) as file:
            for line, raw in lines_of(file):
                text = (raw if line > 1 else raw.removeprefix(codecs.BOM_UTF8)).strip()
                if not text:
                    continue
                for each in ends:
                    yield row_of(index, *each)
                    index += 1
                ends = [(line, text)] if is_end(text) else []
                if not ends:
                    yield row_of(index, line, text)
                    index += 1

    def size(self) -> int:
        return self.path.stat().st_size

    def count(self) -> int:
        with self.path.open("rb") as file:
            return sum(piece.count(b"\n") for piece in iter(lambda: file.read(CHUNK), b"")) + 1


def row_of(index: int, line: int, text: bytes) -> JsonRow:
    """The row of a line: its bytes where it is JSON, else why it is none."""
    if is_json(text) and is_utf8(text):
        return JsonRow(index, line, text)
    return JsonRow(index, line, None, reason_of(text))


def reason_of(text: bytes) -> str:
    """What strict JSON says against a line."""
    try:
        loads(text)
    except JSONRefused as error:
        return error.code
    return "not_json"


def lines_of(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers. Raises `FileRefused` for one that is longer than a line may be, and for too many."""
    for number, line in enumerate(iter(lambda: file.readline(MOST_LINE + 1), b""), 1):
        if len(line) > MOST_LINE:
            raise refusal("line_too_long", line=number)
        if number > MOST_LINES:
            raise refusal("too_many_lines", line=number)
        yield number, line


def check_width(members: Sized, line: int) -> None:
    """Raise `FileRefused` for an object with more members than a table has columns."""
    if len(members) > MOST_COLUMNS:
        raise refusal("too_many_members", line=line)


def is_utf8(text: bytes) -> bool:
    """Whether bytes are UTF-8."""
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def bytes_of(path: Path) -> Iterator[memoryview]:
    """The bytes of a file behind a byte order mark, as the system maps them: none of them is copied."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as whole:
        start = len(codecs.BOM_UTF8) if whole[:3] == codecs.BOM_UTF8 else 0
        with memoryview(whole) as view, view[start:] as raw:
            yield raw


def check_json(raw: memoryview) -> None:
    """Raise `FileRefused` where a text is not one whole JSON value, with the line in which it stops being one."""
    try:
        decode(raw)
    except RecursionError:
        raise refusal("not_json") from None
    except DecodeError as error:
        match = PLACE.search(str(error))
        raise refusal("not_json", line=line_at(raw, int(match[1]) if match else len(raw))) from None


def line_at(raw: memoryview, place: int) -> int:
    """The line of a byte, from 1.

    Where a bracket comes too early, or the end does, it is that of what stands before: a comma may be far above its bracket.
    """
    if bytes(raw[place : place + 1]) in ENDS:
        last = bytes(raw[max(0, place - CHUNK) : place])
        place -= len(last) - len(last.rstrip())
    return 1 + sum(bytes(raw[at : min(at + CHUNK, place)]).count(b"\n") for at in range(0, place, CHUNK))


class ArraySource(Source):
    """A JSON array. It is checked as a whole first, so that a fault in its last line does not come after rows of it."""

    format = JSON

    def __init__(self, path: Path) -> None:
        """Raises `FileRefused` where it is no array, no JSON or no UTF-8."""
        self.path = path
        with bytes_of(path) as raw:
            if not BEGINNING.match(raw):
                raise refusal("array_expected")
            if not is_readable(path, "utf-8-sig"):
                raise refusal("not_utf8")
            check_json(raw)
            if EMPTY.match(raw):
                raise refusal("no_rows")

    def objects(self) -> Iterator[JsonRow]:
        """The elements, one after another, through a window over the file."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            window = Window(file)
            is_page = window.begin()
            index = 0
            while not window.text.startswith("]", window.at):
                line = window.line
                yield JsonRow(index, line, window.element())
                window.pass_over(BETWEEN)
                index += 1
                if index > MOST_LINES:
                    raise refusal("too_many_lines", line=line)
            if is_page and not END_OF_PAGE.fullmatch(window.rest()):
                raise refusal("array_expected")

    def size(self) -> int:
        return self.path.stat().st_size

    def count(self) -> int | None:
        """None: elements are on no lines of their own."""
        return None


class Window:
    """A piece of a text that is known to be a JSON array, and where in it the reader is. `line` counts from 1."""

    # Numbers are not made: one of a million digits would take minutes.
    parse = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.text = ""
        self.at = 0
        self.line = 1
        self.has_ended = False

    def begin(self) -> bool:
        """Go behind the bracket with which the array begins; whether it is that of a page. Raises `FileRefused`."""
        while (match := re.match(START, self.text)) is None:
            if self.has_ended:
                raise refusal("array_expected")
            self.grow()
        self.advance(match.end())
        self.pass_over(BLANK)
        return "{" in match[0]

    def rest(self) -> str:
        """What stands behind the array, as far as it may."""
        while not self.has_ended and len(self.text) - self.at < LONGEST_END:
            self.grow()
        return self.text[self.at + 1 : self.at + LONGEST_END]

    def grow(self) -> None:
        """Read on, and forget what lies behind."""
        piece = self.file.read(max(CHUNK, len(self.text)))
        self.has_ended = not piece
        self.text = self.text[self.at :] + piece
        self.at = 0

    def advance(self, end: int) -> str:
        """Go to a place in the text. Returns what was passed over."""
        passage = self.text[self.at : end]
        self.line += passage.count("\n")
        self.at = end
        return passage

    def pass_over(self, pattern: re.Pattern[str]) -> None:
        """Go behind blanks and what separates elements."""
        while match := pattern.match(self.text, self.at):
            self.advance(match.end())
            if self.at < len(self.text) or self.has_ended:
                return
            self.grow()

    def element(self) -> bytes:
        """The element that begins here. Raises `FileRefused` for one that is too long, or nested too deeply to be read."""
        while True:
            try:
                _, end = self.parse(self.text, self.at)
            except RecursionError:
                raise refusal("not_json", line=self.line) from None
            except ValueError:
                end = len(self.text)
            if end - self.at > MOST_LINE:
                raise refusal("line_too_long", line=self.line)
            if end < len(self.text) or self.has_ended:
                return self.whole(end)
            self.grow()

    def whole(self, end: int) -> bytes:
        """The element that ends there. Raises `FileRefused` for one that is too long in bytes."""
        line = self.line
        raw = self.advance(end).encode()
        if len(raw) > MOST_LINE:
            raise refusal("line_too_long", line=line)
        return raw
