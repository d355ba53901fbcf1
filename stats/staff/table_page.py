"""A table of a release in words, as its readers get it: each cell, what is told of it, and how much is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Self

from django.utils.formats import number_format

from cases.dimensions import Axis, table_id
from core.text import Text
from stats.counting.cube import SEPARATOR
from stats.publishing.choice import Table, count_cells
from stats.publishing.sources import Intervals
from stats.reading.marks import MARKS, number
from stats.reading.measures import CellStatus
from stats.staff.words import axes as axes_in_words

# A table of so many cells is listed whole; of a larger one the cells in which neither release says more than zero are counted.
LISTED_WHOLE = 40
HIDDEN = Text("skjult", "hidden")
NOT_THERE = Text("ikke i udgaven", "not in it")
NOT_SHOWN = Text("Tallet vises ikke.", "The figure is not shown.")


@dataclass(frozen=True, slots=True)
class TableValues:
    """What is told of the cells of one table of a release. `intervals`: the least and the most of hidden cells, by code.
    `not_known`: cells of sums that are no data.
    """

    counts: Mapping[str, int]
    hidden: frozenset[str]
    symbol: int | None
    within: frozenset[str]
    offered: bool
    absent_is_zero: bool
    intervals: Intervals = field(default_factory=dict)
    not_known: frozenset[str] = frozenset()

    @property
    def persons(self) -> int:
        """The persons in cells that are shown."""
        return sum(self.counts.values())

    def shown(self, codes: str) -> int | None:
        """The number that is shown of a cell; None for one that is hidden or not known."""
        if codes in self.not_known:
            return None
        return self.counts.get(codes, 0 if self.absent_is_zero and codes not in self.hidden else None)

    def describe(self, codes: str) -> str:
        """What a reader sees of a cell: its number, the symbol, an interval, that it is hidden or that it is not known."""
        if codes in self.not_known:
            return MARKS[CellStatus.NOT_PUBLISHED]
        figure = self.shown(codes)
        if figure is not None:
            return number(figure, str(Text(*Text._fields)))
        if codes in self.within:
            return f"0–{self.symbol}"
        least, most = self.intervals.get(codes, (0, None))
        if most is not None:
            return f"{least}–{most}"
        return str(Text(f"mindst {least}", f"at least {least}") if least else HIDDEN)


# By the stored names of tables.
Values = Mapping[str, TableValues]
Doubts = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class TablePage:
    """A table on the page: a row for each cell with its labels, what the release shows, what another shows, and the difference."""

    title: str
    summary: str
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    rest: str

    @classmethod
    def of(cls, table: Table, values: Values, before: Values | None, doubts: Doubts) -> Self:
        """A table of a release. `before`: what was published before. `doubts`: those of the tables, as far as they were stored."""
        own, total = values[table_id(table)], values.get("")
        earlier = None if before is None else before.get(table_id(table))
        rows = tuple(
            (labels_of(table, codes), (own.describe(codes), *earlier_cells(codes, own, before, earlier)))
            for codes in codes_listed(table, own, earlier)
        )
        return cls(
            title=axes_in_words(table_id(table)),
            summary=summary_of(table, own, total, doubts),
            headings=tuple(str(axis.label) for axis in table) or (axes_in_words(""),),
            rows=rows,
            rest=rest_of(count_cells(table) - len(rows), own),
        )


def earlier_cells(codes: str, own: TableValues, before: Values | None, earlier: TableValues | None) -> tuple[str, ...]:
    """What was published before of a cell, and the difference. Nothing where nothing was published."""
    if before is None:
        return ()
    if earlier is None:
        return str(NOT_THERE), ""
    return earlier.describe(codes), difference(own.shown(codes), earlier.shown(codes))


def difference(now: int | None, before: int | None) -> str:
    """The difference of two shown numbers, with its sign. Nothing where either is hidden: the other would give it away."""
    if now is None or before is None:
        return ""
    return number(now - before, str(Text(*Text._fields)), with_sign=True)


def codes_listed(table: Table, own: TableValues, earlier: TableValues | None) -> list[str]:
    """The cells that are listed, in the order of the code lists: all of a small table, of a large one those that say something."""
    if count_cells(table) <= LISTED_WHOLE:
        return [SEPARATOR.join(codes) for codes in product(*([code.code for code in axis.codes] for axis in table))]
    places = [{code.code: place for place, code in enumerate(axis.codes)} for axis in table]

    def place_of(codes: str) -> list[int]:
        return [order.get(code, len(order)) for order, code in zip(places, split(codes), strict=True)]

    return sorted(
        {codes for each in (own, earlier) if each for codes in (*each.counts, *each.hidden)},
        key=place_of,
    )


def split(codes: str) -> list[str]:
    """The codes of a cell, one for each axis."""
    return codes.split(SEPARATOR) if codes else []


def labels_of(table: Table, codes: str) -> tuple[str, ...]:
    """The words for the codes of a cell; of the total's one cell those for all persons."""
    return tuple(label_of(axis, code) for axis, code in zip(table, split(codes), strict=True)) or (axes_in_words(""),)


