"""An error file is kept for days. It holds what the guard looked at, and nothing else of the file that was sent."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, NamedStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from cases.errors import NotFound
from cases.intake.batches import results
from cases.intake.batches.reports import errors_file
from cases.intake.errorfiles import tables
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, ErrorFile, Handling
from cases.intake.templates.files import csv_file, filled_workbook
from cases.months import today
from tests.callers import Caller
from tests.cases.intake.batches.sending import row, send, told
from tests.cases.intake.batches.test_files import XLSX, send_file

pytestmark = pytest.mark.django_db
# A CPR number, as nobody may send it.
MARKER = "140385-1234"
Change = Callable[[Any, Any], object]


def put(target: Any, name: str, value: object) -> None:
    """Set something."""
    setattr(target, name, value)


def add_sheet(book: Any, **changes: object) -> None:
    """A sheet with the marker in it."""
    sheet = book.create_sheet("Noter")
    sheet["A1"] = MARKER
    for name, value in changes.items():
        setattr(sheet, name, value)


def add_list(sheet: Any, **words: str) -> None:
    """A list of a cell."""
    each = DataValidation(type="list", **{"formula1": '"a,b"', **words})
    each.showInputMessage = each.showErrorMessage = True
    each.add("AH3")
    sheet.add_data_validation(each)


def add_style(book: Any, sheet: Any) -> None:
    """A style with a name, and a form of numbers with a text."""
    book.add_named_style(NamedStyle(MARKER, font=Font(name=MARKER)))
    sheet["B3"].style = MARKER
    sheet["C3"].number_format = f'"{MARKER}"@'


def add_table(sheet: Any) -> None:
    """A table with a name and a comment."""
    sheet.add_table(
        Table(name="t", displayName="t", comment=MARKER, ref=f"A1:{sheet.cell(1, sheet.max_column).coordinate}")
    )


BESIDE: dict[str, Change] = {
    "a second sheet": lambda book, sheet: add_sheet(book),
    "a hidden sheet": lambda book, sheet: add_sheet(book, sheet_state="hidden"),
    "a sheet that nobody can show": lambda book, sheet: add_sheet(book, sheet_state="veryHidden"),
    "the name of another sheet": lambda book, sheet: book.create_sheet(MARKER),
    "the name of the sheet": lambda book, sheet: put(sheet, "title", MARKER),
    "a comment": lambda book, sheet: put(sheet["B3"], "comment", Comment(MARKER, MARKER)),
    "the author": lambda book, sheet: put(book.properties, "creator", MARKER),
    "the title": lambda book, sheet: put(book.properties, "title", MARKER),
    "a property": lambda book, sheet: book.custom_doc_props.append(StringProperty(name="x", value=MARKER)),
    "a name": lambda book, sheet: book.defined_names.add(DefinedName("n", attr_text=f'"{MARKER}"')),
    "what a list says": lambda book, sheet: add_list(sheet, prompt=MARKER),
    "what a list forbids": lambda book, sheet: add_list(sheet, error=MARKER),
    "a list": lambda book, sheet: add_list(sheet, formula1=f'"{MARKER},b"'),
    "the head of a page": lambda book, sheet: put(sheet.oddHeader.center, "text", MARKER),
    "the foot of a page": lambda book, sheet: put(sheet.oddFooter.left, "text", MARKER),
    "a link": lambda book, sheet: put(sheet["D3"], "hyperlink", f"https://henvis.example/{MARKER}"),
    "styles": add_style,
    "a table": lambda book, sheet: add_table(sheet),
}


def above(sheet: Any, text: str) -> None:
    """A title above the header."""
    sheet.insert_rows(1)
    sheet["A1"] = text


REFUSED: dict[str, Change] = {
    "above the header": lambda book, sheet: above(sheet, MARKER),
    "right of the header": lambda book, sheet: put(sheet.cell(3, sheet.max_column + 2), "value", MARKER),
    "a long cell": lambda book, sheet: put(sheet["B3"], "value", "x " * 3_000 + MARKER),
}


def workbook(change: Change) -> bytes:
    """A template with a wrong row and something beside it."""
    book = openpyxl.load_workbook(io.BytesIO(filled_workbook("en", today(), [row(), row(region="Nowhere")])))
    change(book, book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """All that stands in a file."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(io.BytesIO(content)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def check_absent(text: str, number: int = 2) -> None:
    """Whether so many error files are kept, none of which has a text."""
    contents = [unpacked(bytes(each.content)) for each in ErrorFile.objects.all()]
    assert len(contents) == number
    assert not [content for content in contents if text.encode() in content]


@pytest.mark.parametrize("what", BESIDE)
def test_what_stands_beside_the_table_of_a_workbook_is_not_kept(what: str, ngo: Caller) -> None:
    content = workbook(BESIDE[what])
    assert MARKER.encode() in unpacked(content)
    batch = send_file(ngo, content, XLSX)
    assert batch.rejected == 1
    check_absent(MARKER)
    again = openpyxl.load_workbook(io.BytesIO(errors_file(batch, "xlsx"))).worksheets[0]
    assert again.max_row >= 3


def test_nor_are_pictures(ngo: Caller) -> None:
    def draw(_: Any, sheet: Any) -> None:
        picture = pytest.importorskip("PIL.Image").new("RGB", (1, 1))
        out = io.BytesIO()
        picture.save(out, "png")
        sheet.add_image(Image(out), "B3")

    batch = send_file(ngo, workbook(draw), XLSX)
    with ZipFile(io.BytesIO(errors_file(batch, "xlsx"))) as archive:
        assert not [name for name in archive.namelist() if "media" in name or "drawing" in name]


