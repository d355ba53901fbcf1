"""Where published figures stand, and what is said of each: a source, a figure, how firm it is, what it counts, a percentage.

Each address is a line in `sources.csv`, with what it is and when it was published. A date is told as exactly as the address or
the page itself tells it: a day (`2016-07-06`), a year (`2021`), or None. The annual report on trafficking of the U.S. Department of
State carries its year; the centre's pages carry the year that they are about, which is not that of their publication. The address
of `centre-2018` says 2017, its heading and its figures 2018. The page `newest` changes with each report and keeps its address, as
the portal `glotip` does: its day is that of the figures that were typed in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from core.text import Text


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A report or an article. `id` names it in figures' snapshots."""

    id: str
    url: str
    title: str
    published: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return date.fromisoformat(self.published) if self.published and len(self.published) > len("2021") else None

    @property
    def author(self) -> str:
        """Who published it: what stands before the colon of its title."""
        return self.title.partition(":")[0]

    @property
    def by(self) -> date | None:
        """The day by which it is known to have been published: its own, or the first after its year; None for not known."""
        if self.published is None:
            return None
        return self.day or date(int(self.published) + 1, 1, 1)


def read_lines(name: str) -> Iterator[dict[str, str]]:
    """The lines of a table beside this file, by their columns."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


# By address.
SOURCES: dict[str, SourceDocument] = {
    line["url"]: SourceDocument(line["id"], line["url"], line["title"], line["published"] or None)
    for line in read_lines("sources.csv")
}
# By the id of a source.
ADDRESSES: dict[str, str] = {source.id: source.url for source in SOURCES.values()}
GLOTIP = ADDRESSES["glotip"]

# Of a derived figure, in place of an address.
SUBTRACTION = "computed from the other figures"


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