def label_of(axis: Axis, code: str) -> str:
    """The label of a code. A code that is gone stands by its name."""
    return next((str(each.label) for each in axis.codes if each.code == code), code)


def rest_of(cells: int, own: TableValues) -> str:
    """What the cells are that are not listed."""
    if not cells:
        return ""
    if own.absent_is_zero:
        return str(Text(f"De øvrige {cells} tal er 0.", f"The other {cells} figures are 0."))
    return str(Text(f"De øvrige {cells} tal er skjult.", f"The other {cells} figures are hidden."))


def summary_of(table: Table, own: TableValues, total: TableValues | None, doubts: Doubts) -> str:
    """In words how much is told: persons in exact figures and the doubt, or figures with noise; and whether it is offered."""
    if not own.absent_is_zero:
        return f"{figures_in_words(len(own.counts), count_cells(table))} {offer_in_words(own)}"
    doubt = [doubt_in_words(doubts[table_id(table)])] if table_id(table) in doubts else []
    all_persons = None if total is None else total.counts.get("")
    return " ".join(str(part) for part in (persons_in_words(own, all_persons), *doubt, offer_in_words(own)))


def persons_in_words(own: TableValues, all_persons: int | None) -> Text:
    """How many persons stand in shown cells, and of how many where the total is shown."""
    da, en = ("", "") if all_persons is None else (f" af {all_persons}", f" of {all_persons}")
    return Text(f"{own.persons}{da} personer i eksakte tal.", f"{own.persons}{en} persons in exact figures.")


def figures_in_words(shown: int, cells: int) -> Text:
    """How many figures with noise are shown. Each has noise of its own, so their sum is no number of persons."""
    if cells == 1:
        return Text("Tallet vises, med støj.", "The figure is shown, with noise.") if shown else NOT_SHOWN
    return Text(
        f"{shown} af {cells} tal vises, med støj. Tallene kan ikke lægges sammen til det samlede antal.",
        f"{shown} of {cells} figures {'is' if shown == 1 else 'are'} shown, with noise. They do not add up to the total.",
    )


def doubt_in_words(doubt: float | None) -> Text:
    """The doubt of a public table. Every shown figure of an authority's leaves the same doubt, by its noise."""
    if doubt is None:
        return Text("Tvivl: uden grænse.", "Doubt: without bound.")
    return Text(f"Tvivl: {number_format(doubt, 2)}.", f"Doubt: {number_format(doubt, 2)}.")


def offer_in_words(own: TableValues) -> Text:
    """Whether readers are offered the table."""
    if own.offered:
        return Text("Læserne tilbydes tabellen.", "Readers are offered the table.")
    return Text(
        "Læserne tilbydes ikke tabellen for sig: den viser for lidt.",
        "Readers are not offered the table by itself: it tells too little.",
    )
