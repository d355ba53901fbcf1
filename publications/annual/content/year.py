"""The published figures of a year, as everybody reads them, and what they say: the number of all persons, and those of sums.

Of what others have published, `content/sections.py` alone reads one more: how many persons were assessed. A number of sums comes
with what makes it a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cases.codelists.types import Code
from cases.dimensions import PRINCIPAL, Axis, Dataset, Dimension
from core.text import NO_TEXT, Text
from publications.annual import words
from publications.annual.content.findings import ordinary
from publications.annual.sentences import fill, magnitude
from stats.errors import QueryRefused, ReleaseGone
from stats.models import PUBLIC
from stats.reading import published_figures, wording
from stats.reading.entries import OWN
from stats.reading.marks import number
from stats.reading.measures import CellStatus, Measure, Value
from stats.reading.query import parse
from stats.reading.stored_sums import ReportsBehind
from stats.reading.table import Figures

OF_YEAR = ",".join((Measure.COUNT, Measure.SHARE, Measure.CHANGE))
OF_YEARS = ",".join((Measure.COUNT, Measure.CHANGE, Measure.CHANGE_PERCENT))


class PublishedYear:
    """The public figures of a year and of those before it, each read once."""

    def __init__(self, year: int, dataset: Dataset = PRINCIPAL) -> None:
        self.year, self.dataset = year, dataset
        self._figures: dict[tuple[str, str], Figures | None] = {}

    def of_year(self, axis: Axis | None = None) -> Figures | None:
        """The table of an axis in the year, from a release of ours; None where none offers it."""
        figures = self.read(axis, {"period": str(self.year), "measure": OF_YEAR})
        return figures if figures and figures.periods[0].release.kind == OWN else None

    def over_years(self, axis: Axis | None = None) -> Figures | None:
        """The same of all years that have it up to this one, external ones among them, with the change from year to year."""
        figures = self.read(axis, {"measure": OF_YEARS})
        return years_of(figures, range(self.year + 1)) if figures else None

    def read(self, axis: Axis | None, parameters: dict[str, str]) -> Figures | None:
        """The answer that everybody gets. None where there is none."""
        key = (axis.id if axis else "", parameters.get("period", ""))
        if key not in self._figures:
            by = {"by": axis.id} if axis else {}
            self._figures[key] = self.answer({**by, **parameters})
        return self._figures[key]

    def answer(self, parameters: dict[str, str]) -> Figures | None:
        """The answer to a query. None where no release gives one."""
        try:
            return published_figures.open_query(PUBLIC, parse(self.dataset, parameters)).figures()
        except (QueryRefused, ReleaseGone):
            return None

    def axes(self, *dimensions: str) -> list[Axis]:
        """The axes of dimensions that the year has figures of, in the dataset's order. Of a name that is none there are none."""
        return [axis for each in self.dataset.only(dimensions) for axis in each.axes if self.of_year(axis) is not None]

    def dimensions(self) -> Iterator[tuple[Dimension, list[Axis]]]:
        """Every dimension that the year has figures of, with its axes."""
        for each in self.dataset.dimensions:
            if axes := self.axes(each.name):
                yield each, axes


def years_of(figures: Figures, years: range) -> Figures | None:
    """An answer with the periods that begin in these years alone, which follow each other in it. None where there is none."""
    places = [n for n, each in enumerate(figures.periods) if each.release.period.first.year in years]
    if not places:
        return None
    periods, width = slice(places[0], places[-1] + 1), len(figures.columns[0].values) // len(figures.periods)
    cells = slice(periods.start * width, periods.stop * width)
    return replace(
        figures,
        periods=figures.periods[periods],
        columns=tuple(
            replace(each, values=each.values[cells], statuses=each.statuses[cells]) for each in figures.columns
        ),
        intervals={n - cells.start: each for n, each in figures.intervals.items() if cells.start <= n < cells.stop},
        tables=figures.tables[periods],
    )


class YearInFigures:
    """The number of persons of a year and how it differs from the year before, each None where it is no ordinary number.

    It is compared with a year that we counted too: what another producer counted may be of something else.
    """

    def __init__(self, figures: Figures, year: int) -> None:
        self.figures, self.year = figures, year
        self.count, change, percent = last(figures)
        compares_ours = figures.periods[-1].compares_ours
        self.change, self.percent = (change, percent) if compares_ours else (None, None)

    @property
    def heading(self) -> Text:
        """The number of the year as a sentence with how it differs; where the number is not told, that alone."""
        if self.count is None:
            return fill(words.NUMBER_NOT_SHOWN, year=str(self.year))
        template = words.IDENTIFIED_IN if self.count != 1 else words.ONE_IDENTIFIED_IN
        return fill(
            Text("{first}{rest}", "{first}{rest}"),
            first=fill(template, count=self.count, year=str(self.year)),
            rest=self.rest,
        )

    @property
    def rest(self) -> Text:
        """How it differs, as the end of the sentence."""
        if self.change is None:
            return Text("", "")
        if not self.change:
            return fill(Text(", lige så mange som i {before}", ", as many as in {before}"), before=str(self.year - 1))
        return fill(Text(", {size} {difference}", ", {size} {difference}"), size=self.size, difference=self.difference)

    @property
    def size(self) -> Value:
        """By how many persons it differs."""
        return magnitude(self.change)

    @property
    def difference(self) -> Text:
        """How it differs, without the number at its beginning."""
        return fill(
            Text("{more} end i {before}", "{more} than in {before}"),
            more=wording.more_or_fewer(self.change),
            before=str(self.year - 1),
        )

    @property
    def text(self) -> Text | None:
        """The change in per cent."""
        if self.percent is None or not self.percent or not self.change:
            return None
        rose = Text("steg", "rose") if self.change > 0 else Text("faldt", "fell")
        return fill(
            Text(
                "Antallet {rose} med {percent} pct. i forhold til {before}.",
                "The number {rose} by {percent}% on {before}.",
            ),
            rose=rose,
            percent=magnitude(self.percent),
            before=str(self.year - 1),
        )


def last(figures: Figures) -> list[Value]:
    """The values of the last period, each None where it is no ordinary number."""
    return [ordinary(column.values[-1], column.statuses[-1]) for column in figures.columns]


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
        return shown if self.is_whole_in_year(quantity) else fill(words.AT_LEAST, count=shown)

    def heading(self, says: Text) -> Text | None:
        """What is said of the first quantity (`says`); None where nothing can be said of it."""
        count = self.number(self.quantities[0].code) if says != NO_TEXT else None
        year = self.figures.periods[-1].release.period.first.year
        return fill(says, count=count, year=str(year)) if count else None