@pytest.mark.parametrize("what", REFUSED)
def test_an_identifier_around_the_table_stops_the_workbook(what: str, ngo: Caller) -> None:
    with pytest.raises(FileRefused) as refusal:
        send_file(ngo, workbook(REFUSED[what]), XLSX)
    assert refusal.value.code == "identifier_in_file"
    check_absent(MARKER, 0)


# In a line of the CSV that is sent: above the header, and below it.
LINES = {
    "above the header": ("{marker}\r\n", ""),
    "a quote above the header": ('"{marker}\r\n', ""),
    "beyond the header": ("", "{row},{marker}\r\n"),
    "an unclosed quote": ("", '{row},"{marker}\r\n'),
    "an unclosed quote in a row": ("", '"{row},{marker}\r\n'),
    "a stray quote": ("", '"a"b,{marker}"\r\n'),
    "a long cell": ("", "{long}{marker},{row}\r\n"),
    "a row that is short": ("", "{marker}\r\n"),
}


def sent_csv(what: str, marker: str) -> bytes:
    """A CSV with the marker in it, and a wrong row."""
    before, behind = LINES[what]
    text = csv_file("en", [row(), row(region="Nowhere")]).decode()
    last = text.splitlines()[1]
    behind = behind.format(row=last, marker=marker, long="x " * 3_000)
    return (before.format(marker=marker) + text + behind).encode()


@pytest.mark.parametrize("what", LINES)
def test_an_identifier_around_the_table_stops_a_csv(what: str, ngo: Caller) -> None:
    with pytest.raises(FileRefused) as refusal:
        send_file(ngo, sent_csv(what, MARKER), "text/csv")
    assert refusal.value.code == "identifier_in_file"
    check_absent(MARKER, 0)


@pytest.mark.parametrize("what", LINES)
def test_what_could_not_be_read_is_not_kept_either_where_the_guard_sees_nothing_in_it(what: str, ngo: Caller) -> None:
    batch = send_file(ngo, sent_csv(what, "zzqx7"), "text/csv")
    assert batch.rejected >= 1
    check_absent("zzqx7")


def test_the_line_that_could_not_be_read_is_named_and_is_refused_until_it_is_mended(ngo: Caller) -> None:
    batch = send_file(ngo, sent_csv("an unclosed quote", "zzqx7"), "text/csv")
    content = errors_file(batch, "csv")
    lines = content.decode().splitlines()
    assert lines[3].startswith('"Line 4 could not be read.')
    again = send_file(ngo, content, "text/csv", key="abcdefghijkl0123456789")
    assert told(results.page(again)[2]) == {"row_ragged"}
    fresh = openpyxl.load_workbook(io.BytesIO(errors_file(batch, "xlsx"))).worksheets[0]
    assert fresh["A3"].value.startswith("Line 4 could not be read.")


def test_a_title_with_a_name_and_a_day_is_no_identifier_and_is_not_kept(ngo: Caller) -> None:
    title = "Referrals of Karen Zyxwv, printed on 12 March 2026"
    batch = send_file(ngo, workbook(lambda _, sheet: above(sheet, title)), XLSX)
    assert batch.rejected == 1
    check_absent("Zyxwv")


def test_a_long_text_of_json_stops_the_file(ngo: Caller) -> None:
    for text in ("x " * 5_000 + MARKER, "x " * 101):
        with pytest.raises(FileRefused):
            send(ngo, [row(region=text)])
    check_absent("x x x", 0)


@pytest.mark.parametrize(("media_type", "form"), [(XLSX, "xlsx"), ("text/csv", "csv"), ("application/x-ndjson", "")])
def test_what_is_written_is_looked_at_once_more(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, media_type: str, form: str
) -> None:
    """The sender's own table first, and then its rejected rows; where both have something, nothing is kept."""
    looked: list[int] = []

    def check_cells(*_: object) -> list[object]:
        looked.append(1)
        return [1]

    monkeypatch.setattr(tables, "check_cells", check_cells)
    if form:
        content = workbook(lambda *_: None) if form == "xlsx" else csv_file("en", [row(region="Nowhere")])
        batch = send_file(ngo, content, media_type)
    else:
        batch = send(ngo, [row(region="Nowhere")])
    assert batch.rejected == 1
    assert len(looked) == (3 if form else 2)
    for each in ("xlsx", "csv"):
        with pytest.raises(NotFound):
            errors_file(batch, each)


def test_rows_that_are_left_out_are_counted_in_the_first_text_and_the_file_is_taken_all_the_same(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.intake.batches.reports.MOST_ROWS", 2)
    records = [row(region="Nowhere") for _ in range(5)]
    batch = send(ngo, records, handling=Handling.LENIENT)
    assert batch.rejected == 5
    text = errors_file(batch, "csv").decode()
    assert text.splitlines()[0] == tables.LEFT_OUT.en.format(most=2, number=3)
    sheet = openpyxl.load_workbook(io.BytesIO(errors_file(batch, "xlsx"))).worksheets[0]
    assert sheet["A1"].value == text.splitlines()[0]
    assert sheet["A2"].value == "Errors"
    for key, (form, media_type) in enumerate((("csv", "text/csv"), ("xlsx", XLSX))):
        again: Batch = send_file(ngo, errors_file(batch, form), media_type, key=f"{key}" * 22)
        assert (again.rejected, again.total) == (2, 2)
