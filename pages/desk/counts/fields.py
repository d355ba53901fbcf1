"""The fields of a sheet as a template shows them: every one with its name, its choices, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cases.codelists.types import CodeList, DaySpan
from cases.services.content import CountFault
from cases.services.shapes import CountDimension, CountMeasure
from core.text import NO_TEXT, Text
from pages.desk.counts.sheet import MOST_DIGITS, MOST_FIELDS, CountSheet, Place, SheetTable
from pages.desk.counts.words import ANSWERS, COUNTS

Errors = Mapping[Place, Sequence[Text]]


class CountOption(NamedTuple):
    """A choice of a field."""

    code: str
    label: Text
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CountField:
    """A field of a line. `options`: the choices of a code; none of a number."""

    name: str
    label: Text
    help: Text
    text: str
    options: Sequence[CountOption]
    errors: Sequence[Text]

    @property
    def described_by(self) -> str:
        """The ids of what is said of the field."""
        parts = (("hint", self.help != NO_TEXT), ("error", bool(self.errors)))
        return " ".join(f"{self.name}-{part}" for part, is_there in parts if is_there)

    @property
    def words(self) -> Text:
        """What it says, for who only reads."""
        if self.options:
            return next((each.label for each in self.options if each.is_chosen), NO_TEXT)
        return Text(self.text, self.text) if self.text else COUNTS["not_known"]


class CountLine(NamedTuple):
    """A line: its number from 1, its name, its fields, and what is wrong with all of it."""

    number: int
    name: str
    fields: Sequence[CountField]
    errors: Sequence[Text]


class CountSection(NamedTuple):
    """A table of the page."""

    name: str
    label: Text
    answers: Sequence[CountOption]
    lines: Sequence[CountLine]
    errors: Sequence[Text]
    is_full: bool


class SummaryLine(NamedTuple):
    """A line of the summary of what is wrong: where it leads, and the field with what is said of it."""

    target: str
    label: Text
    text: Text


def errors_of(faults: Sequence[CountFault]) -> Errors:
    """What is said of each place of the page."""
    errors: dict[Place, list[Text]] = defaultdict(list)
    for fault in faults:
        errors[fault.place].append(fault.detail)
    return errors


def sections(sheet: CountSheet, errors: Errors, days: DaySpan) -> list[CountSection]:
    return [section(sheet, table, errors, days) for table in sheet.tables]


def section(sheet: CountSheet, table: SheetTable, errors: Errors, days: DaySpan) -> CountSection:
    """A table with its lines, each by its number from 1. `is_full`: one line more would be more fields than may be sent."""
    name = table.shape.name
    answers = [CountOption(code, words, code == table.answer) for code, words in ANSWERS.items()]
    lines = [
        CountLine(
            place + 1,
            f"{name}-{place}",
            [*fields(table, place, errors, days)],
            errors.get((name, place), ()),
        )
        for place in range(len(table.lines))
    ]
    is_full = sheet.fields + len(table.blank()) > MOST_FIELDS
    return CountSection(name, table.shape.label, answers, lines, errors.get((name,), ()), is_full)


def fields(table: SheetTable, place: int, errors: Errors, days: DaySpan) -> Iterator[CountField]:
    members: tuple[CountDimension | CountMeasure, ...] = (*table.shape.dimensions, *table.shape.measures)
    for member in members:
        text = table.lines[place][member.name]
        is_code = isinstance(member, CountDimension)
        yield CountField(
            f"{table.shape.name}-{place}-{member.name}",
            member.label,
            NO_TEXT if isinstance(member, CountDimension) else member.help,
            # What is no number may be anything, as a telephone number: it is not shown again.
            text if is_code or (text.isdecimal() and len(text) <= MOST_DIGITS) else "",
            options(member.codelist, text, days) if isinstance(member, CountDimension) else (),
            errors.get((table.shape.name, place, member.name), ()),
        )


def options(codelist: CodeList, text: str, days: DaySpan) -> list[CountOption]:
    """The choices of a code: those in force on some days, and the one that stands there."""
    codes = [name for name, code in codelist.by_code.items() if name == text or code.is_valid_in(days)]
    return [CountOption(name, codelist.by_code[name].label, name == text) for name in codes]


def summary(parts: Sequence[CountSection], errors: Errors) -> Iterator[SummaryLine]:
    """Everything that is wrong, in the order of the page."""
    yield from (SummaryLine("", NO_TEXT, text) for text in errors.get((), ()))
    for part in parts:
        yield from (SummaryLine(f"table-{part.name}", part.label, text) for text in part.errors)
        for line in part.lines:
            yield from (SummaryLine(f"line-{line.name}", line_label(part, line), text) for text in line.errors)
            for each in line.fields:
                yield from (SummaryLine(each.name, field_label(part, line, each), text) for text in each.errors)


def line_label(part: CountSection, line: CountLine) -> Text:
    """A line by its table and number."""
    word = COUNTS["line"]
    return Text(
        f"{part.label.da}, {word.da.lower()} {line.number}", f"{part.label.en}, {word.en.lower()} {line.number}"
    )


def field_label(part: CountSection, line: CountLine, each: CountField) -> Text:
    """A field by its line and name."""
    where = line_label(part, line)
    return Text(f"{where.da}, {each.label.da}", f"{where.en}, {each.label.en}")
