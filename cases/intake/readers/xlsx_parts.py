"""The parts of an XLSX file (ECMA-376): which sheets there are, and a survey of each while it is copied."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from zipfile import ZipFile

from cases.intake.readers.archives import feed, pieces_of, scan, strict_parser
from cases.intake.readers.refusals import MOST_ELEMENTS, refusal
from cases.intake.readers.sheets import SheetSurvey

WORKBOOK, RELATIONS, SHARED_TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
# What belongs to every sheet.
SUPPORT = frozenset({"[Content_Types].xml", "_rels/.rels", WORKBOOK, RELATIONS, "xl/styles.xml", SHARED_TEXTS})
DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRUE = frozenset({"1", "true"})
LARGEST = 1_048_576


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def pairs(attributes: list[str]) -> dict[str, str]:
    """The attributes of an element by their local names."""
    return {local(name): value for name, value in zip(attributes[::2], attributes[1::2], strict=True)}


@dataclass(slots=True)
class Workbook:
    """The sheets of a workbook in their order, as name, whether it can be seen, and the part of the archive.

    `from_1904`: its days are counted from 1904 on, as old programs of Apple do.
    """

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    from_1904: bool = False


def workbook_of(archive: ZipFile) -> Workbook:
    """The sheets of an XLSX file. Raises `FileRefused` where it has none of the parts that say so."""
    names = frozenset(archive.namelist())
    if not {WORKBOOK, RELATIONS} <= names:
        raise refusal("file_broken")
    parts: dict[str, str] = {}
    sheet_parts: list[str] = []
    workbook = Workbook()

    def relation(name: str, attributes: list[str]) -> None:
        values = pairs(attributes)
        if local(name) == "Relationship" and values.get("TargetMode") != "External":
            target = values.get("Target", "")
            parts[values.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def element(name: str, attributes: list[str]) -> None:
        values = pairs(attributes)
        if local(name) == "workbookPr":
            workbook.from_1904 = values.get("date1904", "") in TRUE
        elif local(name) == "sheet" and (part := parts.get(values.get("id", ""), "")) in names:
            workbook.sheets.append((values.get("name", ""), values.get("state", "visible") == "visible", part))
            sheet_parts.append(part)

    scan(pieces_of(archive, RELATIONS), relation)
    scan(pieces_of(archive, WORKBOOK), element)
    if len(set(sheet_parts) - SUPPORT) < len(sheet_parts):
        raise refusal("file_broken")
    return workbook


class XlsxSurveyor:
    """Reads the beginnings of a sheet's elements. What is empty but formatted counts for nothing."""

    def __init__(self, survey: SheetSurvey) -> None:
        self.survey = survey
        self.row, self.column = 0, -1
        self.row_text = "0"
        self.row_hidden = self.is_formula = self.is_text = self.is_error = False
        self.elements = 0
        self.columns: dict[str, int] = {}
        self.acts: dict[str, Callable[[list[str]], None]] = {
            "row": self.on_row,
            "c": self.on_c,
            "v": self.on_v,
            "is": self.on_is,
            "f": self.on_f,
            "col": self.on_col,
            "mergeCell": self.on_merge,
        }
        self.listen: Callable[[Callable[[str], None] | None], None] = lambda _: None

    def __call__(self, name: str, attributes: list[str]) -> None:
        """The beginning of an element."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise refusal("file_unpacks_too_large")
        act = self.acts.get(name) or self.acts.get(local(name))
        if act is not None:
            act(attributes)

    def on_row(self, attributes: list[str]) -> None:
        """A row. Rows ascend, or another program reads them in another order."""
        self.end_formula()
        values = pairs(attributes)
        row = int(values.get("r", self.row + 1))
        if not self.row < row <= LARGEST:
            raise refusal("file_broken")
        self.row, self.row_text, self.column = row, str(row), -1
        height = values.get("ht")
        self.row_hidden = values.get("hidden") in TRUE or (height is not None and float(height) == 0)

    def on_c(self, attributes: list[str]) -> None:
        """A cell, in the row that it says it is in."""
        if self.is_formula:
            self.end_formula()
        self.column += 1
        self.is_text = self.is_error = False
        for at in range(0, len(attributes), 2):
            if attributes[at] == "r":
                self.column = self.column_of(attributes[at + 1])
            elif attributes[at] == "t":
                kind = attributes[at + 1]
                self.is_text, self.is_error = kind == "str", kind == "e"

    def column_of(self, place: str) -> int:
        """The column of a place such as `F12`."""
        letters = place.rstrip(DIGITS)
        if place[len(letters) :] != self.row_text:
            raise refusal("file_broken")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_number(letters)
        if column < self.column:
            raise refusal("file_broken")
        return column

    def on_v(self, _: list[str]) -> None:
        """A value. Of a formula it can be empty, where no program has computed it."""
        if self.is_formula and not self.is_text:
            self.listen(self.on_characters)
        if self.is_error:
            self.survey.add_fault("cell_error", self.row, self.column)
        self.survey.reach(self.row, self.column, hidden=self.row_hidden)

    def on_is(self, _: list[str]) -> None:
        """A text that stands in the cell itself."""
        self.survey.reach(self.row, self.column, hidden=self.row_hidden)

    def on_f(self, _: list[str]) -> None:
        """A formula. It is never computed: its value is what the last program that saved the file had."""
        self.is_formula = True
        self.survey.reach(self.row, self.column, hidden=self.row_hidden)

    def on_characters(self, text: str) -> None:
        """What stands in the value of a formula."""
        if text.strip():
            self.is_formula = False
            self.listen(None)

    def end_formula(self) -> None:
        """Note a formula that had no value; that of a text may be empty."""
        if self.is_formula:
            self.is_formula = False
            self.listen(None)
            if not self.is_text:
                self.survey.add_fault("formula_without_value", self.row, self.column)

    def on_col(self, attributes: list[str]) -> None:
        """Columns with a width; hidden ones are remembered."""
        values = pairs(attributes)
        if values.get("hidden") in TRUE or float(values.get("width", 1)) == 0:
            self.survey.hidden_columns.append((int(values.get("min", 1)) - 1, int(values.get("max", 1)) - 1))

    def on_merge(self, attributes: list[str]) -> None:
        first, _, last = pairs(attributes).get("ref", "").partition(":")
        if last and last != first:
            self.survey.add_merge(int(first.lstrip("$").lstrip(LETTERS)), int(last.lstrip("$").lstrip(LETTERS)))


def column_number(letters: str) -> int:
    """The index of a column by its name: 0 for `A`. Raises `FileRefused` for what is no name of a column."""
    if not 1 <= len(letters) <= 3 or set(letters) - set(LETTERS):
        raise refusal("file_broken")
    number = 0
    for letter in letters:
        number = number * 26 + LETTERS.index(letter) + 1
    return number - 1


def survey_part(archive: ZipFile, part: str, survey: SheetSurvey, write: Callable[[bytes], object]) -> None:
    """Survey a sheet while its part is copied."""
    surveyor = XlsxSurveyor(survey)
    parser = strict_parser(surveyor)
    surveyor.listen = lambda hear: setattr(parser, "CharacterDataHandler", hear)
    feed(parser, pieces_of(archive, part), write)
    surveyor.end_formula()
