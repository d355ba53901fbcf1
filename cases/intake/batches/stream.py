"""The rows of a file, as the engine takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cases.intake.batches.rows import SentRow
from cases.intake.models import Batch


class RowStream:
    """For now: NDJSON."""

    format, sheet = "ndjson", ""

    def __init__(self, path: Path) -> None:
        self.path = path

    def guard(self, tell: Callable[[int], object]) -> int:
        """Count."""
        return sum(1 for _ in self.rows())

    def rows(self) -> Iterator[SentRow]:
        """Rows."""
        with self.path.open("rb") as file:
            for index, line in enumerate(file):
                yield SentRow(index, index + 1, raw=line)

    def questions(self) -> list[dict[str, object]]:
        """None."""
        return []

    def findings(self) -> list[dict[str, object]]:
        """None."""
        return []


def open_stream(path: Path, batch: Batch) -> RowStream:
    """Open."""
    return RowStream(path)
