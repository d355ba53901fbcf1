"""The content of an ODS file (OpenDocument 1.3): a survey of each of its sheets while it is copied.

A row or a cell that repeats stands there once, with a number, so that a small file can hold any number of them.
"""

from __future__ import annotations

from collections.abc import Callable
from zipfile import ZipFile

from cases.intake.readers.archives import pieces_of, scan
from cases.intake.readers.refusals import MOST_ELEMENTS, refusal
from cases.intake.readers.sheets import SheetSurvey

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
KIND, KIND_OF_OFFICE, FORMULA = "office:value-type", "calcext:value-type", "table:formula"
NO_VISIBILITY = frozenset({"collapse", "filter"})


class OdsSurveyor:
    """Reads the beginnings of elements of `content.xml`. Names are compared with their usual prefixes, as the library does."""

    def __init__(self) -> None:
        self.surveys: list[SheetSurvey] = []
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.row, self.rows, self.column, self.table_column = 1, 0, 0, 0
        self.row_hidden = False
        self.elements = 0
        self.acts: dict[str, Callable[[dict[str, str]], None]] = {
            "style:style": self.on_style,
            "style:table-properties": self.on_properties,
            "table:table": self.on_table,
            "table:table-column": self.on_column,
            "table:table-row": self.on_row,
            "table:table-cell": self.on_cell,
            "table:covered-table-cell": self.on_cell,
        }

    def __call__(self, name: str, attributes: list[str]) -> None:
        """The beginning of an element."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise refusal("file_unpacks_too_large")
        act = self.acts.get(name)
        if act is not None:
            act(dict(zip(attributes[::2], attributes[1::2], strict=True)))

    def on_style(self, attributes: dict[str, str]) -> None:
        """A style, whose properties follow."""
        self.style = attributes.get("style:name", "")

    def on_properties(self, attributes: dict[str, str]) -> None:
        """What a style of a sheet says; one may hide it."""
        if attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def on_table(self, attributes: dict[str, str]) -> None:
        visible = attributes.get("table:style-name", "") not in self.hidden_styles
        self.surveys.append(SheetSurvey(attributes.get("table:name", ""), visible))
        self.row, self.rows, self.table_column = 1, 0, 0

    def on_column(self, attributes: dict[str, str]) -> None:
        """Columns that look alike; hidden ones are remembered."""
        first = self.table_column
        self.table_column += repeats(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in NO_VISIBILITY:
            self.survey.hidden_columns.append((first, self.table_column - 1))

    def on_row(self, attributes: dict[str, str]) -> None:
        """A row, or several that are alike."""
        self.row += self.rows
        self.rows = repeats(attributes, "table:number-rows-repeated")
        self.column = 0
        self.row_hidden = attributes.get("table:visibility") in NO_VISIBILITY

    def on_cell(self, attributes: dict[str, str]) -> None:
        """A cell, or several that are alike."""
        first, last_row = self.column, self.row + self.rows - 1
        self.column += repeats(attributes, "table:number-columns-repeated")
        spans = (
            int(attributes.get("table:number-rows-spanned", 1)),
            int(attributes.get("table:number-columns-spanned", 1)),
        )
        if max(spans) > 1:
            self.survey.add_merge(self.row, self.row + spans[0] - 1)
        if KIND in attributes:
            self.reach(first, last_row)
            if attributes.get(KIND_OF_OFFICE) == "error":
                self.survey.add_fault("cell_error", self.row, first)
        elif FORMULA in attributes:
            self.reach(first, last_row)
            self.survey.add_fault("formula_without_value", self.row, first)

    def reach(self, first: int, last_row: int) -> None:
        """Count the cells from a column to the present one, in all rows that are alike: their corners first."""
        for row in sorted({self.row, last_row}):
            self.survey.reach(row, self.column - 1, hidden=self.row_hidden)
        for column in range(first, self.column - 1):
            self.survey.ends[column] = last_row

    @property
    def survey(self) -> SheetSurvey:
        """The survey of the present sheet. Raises `ValueError` outside of one."""
        if not self.surveys:
            raise ValueError("no sheet")
        return self.surveys[-1]


def repeats(attributes: dict[str, str], name: str) -> int:
    """How often something is repeated. Raises `ValueError` for no number."""
    number = int(attributes.get(name, 1))
    if not 0 < number <= 1 << 24:
        raise ValueError("repeats")
    return number


def survey_content(archive: ZipFile, write: Callable[[bytes], object]) -> list[SheetSurvey]:
    """Survey all sheets while the content is copied: the library reads them all. Raises `FileRefused` where it must not."""
    surveyor = OdsSurveyor()
    scan(pieces_of(archive, CONTENT), surveyor, write)
    return surveyor.surveys


def check_manifest(archive: ZipFile) -> None:
    """Raise `FileRefused` for a file with a password: its parts are encrypted one by one."""

    def element(name: str, _: list[str]) -> None:
        if name.endswith("encryption-data"):
            raise refusal("file_has_password")

    if CONTENT not in archive.namelist():
        raise refusal("file_broken")
    if MANIFEST in archive.namelist():
        scan(pieces_of(archive, MANIFEST), element)
