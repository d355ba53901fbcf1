"""The parts of an upload (RFC 7578): exactly one `file`, which goes into the spool as it comes, and a `mapping` if need be."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.uploadhandler import FileUploadHandler

from api.batches.incoming import CHUNK
from api.http.parsers import MOST_BYTES
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.intake import spool
from partners.text import Text

FILE, MAPPING = "file", "mapping"
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


class SpoolHandler(FileUploadHandler):
    """Writes the part `file` into the spool, and holds the part `mapping`. `path` is None until the file has come."""

    chunk_size = CHUNK

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.media_type: str | None = None
        self.name: str | None = None
        self.mapping: bytes | None = None
        self.open_file: BinaryIO | None = None

    def new_file(self, field_name: str, file_name: str, content_type: str, *args: Any, **kwargs: Any) -> None:
        """Begin a part. Raises `ProblemError` for one that is not used, or that came already."""
        super().new_file(field_name, file_name, content_type, *args, **kwargs)
        if field_name not in NAMES:
            raise part_problem("part_unknown")
        if (self.path if field_name == FILE else self.mapping) is not None:
            raise part_problem("part_repeated", field_name)
        if field_name == FILE:
            self.path, self.open_file = spool.begin()
            self.media_type, self.name = content_type or None, file_name
        else:
            self.mapping = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next bytes of the part. Raises `ProblemError` 413 for a mapping that is larger than any is."""
        if self.open_file is not None:
            self.open_file.write(raw_data)
            return
        self.mapping = (self.mapping or b"") + raw_data
        if len(self.mapping) > MOST_BYTES:
            raise ProblemError("payload_too_large")

    def file_complete(self, file_size: int) -> None:
        """End the part."""
        if self.open_file is not None:
            self.open_file.close()
            self.open_file = None

    def discard(self) -> None:
        """Close the file, and leave nothing of it in the spool."""
        with suppress(OSError):
            self.file_complete(0)
        if self.path is not None:
            self.path.unlink(missing_ok=True)
