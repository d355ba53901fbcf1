"""Error files: the sender's own with what is wrong, which is corrected there and sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from cases.intake.additions import IGNORED_HEADERS
from cases.intake.errorfiles import tables
from cases.intake.errorfiles.files import errors_xlsx
from cases.intake.errorfiles.tables import MOST_TEXT, Marks, SentFile
from cases.intake.templates import files, sheets, texts, workbook
from cases.intake.templates.columns import COLUMNS, LAST_ROW, cells, example
from cases.intake.templates.texts import ERRORS
from cases.intake.templates.workbook import current_stamp, template_of

DAY = date(2026, 11, 26)
NAMES = tuple(column.name for column in COLUMNS)
REGION, DETAIL = NAMES.index("region"), NAMES.index("exploitation_detail")
MARKS: Marks = {
    3: [(REGION, "Region: vælg en region på listen."), (None, "Rækken står to gange.")],
    5: [(DETAIL, "=1+1")],
}
RED = "FFFFC7CE"


def reference(number: int) -> str:
    """A reference that is as good as random, and the same each time."""
    return str(UUID(bytes=Random(number).randbytes(16), version=4))


def records(count: int, **changes: object) -> list[dict[str, object]]:
    return [{**example(), "reference": reference(n), **changes} for n in range(1, count + 1)]


def sent(path: Path, content: bytes, form: str = "xlsx", **details: Any) -> SentFile:
    """A file that somebody sent."""
    path.write_bytes(content)
    return SentFile(path, form, **{"rows": 4, "columns": NAMES, **details})


@pytest.fixture
def template(tmp_path: Path) -> SentFile:
    """A Danish template with four rows."""
    return sent(tmp_path / "sent.xlsx", files.filled_workbook("da", DAY, records(4)))


def xlsx(file: SentFile, marks: Marks = MARKS, rejected: Any = (), language: str = "da") -> Any:
    """The error file, as a spreadsheet reads it."""
    return load_workbook(BytesIO(errors_xlsx(file, marks, rejected, language=language, day=DAY) or b""))


def red(sheet: Any) -> set[str]:
    """The red cells."""
    return {cell.coordinate for line in sheet for cell in line if cell.fill.fgColor.rgb == RED}


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows by their heads, as readers take them: without the column that is ignored."""
    heads, *lines = sheet.iter_rows(values_only=True)
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    return [{head: value for head, value in row.items() if head.casefold() not in IGNORED_HEADERS} for row in rows]


def test_the_wrong_cells_are_red_and_the_first_column_says_why(template: SentFile) -> None:
    sheet = xlsx(template).worksheets[0]
    assert sheet["A1"].value == "Fejl"
    assert sheet["A3"].value == "Region: vælg en region på listen.\nRækken står to gange."
    assert red(sheet) == {"E3", "O5"}
    assert sheet["A2"].value is None
    assert sheet["E1"].value == "Region"


def test_the_cells_are_the_senders_own_apart_from_that(template: SentFile) -> None:
    before, after = load_workbook(template.path), xlsx(template)
    assert rows_of(after.worksheets[0]) == rows_of(before.worksheets[0])
    assert after.sheetnames == before.sheetnames
    assert [each.sheet_state for each in after.worksheets] == [each.sheet_state for each in before.worksheets]
    guide = [cell.value for cell in after.worksheets[1]["A"]]
    assert guide[0] == ERRORS.title("da") and not any("Slet eksemplet" in str(line) for line in guide)
    for place in range(2, len(after.worksheets)):
        values = [list(book.worksheets[place].iter_rows(values_only=True)) for book in (before, after)]
        assert values[0] == values[1]


def test_the_lists_the_widths_and_what_stays_in_sight_move_along(template: SentFile) -> None:
    before, after = load_workbook(template.path).worksheets[0], xlsx(template).worksheets[0]
    lists = {str(each.sqref): each for each in after.data_validations.dataValidation}
    assert len(lists) == len(before.data_validations.dataValidation) == len(NAMES)
    assert lists[f"E2:E{LAST_ROW}"].formula1 == "list_region"
    assert "MATCH($M2,parents_exploitation_detail" in lists[f"O2:O{LAST_ROW}"].formula1
    assert after.freeze_panes == "B2"
    widths = [after.column_dimensions[each].width for each in "AB"]
    assert widths == [pytest.approx(sheets.NOTE_WIDTH, abs=1), before.column_dimensions["A"].width]
    assert after["D2"].number_format == "@"


def test_it_is_the_template_still(template: SentFile, tmp_path: Path) -> None:
    path = tmp_path / "errors.xlsx"
    path.write_bytes(errors_xlsx(template, MARKS, (), language="da", day=DAY) or b"")
    assert template_of(path) == current_stamp("da")


