"""The words of what is published elsewhere: a figure, how firm it is, what it counts, and a percentage that a source states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.text import Text
from stats.published.sources import SOURCES, SourceDocument


class FigureKind(StrEnum):
    """How firm a figure is: `EARLY` ones a later report replaced, `ALTERNATIVE` ones another source contradicts."""

    FINAL = "final"
    EARLY = "preliminary"
    DERIVED = "derived"
    ALTERNATIVE = "alternative"


class FigureUnit(StrEnum):
    """What is counted. The units are never mixed."""

    IDENTIFIED = "persons_identified"
    ASSESSED = "persons_assessed"
    CITIZENSHIPS = "distinct_citizenships"


Cell = tuple[tuple[str, tuple[str, ...]], ...]
Codes = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number: the years it covers, its cell (dimension → codes that it sums), the count, and where it stands.

    `source` is an address, but for derived figures, which stand nowhere. `note` is what its reader has to know of it alone.
    `most`: an upper end, where an interval is published ("<5": between `count` 0 and `most` 4). None: `count` is exact.
    """

    first: int
    last: int
    cell: Cell
    count: int
    source: str
    kind: FigureKind = FigureKind.FINAL
    measure: FigureUnit = FigureUnit.IDENTIFIED
    note: Text | None = None
    most: int | None = None

    @property
    def is_exact(self) -> bool:
        """Whether a number is published, and no interval."""
        return self.most is None

    @property
    def greatest(self) -> int:
        """The greatest number of persons that the figure allows."""
        return self.count if self.most is None else self.most

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the cell; none for a total."""
        return tuple(name for name, _ in self.cell)

    @property
    def origin(self) -> SourceDocument | None:
        """Its source with its date; None for what is derived."""
        return SOURCES.get(self.source)

    @property
    def snapshot(self) -> str | None:
        """The report whose state of knowledge it tells (`tip-2021`); None for what is derived."""
        return self.origin.id if self.origin else None

    @property
    def date(self) -> str | None:
        """When it was published, as exactly as is known: a day, a year, or None."""
        return self.origin.published if self.origin else None


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A source's own percentage: the change from one year's total to the next, in whole per cent, upwards positive."""

    first: int
    last: int
    percent: int
    sources: tuple[str, ...]
    note: Text


def cell(**codes: Codes) -> Cell:
    """A cell by its dimensions, each with the code or codes that the figure sums."""
    return tuple((name, (code,) if isinstance(code, str) else code) for name, code in codes.items())
