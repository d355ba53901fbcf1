"""A figure as people read it: a number, what is told of a hidden one, or a mark that the key explains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from stats.reading import wording
from stats.reading.cells import PublishedBounds
from stats.reading.measures import CHANGES, ORDINARY, CellStatus, Measure, Value
from stats.reading.table import Column, Figures

# What stands in a cell, or after its number, for each status that is not an ordinary number.
MARKS: dict[CellStatus, str] = {
    CellStatus.HIDDEN: "[c]",
    CellStatus.NOT_PUBLISHED: ":",
    CellStatus.NOT_COLLECTED: "…",
    CellStatus.BREAK: "[b]",
    CellStatus.UNDEFINED: "–",
}
SUFFIXES: dict[CellStatus, str] = {CellStatus.PROVISIONAL: "*", CellStatus.DERIVED: "†", CellStatus.UNVERIFIED: "‡"}
DIGITS = re.compile("[0-9]+")
MOST_NAMED = 3  # marks of hidden figures that the key names side by side
# What separates thousands and decimals. A space that breaks no line, since a full stop is read as a decimal by others.
THOUSANDS, DECIMAL = {"da": ".", "en": ","}, {"da": ",", "en": "."}
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell shows, and its status. `value`: the number of which the text is made, None where there is none.

    `with_sign`: it is a change, and a rise has a plus.
    """

    text: str
    status: CellStatus
    value: Value = None
    with_sign: bool = False

    @property
    def empty(self) -> bool:
        """Whether it is nobody, said plainly, or was not published."""
        return self.status == CellStatus.NOT_PUBLISHED or (self.status in ORDINARY and self.text == "0")


def cell(figures: Figures, column: Column, place: int, language: str) -> CellText:
    """The text of a value. Of a hidden count it tells what everybody is told."""
    value, status = column.values[place], column.statuses[place]
    if status == CellStatus.HIDDEN and column.measure == Measure.COUNT:
        return CellText(hidden_text(figures.intervals.get(place)), status)
    if value is None:
        return CellText(MARKS.get(status, MARKS[CellStatus.HIDDEN]), status)
    with_sign = column.measure in CHANGES
    return CellText(
        f"{number(value, language, with_sign=with_sign)}{SUFFIXES.get(status, '')}", status, value, with_sign
    )


def hidden_text(interval: PublishedBounds | None) -> str:
    """What is told of a hidden count: the symbol of its table, or that it is hidden, and between which numbers."""
    if interval is None:
        return MARKS[CellStatus.HIDDEN]
    if interval.symbol is not None:
        return f"0–{interval.symbol}"
    if interval.most is None:
        return f"{MARKS[CellStatus.HIDDEN]} ≥{interval.least}" if interval.least else MARKS[CellStatus.HIDDEN]
    return f"{MARKS[CellStatus.HIDDEN]} {interval.least}–{interval.most}"


def number(value: Value, language: str, *, with_sign: bool = False) -> str:
    """A number as it is written in a language. Only one `with_sign` has a plus."""
    whole, _, decimals = f"{abs(0 if value is None else value):,}".partition(".")
    sign = MINUS if value and value < 0 else "+" if with_sign and value else ""
    part = f"{DECIMAL[language]}{decimals}" if isinstance(value, Decimal) and decimals else ""
    return f"{sign}{whole.replace(',', THOUSANDS[language])}{part}"


def key_of(figures: Figures, cells: Iterable[CellText], language: str) -> Iterator[tuple[str, str]]:
    """The marks that stand among some cells, each with its meaning."""
    meanings, every = wording.meanings(figures), [*cells]
    statuses = {each.status for each in every}
    for status in CellStatus:
        if status == CellStatus.HIDDEN:
            yield from key_of_hidden(figures, {each.text for each in every if each.status == status}, language)
        elif status in statuses and status != CellStatus.NORMAL:
            yield MARKS.get(status) or SUFFIXES[status], meanings[status](language)


def key_of_hidden(figures: Figures, texts: Collection[str], language: str) -> Iterator[tuple[str, str]]:
    """The marks of hidden figures, each with why just this one is hidden. It says what follows from what is told, no more.

    Of sums no number says by itself why one is hidden.
    """
    told, by_reason = {} if figures.query.dataset.quantities else bounds_by_text(figures), defaultdict(list)
    for text in sorted(texts, key=order_of):
        by_reason[wording.why_hidden(told.get(text), wording.threshold(figures))].append(text)
    for why, marks in by_reason.items():
        if why is None:
            yield MARKS[CellStatus.HIDDEN], wording.meanings(figures)[CellStatus.HIDDEN](language)
        else:
            mark = ", ".join(marks) if len(marks) <= MOST_NAMED else f"{MARKS[CellStatus.HIDDEN]} a–b"
            yield mark, f"{why(language)}; {wording.what_it_may_be([told[each] for each in marks])(language)}"


def bounds_by_text(figures: Figures) -> dict[str, PublishedBounds]:
    """What is told of hidden counts, by how it is written; of one without any bound nothing is."""
    return {hidden_text(each): each for each in figures.intervals.values() if each.least or each.most is not None}


def order_of(text: str) -> tuple[bool, list[int]]:
    """How marks of hidden figures stand in a key: by their numbers, and last that of which nothing is told."""
    return text == MARKS[CellStatus.HIDDEN], [int(each) for each in DIGITS.findall(text)]
