"""A file that comes as a part of a form: it goes into the spool as it comes, and never into memory whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from cases.intake import spool

FILE = "file"
CHUNK = 64 * 1024


class FileToSpool(FileUploadHandler):
    """Writes the part `file` into the spool. `path` is None until it has come; a part that is none of ours is passed over.

    Whoever has it discards it in the end (`discard`): what was taken away before stays where it was taken.
    """

    chunk_size = CHUNK

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.media_type: str | None = None
        self.name: str | None = None
        self.open_file: BinaryIO | None = None

    def new_file(self, field_name: str, file_name: str, content_type: str, *args: Any, **kwargs: Any) -> None:
        """Begin a part. Raises `SkipFile` for one that is not the file, or comes again."""
        super().new_file(field_name, file_name, content_type, *args, **kwargs)
        if field_name != FILE or self.path is not None:
            raise SkipFile
        self.path, self.open_file = spool.begin()
        self.media_type, self.name = content_type or None, file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next bytes of the file."""
        if self.open_file is not None:
            self.open_file.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        if self.open_file is not None:
            self.open_file.close()
            self.open_file = None

    def discard(self) -> None:
        """Close the file, and leave nothing of it in the spool."""
        with suppress(OSError):
            self.file_complete(0)
        if self.path is not None:
            spool.forget(self.path)
