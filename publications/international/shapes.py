"""What an international organisation asks for, as data: fields, each with its source and with how its figures are broken down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.dimensions import Dataset
from core.text import Text

# A table by the names of its axes, as a query asks for it. The empty text is the total.
TableName = str


class FieldState(StrEnum):
    """How far a field is met."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"


class FigureState(StrEnum):
    """What a row of a file says of its figure. All but the first three have no number."""

    KNOWN = "known"
    NONE = "known none"
    AT_LEAST = "at least"
    NOT_SHOWN = "not shown"
    NOT_KNOWN = "not known"
    NO_TABLE = "no such table in the release"
    NO_PERIOD = "no release of the period"
    NO_RELEASE = "not in any release"


# What is said of a whole breakdown.
ABSENT = frozenset({FigureState.NO_TABLE, FigureState.NO_PERIOD, FigureState.NO_RELEASE})
NO_FIGURES = Text("Udgivelserne har ingen tal for det.", "The releases have no figures for it.")


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where figures come from. `about`: what is counted. `dataset`: that of published releases; None where no release has one.

    `quantity`: of a dataset of sums, which of its quantities.
    """

    about: Text
    unit: Text
    dataset: Dataset | None = None
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a field is divided. `tables`: those that would answer, the best one first; the first that a release offers does."""

    label: Text
    tables: tuple[TableName, ...]


@dataclass(frozen=True, slots=True)
class BodyField:
    """A field that a body asks for. `place`: where the body asks. `source`: a name among `SOURCES`. `why`: of its state."""

    id: str
    place: Text
    label: Text
    definition: Text
    source: str
    state: FieldState
    why: Text
    breakdowns: tuple[Breakdown, ...]

    def state_with(self, figures: Collection[FigureState]) -> tuple[FieldState, Text]:
        """How far a file meets the field with such figures, and why. Of a release that has none of it nothing is met."""
        if figures and ABSENT.issuperset(figures) and self.state in (FieldState.MET, FieldState.PARTLY):
            return FieldState.NOT_MET, NO_FIGURES
        return self.state, self.why


@dataclass(frozen=True, slots=True)
class DueDates:
    """When figures of a year are sent: a day in principle and the last day, as month and day of the year after it."""

    in_principle: tuple[int, int]
    latest: tuple[int, int]

    def of(self, year: int) -> tuple[date, date]:
        """The two days for the figures of a year."""
        return date(year + 1, *self.in_principle), date(year + 1, *self.latest)


@dataclass(frozen=True, slots=True)
class ReceivingBody:
    """A body and what it asks for. `due`: None where it asks in rounds of its own. `years`: how many end with the year asked for.

    `collection`: the collection of `stats.published.figures` that prints what is sent, or nothing. `terms`: the standard
    whose names for codes the file has beside ours (`Code.maps`), or nothing.
    """

    id: str
    name: Text
    statement: Text
    fields: tuple[BodyField, ...]
    due: DueDates | None
    years: int = 1
    collection: str = ""
    terms: str = ""

    def periods(self, year: int) -> list[str]:
        """The periods of the file of a year: each of its years, and several years together where it has several."""
        years = [str(each) for each in range(year - self.years + 1, year + 1)]
        return years if self.years == 1 else [*years, f"{years[0]}-{years[-1]}"]
