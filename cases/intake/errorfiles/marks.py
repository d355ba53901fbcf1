"""What an error file is made of: the file that was sent, and what is said of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The column of the file (from 0) or the member of the row that is wrong, or None for the whole row; and what is said, a sentence.
Mark = tuple[int | str | None, str]
# By the line of the file, as its rows are numbered to people (from 1). Of JSON by the index of the row: an array may be one line.
Marks = Mapping[int, Sequence[Mark]]
# Rejected rows: the same number, and the cells as they were sent, by the member of the row.
Rejected = Iterable[tuple[int, Mapping[str, object]]]

# The largest table that is given back whole. Of a larger one the rejected rows alone are given back.
MOST_ROWS, MOST_COLUMNS = 10_000, 200
# Readers take cells of 1,000 characters at most, and so must what is said of a row, when the file comes back.
MOST_TEXT = 900
# Behind the last sentence, where there is no room for more.
MORE = "…"


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file. `columns`: the member in each column, None where there is none. `rows` counts them without the head.

    `form` is `xlsx`, `ods`, `csv`, `json` or `ndjson`. `header`: the heads that are given back.
    """

    path: Path
    form: str
    rows: int
    columns: tuple[str | None, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of it is given back."""
        return self.rows <= MOST_ROWS and len(self.columns) <= MOST_COLUMNS


def note(marks: Sequence[Mark], between: str) -> str:
    """What is said of a row, each sentence once and whole: that is how it is known again when the file comes back."""
    so_far = ""
    for text in dict.fromkeys(text for _, text in marks):
        longer = f"{so_far}{between}{text}" if so_far else text
        if len(longer) + len(between) + len(MORE) > MOST_TEXT:
            return f"{so_far}{between}{MORE}" if so_far else MORE
        so_far = longer
    return so_far


def wrong_members(marks: Sequence[Mark], columns: Sequence[str | None]) -> frozenset[str]:
    """The members of a row that are wrong."""
    places = (place for place, _ in marks if place is not None)
    names = (columns[place] if isinstance(place, int) and place < len(columns) else place for place in places)
    return frozenset(name for name in names if isinstance(name, str))
