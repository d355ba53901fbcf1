"""The cells of a release's table, as they are read: those of ours from the database, external ones from what others published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from stats.protection.doubt import doubt_of_intervals
from stats.reading.entries import EXTERNAL, OWN
from stats.reading.measures import CellStatus


@dataclass(frozen=True, slots=True)
class PublishedBounds:
    """What everybody is told of a hidden cell: it has `least` to `most` persons. None: there is no bound.

    `symbol`: the end of its table's symbol, where it is told by that; then it is hidden, and 0 to `symbol` is all that is said.
    """

    least: int
    most: int | None
    symbol: int | None = None


OPEN_ENDED = PublishedBounds(0, None)  # that nothing is told


@dataclass(frozen=True, slots=True)
class TableSummary:
    """What the whole table of an answer tells, whichever part was asked for: the persons in cells that are shown, and the doubt.

    `doubt`: the widths of all intervals, for each person in the table. None: one has no end, or the total is hidden.
    """

    exact: int
    doubt: float | None


@dataclass(frozen=True, slots=True)
class TableCells:
    """The cells of one table: `counts[i]` is the count of `codes[i]`, and those of `hidden` are not shown.

    A code that is in neither has the count `absent`: zero, or None, which is hidden like the others.
    `marks` are of external releases: how firm the count of each code is. A code without a count is not published there.
    `intervals`: what is told of hidden cells, by code. `release`: the id of the release that has the table. `not_known`: codes of
    sums that are no data, whatever is stored of them.
    """

    codes: Sequence[str]
    counts: Sequence[int]
    hidden: Sequence[str] = ()
    absent: int | None = 0
    marks: Mapping[str, CellStatus] | None = None
    intervals: Mapping[str, PublishedBounds] = field(default_factory=dict)
    release: str = ""
    not_known: frozenset[str] = frozenset()

    def of(self, name_of_cell: str) -> int | None:
        """The count of a code; None where it is hidden or not known."""
        if name_of_cell in self.hidden or name_of_cell in self.not_known:
            return None
        count_found = (n for code, n in zip(self.codes, self.counts, strict=True) if code == name_of_cell)
        return next(count_found, self.absent)

    def without_computed(self, hidden: Collection[str]) -> Self:
        """The table of others without the figures of some cells that we computed: they are not published there."""
        marks = self.marks or {}
        pairs = [
            (code, count)
            for code, count in zip(self.codes, self.counts, strict=True)
            if code not in hidden or marks.get(code) != CellStatus.DERIVED
        ]
        codes = [code for code, _ in pairs]
        return replace(
            self, codes=codes, counts=[count for _, count in pairs], marks={each: marks[each] for each in codes}
        )

    def status(self, code: str, number: int | None) -> CellStatus:
        """The status of a code with this count."""
        if code in self.not_known:
            return CellStatus.NOT_PUBLISHED
        if self.marks is not None:
            return self.marks.get(code, CellStatus.NOT_PUBLISHED)
        return CellStatus.HIDDEN if number is None else CellStatus.NORMAL

    @property
    def is_plain(self) -> bool:
        """Whether each cell has a number or is hidden."""
        return self.marks is None and not self.not_known

    @property
    def exact(self) -> bool:
        """Whether the shown cells are true counts of ours, which add up to those of tables with fewer axes."""
        return self.absent == 0 and self.marks is None

    def summary(self, total: Self | None) -> TableSummary | None:
        """What the whole table tells, beside the table of its release without axes. None where that is not of the same release.

        Of releases for authorities and for the centre, and of external ones, nothing is told.
        """
        if not self.release or not self.exact or total is None or total.release != self.release:
            return None
        intervals = (self.intervals.get(code, OPEN_ENDED) for code in self.hidden)
        bounds = [(each.least, each.most) for each in intervals]
        doubt = doubt_of_intervals(bounds, total.of(""))
        return TableSummary(sum(self.counts), None if doubt is None else round(doubt, 2))


def intervals_of(
    symbol: int | None,
    within: Collection[str],
    codes: Iterable[str] | None,
    least: Iterable[int] | None,
    most: Iterable[int | None] | None,
) -> dict[str, PublishedBounds]:
    """What is told of hidden cells, from the columns of a table and of what was told last; the latter are None for nothing."""
    inside = frozenset(within)
    return {
        code: PublishedBounds(low, high, symbol if code in inside else None)
        for code, low, high in zip(codes or (), least or (), most or (), strict=True)
    }


# What a release says of a margin that it does not have, by its kind: ours hides it, others did not publish it.
NOTHING = TableCells((), (), absent=None)
UNPUBLISHED = TableCells((), (), absent=None, marks={})
LACKING: dict[str, TableCells] = {OWN: NOTHING, EXTERNAL: UNPUBLISHED}
