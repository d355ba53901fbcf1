"""What a report says: read strictly from JSON, every fault named at once, and kept in one canonical form.

    {"visits": [{"region": "DK01", "setting": "STREET", "activity": "VISIT", "visits": 12, "addresses": null}], "contacts": []}

A table that is absent or null is not known. An empty one says that there was nothing. Of a table that is sent, a line that is not
there was nothing either. A number that is absent or null is not known, 0 is known none. A code that may be left out says then that
nobody asked, as every line does that was reported before its form asked.

What is said of a code that is in force on no day of a period has labels and no codes: a page, a sheet and a program read the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from cases.codelists.types import Code, CodeList, DaySpan
from cases.months import day_words
from cases.services.periods import CountPeriod
from cases.services.shapes import CountDimension, CountForm, CountTable, PartOfWhole
from core.text import Text, in_digits

DAY = timedelta(days=1)


def not_yet(first: date) -> Text:
    """Of a code that begins on a day."""
    return Text(f"Først i brug fra {day_words(first, 'da')}.", f"Not in use before {day_words(first, 'en')}.")


def not_any_more(last: date, instead: list[Text]) -> Text:
    """Of a code whose last day it was, and the labels of what replaced it."""
    da, en = (day_words(last + DAY, language) for language in Text._fields)
    sentence = Text(f"Ikke i brug fra {da}.", f"Not in use from {en} on.")
    if not instead:
        return sentence
    use_da, use_en = " eller ".join(f"»{each.da}«" for each in instead), " or ".join(f"“{each.en}”" for each in instead)
    return Text(f"{sentence.da} Brug i stedet {use_da}.", f"{sentence.en} Use {use_en} instead.")


def words_of(codelist: CodeList, code: Code, days: DaySpan) -> Text:
    """Of a code that is in force on none of some days."""
    if code.valid_to is not None and code.valid_to < days.first:
        return not_any_more(
            code.valid_to, [codelist.by_code[name].label for name in codelist.successors(code.code, days)]
        )
    return not_yet(code.valid_from or days.first)


def every_sentence(codelist: CodeList) -> Iterator[Text]:
    """All that is said of the codes of a list, whatever the period: it changes on the days on which its codes do alone."""
    dated_codes = codelist.with_dates.values()
    firsts = [each.valid_to + DAY for each in dated_codes if each.valid_to is not None]
    begins = [each.valid_from for each in dated_codes if each.valid_from is not None]
    for first in firsts:
        for days in (DaySpan(first, max(first, last)) for last in (first, *begins)):
            yield from (words_of(codelist, each, days) for each in dated_codes if not each.is_valid_in(days))
    yield from map(not_yet, begins)


Line = dict[str, Any]
Content = dict[str, list[Line]]
# A partner has a few hundred lines of a form in a month. No line of a service in this country has had a tenth of this.
MOST_LINES, MOST = 5_000, 99_999
# So many faults are told of one report.
MOST_FAULTS = 100

TABLES_EXPECTED = Text("Mindst én tabel, også hvis den er tom.", "At least one table, even an empty one.")
LINES_EXPECTED = Text("En liste af linjer, eller null.", "A list of lines, or null.")
TOO_MANY_LINES = Text(f"Højst {in_digits(MOST_LINES).da} linjer.", f"At most {in_digits(MOST_LINES).en} lines.")
FORM_EXPECTED = Text(
    "Indholdet er et objekt med skemaets tabeller.", "The body is an object with the tables of the form."
)
LINE_EXPECTED = Text("En linje er et objekt.", "A line is an object.")
UNKNOWN_MEMBER = Text("Skemaet har ikke dette felt.", "The form has no such member.")
REQUIRED = Text("Feltet skal udfyldes.", "The field is required.")
CODE_UNKNOWN = Text("En af koderne i allowed.", "One of the codes in allowed.")
NUMBER_EXPECTED = Text(
    f"Et helt tal fra 0 til {in_digits(MOST).da}, eller null for ikke oplyst.",
    f"A whole number from 0 to {in_digits(MOST).en}, or null for not known.",
)
TWICE = Text("Linjen står der to gange.", "The line stands there twice.")
# What each fault is called that only forms of counts have.
TEXTS = {
    "list_expected": LINES_EXPECTED,
    "too_many_lines": TOO_MANY_LINES,
    "number_expected": NUMBER_EXPECTED,
    "line_twice": TWICE,
}


@dataclass(frozen=True, slots=True)
class CountFault:
    """What is wrong, and where: the table, the line from 0, and the member, as far as they are known.

    `replaced_by`: of a retired code those of `allowed` that replaced it.
    """

    place: tuple[str | int, ...]
    code: str
    detail: Text
    allowed: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()


class ContentRefused(ValueError):
    """A content has faults: `faults`, at most `MOST_FAULTS`. None repeats a value that was sent."""

    def __init__(self, faults: Sequence[CountFault]) -> None:
        super().__init__(", ".join(sorted({each.code for each in faults})))
        self.faults = tuple(faults)


def read(form: CountForm, period: CountPeriod, raw: object, day: date) -> Content:
    """The canonical content of what was sent. `day`: that of writing; codes are those of the period. Raises `ContentRefused`."""
    if not isinstance(raw, Mapping):
        raise ContentRefused([CountFault((), "object_expected", FORM_EXPECTED, tuple(form.by_name))])
    content = {table.name: whole_lines(table, raw[table.name]) for table in form.tables if is_list(raw.get(table.name))}
    # Before the lines are put into order: a fault names the line as it was sent.
    breaches = broken_checks(form, period, content)
    if faults := [*islice(chain(faults_of(form, raw, period.days_of_codes(day)), breaches), MOST_FAULTS)]:
        raise ContentRefused(faults)
    return {name: canonical(form.by_name[name], lines) for name, lines in content.items()}


def faults_of(form: CountForm, raw: Mapping[Any, Any], days: DaySpan) -> Iterator[CountFault]:
    """What is wrong with tables, lines and members, one by one."""
    names = tuple(form.by_name)
    yield from (CountFault((), "unknown_member", UNKNOWN_MEMBER, names) for name in raw if name not in names)
    if not any(raw.get(name) is not None for name in names):
        yield CountFault((), "required", TABLES_EXPECTED, names)
    for table in form.tables:
        lines = raw.get(table.name)
        if lines is None:
            continue
        if not isinstance(lines, list):
            yield CountFault((table.name,), "list_expected", LINES_EXPECTED)
        elif len(lines) > MOST_LINES:
            yield CountFault((table.name,), "too_many_lines", TOO_MANY_LINES)
        else:
            yield from faults_of_table(table, lines, days)


def faults_of_table(table: CountTable, lines: Sequence[Any], days: DaySpan) -> Iterator[CountFault]:
    """What is wrong with the lines of a table, each by itself and beside the others."""
    number: Counter[tuple[str, ...]] = Counter()
    for index, line in enumerate(lines):
        place = (table.name, index)
        if not isinstance(line, Mapping):
            yield CountFault(place, "object_expected", LINE_EXPECTED)
            continue
        faults = [*faults_of_line(table, line, place, days)]
        yield from faults
        if not faults:
            key = key_of(table, line)
            number[key] += 1
            if number[key] > 1:
                yield CountFault(place, "line_twice", TWICE)


def faults_of_line(
    table: CountTable, line: Mapping[Any, Any], place: tuple[str, int], days: DaySpan
) -> Iterator[CountFault]:
    """What is wrong with the members of a line: unknown ones, codes that are not in force on these days, and what is no number."""
    members = (*table.dimension_names, *table.measure_names)
    yield from (CountFault(place, "unknown_member", UNKNOWN_MEMBER, members) for name in line if name not in members)
    for dimension in table.dimensions:
        if fault := fault_of_code(dimension, dimension.code_in(line), (*place, dimension.name), days):
            yield fault
    for name in table.measure_names:
        if not is_number(line.get(name)):
            yield CountFault((*place, name), "number_expected", NUMBER_EXPECTED)


def fault_of_code(
    dimension: CountDimension, value: object, place: tuple[str | int, ...], days: DaySpan
) -> CountFault | None:
    """What is wrong with the code of a dimension, or None. In front of what is accepted stands what replaced a retired one."""
    codelist = dimension.codelist
    if value is None:
        return CountFault(place, "required", REQUIRED, codelist.in_force_in(days))
    code = codelist.by_code.get(value) if isinstance(value, str) else None
    if code is None:
        return CountFault(place, "code_unknown", CODE_UNKNOWN, codelist.in_force_in(days))
    if code.is_valid_in(days):
        return None
    detail, allowed = words_of(codelist, code, days), codelist.in_force_in(days)
    if not code.has_begun_on(days.last):
        return CountFault(place, "code_not_yet_valid", detail, allowed)
    successors = codelist.successors(code.code, days)
    return CountFault(place, "code_retired", detail, tuple(dict.fromkeys((*successors, *allowed))), successors)


def is_number(value: object) -> bool:
    """Whether a value is a number of a report, or says that it is not known. True and 1.0 are none."""
    return value is None or (type(value) is int and 0 <= value <= MOST)


def key_of(table: CountTable, line: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple(each.code_in(line) for each in table.dimensions)


def is_list(value: object) -> bool:
    """Whether a value has lines, and not too many."""
    return isinstance(value, list) and len(value) <= MOST_LINES


def whole_lines(table: CountTable, lines: Sequence[Any]) -> list[Line]:
    """The lines with every member of their table. What is no line has none, and what is no number is not known."""
    return [whole_line(table, line if isinstance(line, Mapping) else {}) for line in lines]


def whole_line(table: CountTable, line: Mapping[Any, Any]) -> Line:
    """A line with every member of its table."""
    numbers = {name: line.get(name) if is_number(line.get(name)) else None for name in table.measure_names}
    return {each.name: each.code_in(line) for each in table.dimensions} | numbers


def in_present_version(form: CountForm, content: Content) -> Content:
    """What is stored, in the present version of its form."""
    return {name: whole_lines(form.by_name[name], lines) for name, lines in content.items()}


def canonical(table: CountTable, lines: Sequence[Line]) -> list[Line]:
    """The lines in the order of the code lists. One that says 0 throughout stays: its sender wrote it."""
    orders = [{code: place for place, code in enumerate(each.codelist.names)} for each in table.dimensions]
    return sorted(
        lines, key=lambda line: [order[code] for order, code in zip(orders, key_of(table, line), strict=True)]
    )


def broken_checks(form: CountForm, period: CountPeriod, content: Content) -> Iterator[CountFault]:
    """Where a part is more than its whole. Of numbers that are not known nothing is said."""
    for check in form.checks:
        times = period.days if check.times_days else 1
        if not check.is_of_lines:
            part, whole = (sum_of(content, *each) for each in (check.part, check.whole))
            if part is not None and whole is not None and part > whole * times:
                yield CountFault(check.part[:1], check.code, check.detail)
            continue
        yield from (
            CountFault((check.part[0], index, check.part[1]), check.code, check.detail)
            for index, line in enumerate(content.get(check.part[0], ()))
            if is_broken(check, line, times)
        )


def is_broken(check: PartOfWhole, line: Line, times: int) -> bool:
    """Whether a line has more of a part than of the whole."""
    part, whole = line[check.part[1]], line[check.whole[1]]
    return part is not None and whole is not None and part > whole * times


def sum_of(content: Content, table: str, measure: str) -> int | None:
    """The sum of a number over a table; None where a line does not know it, or the table is not known."""
    if table not in content:
        return None
    numbers = [line[measure] for line in content[table]]
    return None if None in numbers else sum(map(int, numbers))
