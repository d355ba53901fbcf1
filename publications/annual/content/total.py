"""What the number of all persons of a year says, in a heading and in a sentence."""

from __future__ import annotations

from core.text import Text
from publications.annual import words
from publications.annual.content.findings import ordinary
from publications.annual.sentences import fill, magnitude
from stats.reading import wording
from stats.reading.measures import Value
from stats.reading.table import Figures


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
            return fill(words.NOT_TOLD, year=str(self.year))
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
