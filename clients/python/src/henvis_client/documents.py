"""Files as they are sent: the bytes, their number and their media type. The name of a file never leaves the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from henvis_client.errors import UsageError
from henvis_client.texts import Text

PIECE = 1 << 18
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    ".xlsx": XLSX,
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
UNKNOWN_KIND = Text(
    "Filen skal være en af disse slags: {kinds}. Gem den fra regnearket som en af dem.",
    "The file has to be of one of these kinds: {kinds}. Save it as one of them in the spreadsheet.",
)
UNREADABLE = Text("Filen findes ikke eller kan ikke læses.", "The file is not there or cannot be read.")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Document:
    """What is sent. `pieces` gives its bytes from the beginning each time, since an attempt may be the second one."""

    media_type: str
    size: int
    pieces: Callable[[], Iterator[bytes]]

    @classmethod
    def of_path(cls, path: str | Path) -> Document:
        """A file of this machine. Raises `UsageError` where it is of no kind that is taken, or cannot be read."""
        place = Path(path)
        media_type = MEDIA_TYPES.get(place.suffix.lower())
        if media_type is None:
            raise UsageError("file_kind", UNKNOWN_KIND, kinds=", ".join(MEDIA_TYPES))
        try:
            with place.open("rb") as file:
                size = file.seek(0, 2)
        except OSError:
            raise UsageError("file_missing", UNREADABLE) from None
        return cls(media_type, size, lambda: pieces_of(place))

    @classmethod
    def of_bytes(cls, content: bytes, media_type: str) -> Document:
        """Bytes that are in memory."""
        return cls(media_type, len(content), lambda: iter([content] if content else []))

    def observe(self, progress: Progress | None) -> Iterable[bytes]:
        """The bytes; `progress` is told how many have left, and of how many."""
        count = 0
        for piece in self.pieces():
            yield piece
            count += len(piece)
            if progress:
                progress(count, self.size)


File = str | Path | Document


def document_of(file: File) -> Document:
    """What is sent of a path."""
    return file if isinstance(file, Document) else Document.of_path(file)


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
