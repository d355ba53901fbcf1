"""The way in: a file on disk becomes a source of rows, or is refused with a reason that its sender can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cases.intake.readers.csv_files import CsvSource
from cases.intake.readers.formats import CSV, JSON, NDJSON, ODS, XLSX, format_of
from cases.intake.readers.json_files import ArraySource, LineSource
from cases.intake.readers.refusals import MOST_BYTES, refusal
from cases.intake.readers.workbooks import OdsSource, XlsxSource
from cases.intake.understanding.sources import Source

SOURCES: Mapping[str, Callable[[Path], Source]] = {
    JSON: ArraySource,
    NDJSON: LineSource,
    CSV: CsvSource,
    XLSX: XlsxSource,
    ODS: OdsSource,
}


def open_file(path: Path, *, media_type: str | None, name: str | None) -> Source:
    """The rows of a file. Raises `FileRefused`: what is wrong with all of it is told here, or by `table()`."""
    size = path.stat().st_size
    if size > max(MOST_BYTES.values()):
        raise refusal("file_too_large")
    kind = format_of(path, media_type=media_type, name=name)
    if size > MOST_BYTES[kind]:
        raise refusal("file_too_large")
    return SOURCES[kind](path)
