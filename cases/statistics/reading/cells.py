"""The cells of a release's table, as they are read: those of ours from the database, external ones from what others published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.statistics.reading.entries import EXTERNAL, OWN
from cases.statistics.reading.measures import CellStatus


@dataclass(frozen=True, slots=True)
class TableCells:
    """The cells of one table: `counts[i]` is the count of `codes[i]`, and those of `hidden` are not shown.

    A code that is in neither has the count `absent`: zero, or None, which is hidden like the others.
    `marks` are of external releases: how firm the count of each code is. A code without a count is not published there.
    """

    codes: Sequence[str]
    counts: Sequence[int]
    hidden: Sequence[str] = ()
    absent: int | None = 0
    marks: Mapping[str, CellStatus] | None = None

    def of(self, name_of_cell: str) -> int | None:
        """The count of a code; None where it is hidden."""
        if name_of_cell in self.hidden:
            return None
        count_found = (n for code, n in zip(self.codes, self.counts, strict=True) if code == name_of_cell)
        return next(count_found, self.absent)

    def status(self, code: str, number: int | None) -> CellStatus:
        """The status of a code with this count."""
        if self.marks is not None:
            return self.marks.get(code, CellStatus.NOT_PUBLISHED)
        return CellStatus.HIDDEN if number is None else CellStatus.NORMAL


# What a release says of a margin that it does not have, by its kind: ours hides it, others did not publish it.
NOTHING = TableCells((), (), absent=None)
UNPUBLISHED = TableCells((), (), absent=None, marks={})
LACKING: dict[str, TableCells] = {OWN: NOTHING, EXTERNAL: UNPUBLISHED}
