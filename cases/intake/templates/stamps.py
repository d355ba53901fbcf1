"""What a template says of itself, so that a file made from an old one is recognised.

The stamp is one text: `henvis:referrals/1/da/1.0`, of the template's version, its language and the dictionary's version. It is a
property of the document and the only cell of a hidden sheet, so that it survives Excel, LibreOffice and Google Sheets. A CSV
has none. A stamp is no proof of anything: what a file says is checked row by row, whatever its stamp.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from cases.dictionary import SCHEMA_VERSION
from cases.intake.findings import FileRefused, Finding

CURRENT = "1"
# The last day on which a file made from a version of the template is taken; None while no end is announced.
TEMPLATES: Mapping[str, date | None] = {CURRENT: None}

PATTERN = re.compile(rb"henvis:referrals/([0-9]{1,4})/(da|en)/([0-9.]{1,12})")
# The parts of XLSX and ODS that may hold it, the nearest first.
PARTS = ("docProps/custom.xml", "meta.xml", "xl/sharedStrings.xml")
UNREADABLE = (BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error)
CHUNK, MOST, LONGEST = 1 << 16, 1 << 24, 64
TOO_OLD, SUPERSEDED = "template_too_old", "template_superseded"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The version of a template, its language, and the version of the dictionary that it was made from."""

    version: str
    language: str
    dictionary: str

    def __str__(self) -> str:
        return f"henvis:referrals/{self.version}/{self.language}/{self.dictionary}"


def current_stamp(language: str) -> Stamp:
    """The stamp of a template that is made now."""
    return Stamp(CURRENT, language, SCHEMA_VERSION)


def template_of(path: Path) -> Stamp | None:
    """The stamp of a workbook that was made from a template; None for any other file. At most 16 MiB of each part are read."""
    with suppress(*UNREADABLE), ZipFile(path) as archive:
        names = set(archive.namelist())
        return next((stamp for part in PARTS if part in names and (stamp := stamp_in(archive, part))), None)
    return None


def stamp_in(archive: ZipFile, part: str) -> Stamp | None:
    """The stamp in a part of a workbook, if it is there. The part is read in pieces that overlap by more than a stamp."""
    end, size = b"", 0
    with archive.open(part) as stream:
        while size < MOST and (piece := stream.read(CHUNK)):
            size += len(piece)
            if match := PATTERN.search(end + piece):
                return Stamp(*(group.decode() for group in match.groups()))
            end = piece[-LONGEST:]
    return None


def check_template(
    stamp: Stamp | None, day: date, templates: Mapping[str, date | None] = TEMPLATES
) -> tuple[Finding, ...]:
    """Raise `FileRefused` for a template that is not taken any more; a notice where its last day is announced.

    `period` of the finding is that day. A version that nobody knows is taken for an old one.
    """
    if stamp is None:
        return ()
    last = templates.get(stamp.version, date.min)
    if last is None:
        return ()
    if day > last:
        raise FileRefused(TOO_OLD, [(Finding(TOO_OLD), None)])
    return (Finding(SUPERSEDED, period=last.isoformat()),)
