"""The numbers of a dataset of sums in the last year of its figures, each with what makes it a lower bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cases.codelists.types import Code
from core.text import NO_TEXT, Text
from publications.annual import sum_words
from publications.annual.sentences import fill
from stats.reading.marks import number
from stats.reading.measures import CellStatus
from stats.reading.stored_sums import ReportsBehind
from stats.reading.table import Figures


@dataclass(frozen=True)
class SumNumbers:
    """The numbers. `figures`: all that the dataset counts, without a dimension."""

    figures: Figures

    @property
    def quantities(self) -> tuple[Code, ...]:
        """What it counts, in the order of the form."""
        (side,) = self.figures.sides
        return side.codes

    @property
    def behind(self) -> Mapping[str, ReportsBehind]:
        """What is behind each quantity of the year."""
        return self.behind_in(self.figures.periods[-1].release.id)

    def behind_in(self, release: str) -> Mapping[str, ReportsBehind]:
        return self.figures.behind.get(release, {})

    @cached_property
    def places(self) -> dict[str, int]:
        """Where the number of each quantity stands in the year."""
        first = len(self.figures.columns[0].values) - len(self.quantities)
        return {code.code: first + n for n, code in enumerate(self.quantities)}

    def count(self, quantity: str) -> int | None:
        """The number of a quantity in the year, where it is an ordinary one."""
        column, place = self.figures.columns[0], self.places[quantity]
        value = column.values[place]
        return None if value is None or column.statuses[place] != CellStatus.NORMAL else int(value)

    def is_whole(self, release: str, quantity: str) -> bool:
        """Whether a figure of a release is all of it. What comes of no reports is."""
        behind = self.behind_in(release).get(quantity)
        return behind is None or behind.is_whole

    def is_whole_in_year(self, quantity: str) -> bool:
        return self.is_whole(self.figures.periods[-1].release.id, quantity)

    def number(self, quantity: str) -> Text | None:
        """The number of a quantity in words, with what makes it a lower bound; None where it is not told, or of one alone."""
        count = self.count(quantity)
        if count is None or count < 2:
            return None
        shown = Text(*(number(count, language) for language in Text._fields))
        return shown if self.is_whole_in_year(quantity) else fill(sum_words.AT_LEAST, count=shown)

    def heading(self, says: Text) -> Text | None:
        """What is said of the first quantity (`says`); None where nothing can be said of it."""
        count = self.number(self.quantities[0].code) if says != NO_TEXT else None
        year = self.figures.periods[-1].release.period.first.year
        return fill(says, count=count, year=str(year)) if count else None
