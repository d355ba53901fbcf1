"""Which cells of a table of sums are no data: nothing was added up in them, because nobody knows the number or nobody was asked.

Both follow from what is published beside a cell that shows none, so that nothing more is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from cases.codelists.types import NOT_ASKED
from cases.dimensions import Axis
from stats.counting.cube import SEPARATOR
from stats.reading.cells import TableCells

# The place of an axis in a table, and the codes of the other axes: cells that differ in that axis alone.
LineOfCells = tuple[int, tuple[str, ...]]


def not_known_in(cells: TableCells, axes: Sequence[Axis], knowing: Mapping[str, int] | None) -> frozenset[str]:
    """The cells of a table that show none and are no data.

    `axes`: those of the table, that of the quantities first. `knowing`: by quantity how many reports have it in each of their
    lines; None where a release does not say so. A form may have grown since: of what a release did not count, none has it.
    """
    lines_of_none = lines_of_nobody(cells, axes)
    names = set()
    for name in zeros_of(cells, axes):
        codes = tuple(name.split(SEPARATOR))
        is_blank = knowing is not None and not knowing.get(codes[0], 0)
        if is_blank or any(
            line in lines_of_none and codes[line[0]] != NOT_ASKED for line in lines_through(codes, axes)
        ):
            names.add(name)
    return frozenset(names)


def zeros_of(cells: TableCells, axes: Sequence[Axis]) -> Iterator[str]:
    """The cells that show none."""
    yield from (name for name, count in zip(cells.codes, cells.counts, strict=True) if not count)
    if cells.absent == 0:
        names_stored = {*cells.codes, *cells.hidden}
        every = product(*([code.code for code in axis.codes] for axis in axes))
        yield from (name for name in map(SEPARATOR.join, every) if name not in names_stored)


def lines_of_nobody(cells: TableCells, axes: Sequence[Axis]) -> frozenset[LineOfCells]:
    """The lines in which all that there is was not asked."""
    there: dict[LineOfCells, set[str]] = defaultdict(set)
    for name in (*(name for name, count in zip(cells.codes, cells.counts, strict=True) if count), *cells.hidden):
        codes = tuple(name.split(SEPARATOR))
        for line in lines_through(codes, axes):
            there[line].add(codes[line[0]])
    return frozenset(line for line, codes in there.items() if codes == {NOT_ASKED})


def lines_through(codes: tuple[str, ...], axes: Sequence[Axis]) -> Iterator[LineOfCells]:
    """The lines through a cell along each axis of which somebody may not have been asked."""
    for place, axis in enumerate(axes):
        if NOT_ASKED in axis.names:
            yield place, (*codes[:place], *codes[place + 1 :])
