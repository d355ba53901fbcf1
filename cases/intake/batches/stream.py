"""The rows of a file as the engine takes them: read, understood and numbered. Reading again gives the same rows.

The guard goes over the whole file first, so that a file with an identifier leaves nothing behind but the number of a refused
attempt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cases.intake.batches.rows import RowReader
from cases.intake.guard import IdentifierTally
from cases.intake.readers.files import open_file
from cases.intake.understanding.columns import Columns
from cases.intake.understanding.mapping import NOTHING, MappingContent

# So often progress is told while the guard looks.
TELL_EACH = 10_000


@dataclass(slots=True)
class RowStream:
    """The rows of one file. `columns` are known once reading has begun; JSON has none."""

    path: Path
    media_type: str | None
    name: str | None
    reader: RowReader
    mapping: MappingContent = NOTHING
    columns: Columns | None = None
    format: str = ""
    sheet: str = ""

    def guard(self, tell: Callable[[int], object] = lambda _: None) -> int:
        """Look at every header and value. Returns the number of rows. Raises `FileRefused`."""
        source = open_file(self.path, media_type=self.media_type, name=self.name)
        self.format = source.format
        tally = IdentifierTally()
        number = self.guard_table(source.table(), tally, tell) if source.has_table else self.guard_json(tally, tell)
        tally.refuse()
        return number
