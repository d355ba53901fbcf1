"""How an export of ours ends, so that it can be sent back as it is."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder

from cases.intake.exported import MOMENT


class EndOfFile(Struct, forbid_unknown_fields=True):
    """What the last line of an export says of it."""

    rows: int
    changed_since: Annotated[str, Meta(pattern=MOMENT)] | None = None


class EndLine(Struct, forbid_unknown_fields=True):
    """The last line of an export as NDJSON: it is no row."""

    end: EndOfFile


END_BEGINS = re.compile(rb'\{\s*"end"')
decode_end = Decoder(EndLine).decode


def is_end(line: bytes) -> bool:
    """Whether a line is the last one of an export."""
    if not END_BEGINS.match(line):
        return False
    try:
        decode_end(line)
    except DecodeError:
        return False
    return True
