"""The parts of an upload (RFC 7578): exactly one `file`, which goes into the spool as it comes, and a `mapping` if need be."""

from __future__ import annotations

from typing import Any

from api.http.parsers import MOST_BYTES
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.intake.arriving import FILE, FileToSpool
from core.text import Text

MAPPING = "mapping"
NAMES = (FILE, MAPPING)
PART_TEXTS = {
    "file_expected": Text(
        "En del, der hedder file og har et filnavn, i multipart/form-data.",
        "A part that is called file and has a filename, in multipart/form-data.",
    ),
    "part_unknown": Text(
        "Delen bruges ikke. Navnet gentages ikke; de mulige står i allowed.",
        "The part is not used. Its name is not repeated; the possible ones are in allowed.",
    ),
    "part_repeated": Text("Delen står flere gange.", "The part stands more than once."),
}


def part_problem(code: str, *path: str) -> ProblemError:
    """A 400 on a part."""
    names = NAMES if code == "part_unknown" else ()
    return ProblemError(
        "validation_failed", [ProblemFinding(("pointer", pointer(*path)), code, PART_TEXTS[code], names)]
    )


class SpoolHandler(FileToSpool):
    """Writes the part `file` into the spool, and holds the part `mapping`. `path` is None until the file has come."""

    def __init__(self) -> None:
        super().__init__()
        self.mapping: bytes | None = None

    def new_file(self, field_name: str, file_name: str, content_type: str, *args: Any, **kwargs: Any) -> None:
        """Begin a part. Raises `ProblemError` for one that is not used, or that came already."""
        if field_name not in NAMES:
            raise part_problem("part_unknown")
        if (self.path if field_name == FILE else self.mapping) is not None:
            raise part_problem("part_repeated", field_name)
        if field_name == FILE:
            super().new_file(field_name, file_name, content_type, *args, **kwargs)
        else:
            self.mapping = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next bytes of the part. Raises `ProblemError` 413 for a mapping that is larger than any is."""
        if self.open_file is not None:
            super().receive_data_chunk(raw_data, start)
            return
        self.mapping = (self.mapping or b"") + raw_data
        if len(self.mapping) > MOST_BYTES:
            raise ProblemError("payload_too_large")