def test_what_is_said_is_never_computed(template: SentFile) -> None:
    cell = xlsx(template).worksheets[0]["A5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_second_round_writes_the_same_column_anew(template: SentFile, tmp_path: Path) -> None:
    first = errors_xlsx(template, MARKS, (), language="da", day=DAY) or b""
    again = sent(tmp_path / "again.xlsx", first, columns=(None, *NAMES))
    sheet = xlsx(again, {4: [(REGION + 1, "Region mangler.")]}, language="en").worksheets[0]
    assert [sheet.cell(1, place).value for place in (1, 2)] == ["Errors", "Reference"]
    assert [sheet.cell(line, 1).value for line in (2, 3, 4, 5)] == [None, None, "Region mangler.", None]
    assert red(sheet) == {"E4"}


def test_more_is_said_than_a_reader_takes_back(template: SentFile) -> None:
    sheet = xlsx(template, {2: [(None, f"{n:04d}") for n in range(1000)]}).worksheets[0]
    *said, more = sheet["A2"].value.split("\n")
    assert (said, more) == ([f"{n:04d}" for n in range(len(said))], "…")
    assert MOST_TEXT - 5 < len(sheet["A2"].value) <= MOST_TEXT


def own_book(path: Path) -> None:
    """A workbook of a sender's own making, with something of everything."""
    with Workbook(path) as book:
        other, sheet = book.add_worksheet("Noter"), book.add_worksheet("Vores tal")
        bold = book.add_format({"bold": True, "bg_color": "#00FF00"})
        sheet.write_row(0, 0, ["Vores henvisninger"], bold)
        sheet.write_row(2, 0, ["Fejl", "reference", "exploitation", "month", "", "detail"], bold)
        sheet.write_row(3, 1, [reference(1), "Sex", "x", "i ingen kolonne"])
        sheet.write_formula(3, 3, '="2025-"&"03"', None, "2025-03")
        sheet.write_string(5, 2, "=1+1")
        sheet.write_string(7, 5, "-1+1")
        sheet.merge_range("H1:I1", "samlet", bold)
        sheet.data_validation("B4:B6", {"validate": "list", "source": "=Noter!$A$1:$A$2"})
        other.write_column(0, 0, ["DK01", "DK02"])
        sheet.write_comment("C4", "en note")
        sheet.set_header("&Choved")
        book.define_name("valg", "='Vores tal'!$B$4:$B$6")


@pytest.fixture
def own(tmp_path: Path) -> SentFile:
    """That workbook, sent."""
    own_book(tmp_path / "own.xlsx")
    columns = (None, "reference", "exploitation", "referred_in", None, "exploitation_detail")
    return SentFile(tmp_path / "own.xlsx", "xlsx", 3, columns)


def test_a_workbook_of_the_senders_own_comes_back_as_its_table_alone(own: SentFile) -> None:
    """Heads, order and lines are the sender's, all else is the template's."""
    book = xlsx(own, {4: [("exploitation", "Koden findes ikke.")]})
    assert book.sheetnames == [texts.DATA.da, texts.GUIDE.da, texts.LISTS.da, workbook.STAMP_SHEET]
    sheet = book.worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet]
    assert lines[2] == ["Fejl", "reference", "exploitation", "month", None, "detail"]
    assert lines[3] == ["Koden findes ikke.", reference(1), "Sex", "2025-03", None, None]
    assert [lines[5][2], lines[7][5]] == ["=1+1", "-1+1"]
    assert [lines[place] for place in (0, 1, 4, 6)] == [[None] * 6] * 4
    assert red(sheet) == {"C4"}
    assert "valg" not in book.defined_names
    assert (sheet.freeze_panes, sheet["C4"].comment, sheet.merged_cells.ranges) == ("B4", None, set())


def test_its_columns_have_the_lists_of_the_template(own: SentFile) -> None:
    lists = {str(each.sqref): each.formula1 for each in xlsx(own).worksheets[0].data_validations.dataValidation}
    assert lists[f"C4:C{LAST_ROW + 2}"] == "list_exploitation"
    assert "MATCH($C4,parents_exploitation_detail" in lists[f"F4:F{LAST_ROW + 2}"]


def test_no_cell_computes_and_no_text_becomes_a_formula(own: SentFile) -> None:
    cells_in = [cell for each in xlsx(own).worksheets for line in each for cell in line]
    assert {cell.data_type for cell in cells_in} == {"n", "s"}


@pytest.mark.parametrize("limit", ["MOST_LINES", "MOST_TEXTS"])
def test_of_a_table_with_too_much_in_it_the_rejected_rows_come_back(
    limit: str, template: SentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, limit, 3)
    assert len(rows_of(xlsx(template, MARKS, rejected_rows()).worksheets[0])) == 2


def rejected_rows() -> list[tuple[int, Mapping[str, object]]]:
    """Two rows as they were sent."""
    in_words = cells(records(1)[0], "da")
    return [
        (3, {**in_words, "region": "=1+1", "gender": {"x": "y"}, "services_given": ["LEGAL", "HEALTH"]}),
        (
            5,
            {
                **in_words,
                "exploitation_detail": "+45",
                "services_given": [],
                "referred_in": date(2025, 3, 14),
                "version": 2.0,
            },
        ),
    ]


@pytest.mark.parametrize("form", ["csv", "ods", "json", "ndjson", "xlsx"])
def test_of_other_files_and_of_large_ones_the_rejected_rows_stand_in_a_fresh_template(
    form: str, tmp_path: Path
) -> None:
    file = SentFile(tmp_path / "away", form, 10_001 if form == "xlsx" else 4, NAMES)
    book = xlsx(file, MARKS, rejected_rows())
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Fejl", *(column.label("da") for column in COLUMNS)]
    assert sheet["A2"].value.startswith("Region:")
    assert red(sheet) == {"E2", "O3"}
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s")
    first, second = rows_of(sheet)
    assert first["Køn"] is None
    assert (first["Støtte givet"], second["Støtte givet"]) == ("LEGAL|HEALTH", "[]")
    assert (second["Henvist i"], second["Version"]) == ("2025-03-14", "2")
    lists = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    assert "MATCH($M2," in lists[f"O2:O{LAST_ROW}"].formula1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no workbook at all"])
def test_what_cannot_be_read_comes_back_as_a_fresh_template(content: bytes, tmp_path: Path) -> None:
    book = xlsx(sent(tmp_path / "a.xlsx", content), MARKS, rejected_rows())
    assert len(rows_of(book.worksheets[0])) == 2
