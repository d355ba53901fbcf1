"""A form as a person fills it in: its tables with their lines as texts, and what they say in the words of the API.

A line of which every field is empty is no line. What a table says is chosen: its lines, that there was nothing, or that it is not
known. Whoever chooses nothing and fills in a line means the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from cases.codelists.types import DaySpan
from cases.services.content import Content, ContentRefused, CountFault, read
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountTable
from core.text import number_in
from pages.desk.counts.words import FAULTS, LINES, LINES_AND_NOTHING, NO_ANSWER, NOTHING, NOTHING_KNOWN, UNKNOWN

# A page has room for so many fields: the server reads no more of a form.
MOST_FIELDS = 900
# A number of more digits is none, and what somebody typed there instead is not shown again.
MOST_DIGITS = 7
Place = tuple[str | int, ...]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of a sheet: what is chosen, and its lines, each a text for every member."""

    shape: CountTable
    answer: str = ""
    lines: tuple[Texts, ...] = ()

    @property
    def filled_lines(self) -> list[int]:
        """The places of the lines that say something."""
        return [place for place, line in enumerate(self.lines) if any(line.values())]

    def blank(self) -> Texts:
        """A line that says nothing."""
        return dict.fromkeys((*self.shape.dimension_names, *self.shape.measure_names), "")

    def content(self) -> list[dict[str, Any]] | None:
        """Its lines as the API has them. None: not known."""
        if self.answer == UNKNOWN:
            return None
        lines = (self.lines[place] for place in self.filled_lines)
        return [
            {**{name: line[name] or None for name in self.shape.dimension_names}, **numbers(self.shape, line)}
            for line in lines
        ]

    def faults(self) -> Iterator[CountFault]:
        """What is wrong with what is chosen."""
        if self.answer in {NOTHING, UNKNOWN}:
            if self.filled_lines:
                yield CountFault((self.shape.name,), "lines_beside", LINES_AND_NOTHING)
        elif not self.filled_lines:
            yield CountFault((self.shape.name,), "answer_missing", NO_ANSWER)


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A form as it stands on the page. `version`: that of the report which it corrects; None where there is none."""

    form: CountForm
    tables: tuple[SheetTable, ...]
    version: int | None = None

    @property
    def fields(self) -> int:
        """How many fields its lines have."""
        return sum(len(table.lines) * len(table.blank()) for table in self.tables)

    def content(self) -> dict[str, list[dict[str, Any]] | None]:
        """What it says, as the API has it."""
        return {table.shape.name: table.content() for table in self.tables}

    def faults(self, period: CountPeriod, day: date) -> list[CountFault]:
        """Every fault: of what is chosen, and of what the API would refuse, each where it stands on the page."""
        faults = [fault for table in self.tables for fault in table.faults()]
        try:
            read(self.form, period, self.content(), day)
        except ContentRefused as refusal:
            faults += [self.on_page(fault) for fault in refusal.faults]
        return faults

    def on_page(self, fault: CountFault) -> CountFault:
        """A fault at the line of the page, in words for people."""
        words = FAULTS.get(fault.code, fault.detail)
        match fault.place:
            case ():
                return replace(fault, detail=NOTHING_KNOWN)
            case (str(name), int(index), *rest):
                table = next(each for each in self.tables if each.shape.name == name)
                return replace(fault, place=(name, table.filled_lines[index], *rest), detail=words)
        return replace(fault, detail=words)

    def of_version(self, version: int | None) -> CountSheet:
        """The sheet as a correction of another version."""
        return replace(self, version=version or None)

    def with_line(self, name: str) -> CountSheet:
        """The sheet with a further line of a table, where there is room for it."""
        tables = tuple(
            replace(each, lines=(*each.lines, each.blank())) if each.shape.name == name else each
            for each in self.tables
        )
        longer = replace(self, tables=tables)
        return longer if longer.fields <= MOST_FIELDS else self

    def without_line(self, name: str, place: int) -> CountSheet:
        """The sheet without a line of a table."""
        tables = (
            replace(each, lines=each.lines[:place] + each.lines[place + 1 :]) if each.shape.name == name else each
            for each in self.tables
        )
        return replace(self, tables=tuple(tables))


def numbers(table: CountTable, line: Texts) -> dict[str, Any]:
    """The numbers of a line. What is no number stays the text that it is, which is refused."""
    texts = {name: line[name] for name in table.measure_names}
    return {
        name: int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else text or None
        for name, text in texts.items()
    }


def new_sheet(form: CountForm) -> CountSheet:
    """A sheet with an empty line in each table."""
    tables = (SheetTable(table) for table in form.tables)
    return CountSheet(form, tuple(replace(each, lines=(each.blank(),)) for each in tables))


def sheet_like(form: CountForm, content: Content, days: DaySpan) -> CountSheet:
    """A new sheet with the lines of an earlier report, without their numbers and without codes that do not hold any more."""
    tables = (table_like(table, content.get(table.name) or [], days) for table in form.tables)
    return CountSheet(form, tuple(tables))


def table_like(table: CountTable, lines: list[dict[str, Any]], days: DaySpan) -> SheetTable:
    """A table with the codes of each line; with an empty line where there is none."""
    empty = SheetTable(table)
    cells_copied = [
        {**empty.blank(), **{each.name: str(line[each.name]) for each in table.dimensions}}
        for line in lines
        if all(each.codelist.by_code[line[each.name]].is_valid_in(days) for each in table.dimensions)
    ]
    return replace(empty, answer=LINES if cells_copied else "", lines=tuple(cells_copied) or (empty.blank(),))


def sheet_of(form: CountForm, content: Content, version: int) -> CountSheet:
    return CountSheet(form, tuple(stored_table(table, content.get(table.name)) for table in form.tables), version)


def stored_table(table: CountTable, lines: list[dict[str, Any]] | None) -> SheetTable:
    if lines is None:
        return SheetTable(table, UNKNOWN)
    texts = ({name: "" if value is None else str(value) for name, value in line.items()} for line in lines)
    return SheetTable(table, LINES if lines else NOTHING, tuple(texts))


def sheet_sent(form: CountForm, data: QueryDict) -> CountSheet:
    """The sheet that was sent, with a line more or less where its button was pressed."""
    tables = tuple(table_sent(table, data) for table in form.tables)
    sheet = CountSheet(form, tables, number_in(data.get("version", "")) or None)
    if name := data.get("add"):
        return sheet.with_line(name)
    name, _, place = data.get("remove", "").rpartition("-")
    return sheet.without_line(name, number_in(place) or 0) if name else sheet


def table_sent(table: CountTable, data: QueryDict) -> SheetTable:
    """A table as it was sent. The number of lines is the form's own word, so no more are read than a form may have fields."""
    empty = SheetTable(table)
    most = MOST_FIELDS // len(empty.blank())
    length = min(number_in(data.get(f"{table.name}-lines", "")) or 0, most)
    lines = (
        {name: data.get(f"{table.name}-{place}-{name}", "").strip() for name in empty.blank()}
        for place in range(length)
    )
    return replace(empty, answer=data.get(table.name, ""), lines=tuple(lines))
