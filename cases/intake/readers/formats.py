"""What a file is: its first bytes, its name and its media type together. They must agree: a wrong name misleads people too."""

from __future__ import annotations

import codecs
import re
import struct
from pathlib import Path, PurePath
from zipfile import BadZipFile, ZipFile

from msgspec import DecodeError, Raw
from msgspec.json import Decoder

from cases.intake.readers.refusals import MOST_BYTES, MOST_LINE, MOST_PARTS, refusal

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Named in this way in the directory of an OLE file, where Office keeps what a password protects.
PASSWORD_PROTECTED = "EncryptedPackage".encode("utf-16-le")
# PNG, JPEG, GIF, PDF, gzip, an empty or split ZIP, RAR, 7z.
OTHERS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"\x1f\x8b",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!",
    b"7z\xbc\xaf",
)
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
XLSX, ODS, CSV, JSON, NDJSON = "xlsx", "ods", "csv", "json", "ndjson"
BY_ENDING = {
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".ods": ODS,
    ".csv": CSV,
    ".tsv": CSV,
    ".json": JSON,
    ".ndjson": NDJSON,
    ".jsonl": NDJSON,
}
# A browser on Windows calls a CSV `application/vnd.ms-excel`, so that one says nothing; nor does `text/plain`.
BY_MEDIA_TYPE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": XLSX,
    "application/vnd.ms-excel.sheet.macroenabled.12": XLSX,
    ODS_TYPE.decode(): ODS,
    "text/csv": CSV,
    "text/tab-separated-values": CSV,
    "application/json": JSON,
    "application/x-ndjson": NDJSON,
    "application/jsonl": NDJSON,
}
# The media type of each format.
MEDIA_TYPES = {kind: media_type for media_type, kind in reversed(BY_MEDIA_TYPE.items())}
BEGINNING = 4 * MOST_LINE
# An array of objects, or an empty one: no table begins so.
ROWS = re.compile(rb"\[\s*[{\]]")
# A page of an export: an object with an array in it.
PAGE = re.compile(rb'\{\s*"items"\s*:\s*\[')
decode = Decoder(Raw).decode
# How an archive ends: a record of 22 bytes and a comment. Sizes of 64 bits are for archives far larger than we take.
END_OF_DIRECTORY, ZIP64 = b"PK\x05\x06", b"PK\x06\x07"
SHORTEST_END, LONGEST_END = 22, 22 + 0xFFFF
BYTES_OF_PART = 500


def format_of(path: Path, *, media_type: str | None, name: str | None) -> str:
    """The format of a file. Raises `FileRefused` for one that is empty, unknown, or not what it is called."""
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if not beginning.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refusal("file_empty")
    claims = claims_of(media_type, name)
    formats = formats_of(path, beginning)
    if formats[0] == NDJSON and JSON in claims:
        # Programs call lines of JSON `.json` too.
        claims.add(NDJSON)
    common_formats = [each for each in formats if each in claims] if claims else formats
    if not common_formats:
        raise refusal("format_mismatch")
    return common_formats[0]


def claims_of(media_type: str | None, name: str | None) -> set[str]:
    """What the name and the media type say that the file is; empty where they say nothing."""
    ending = PurePath(name or "").suffix.lower()
    pure_type = (media_type or "").partition(";")[0].strip().lower()
    claims = {BY_ENDING.get(ending), BY_MEDIA_TYPE.get(pure_type)}
    return {each for each in claims if each is not None}


def formats_of(path: Path, beginning: bytes) -> list[str]:
    """What the bytes can be, the likeliest first. Raises `FileRefused` for what we do not read."""
    if beginning.startswith(ZIP):
        return [format_of_zip(path)]
    if beginning.startswith(OLE):
        raise refusal("file_has_password" if holds(path, PASSWORD_PROTECTED) else "format_old")
    if beginning.startswith(OTHERS):
        raise refusal("not_a_table")
    if beginning.startswith(MARKS[1:]):
        return [CSV]
    if b"\0\0\0" in beginning or looks_like_utf16(beginning):
        raise refusal("wrong_encoding")
    return formats_of_text(beginning.removeprefix(codecs.BOM_UTF8).lstrip())


def formats_of_text(text: bytes) -> list[str]:
    """What a text can be, by its first character."""
    match text[:1]:
        case b"[":
            return [JSON] if ROWS.match(text) else [JSON, CSV]
        case b"{" if PAGE.match(text):
            return [JSON]
        case b"{":
            return [NDJSON, JSON] if is_json(text.splitlines()[0]) or len(text) >= BEGINNING else [JSON]
        case b"<":
            raise refusal("not_a_table")
        case _:
            return [CSV, NDJSON]


def format_of_zip(path: Path) -> str:
    """XLSX or ODS. Raises `FileRefused` for any other archive."""
    check_directory(path)
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.open("mimetype").read(len(ODS_TYPE) + 1).strip() == ODS_TYPE:
                return ODS
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        raise refusal("file_broken") from None
    if "xl/workbook.bin" in names:
        raise refusal("format_old")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise refusal("not_a_table")
    return XLSX


def check_directory(path: Path) -> None:
    """Raise `FileRefused` for an archive that is too large, or whose list of parts is: `ZipFile` would hold all of that list."""
    size = path.stat().st_size
    if size > MOST_BYTES[XLSX]:
        raise refusal("file_too_large")
    with path.open("rb") as file:
        file.seek(max(0, size - LONGEST_END))
        end = file.read()
    at = end.rfind(END_OF_DIRECTORY)
    if at < 0 or len(end) - at < SHORTEST_END:
        raise refusal("file_broken")
    entries, directory_bytes = struct.unpack_from("<HL", end, at + 10)
    if entries > MOST_PARTS or directory_bytes > MOST_PARTS * BYTES_OF_PART or ZIP64 in end:
        raise refusal("file_unpacks_too_large")


def holds(path: Path, text: bytes) -> bool:
    """Whether a file has these bytes somewhere. It is read in pieces that overlap."""
    end = b""
    with path.open("rb") as file:
        while piece := file.read(BEGINNING):
            if text in end + piece:
                return True
            end = piece[-len(text) :]
    return False


def looks_like_utf16(beginning: bytes) -> bool:
    """Whether every second byte is nearly always NUL: UTF-16 that does not say so."""
    sample = beginning[:2_000]
    return sample.count(b"\0") > len(sample) // 3


def is_json(text: bytes | memoryview) -> bool:
    """Whether a text is one whole JSON value."""
    try:
        decode(text)
    except (DecodeError, RecursionError):
        return False
    return True
