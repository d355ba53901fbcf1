"""A template and an error file in LibreOffice as it is set in Denmark: opened, filled in, saved again, and still what they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from cases import dictionary as d
from cases.intake.errorfiles.files import errors_xlsx
from cases.intake.errorfiles.tables import SentFile
from cases.intake.templates import files
from cases.intake.templates.columns import BY_NAME, COLUMNS, choices, example
from cases.intake.templates.workbook import current_stamp, template_of
from tests.clients.conftest import Office
from tests.clients.test_spreadsheets import sheets

pytestmark = pytest.mark.clients
DAY = date(2026, 11, 26)
NAMES = tuple(column.name for column in COLUMNS)
LISTS = re.compile(r'table:condition="of:cell-content-is-in-list\(([^"]*)\)"')
Save = Callable[[str, str, bytes], Path]


@pytest.fixture
def save_as(office: Office, tmp_path: Path) -> Save:
    """Opens a workbook and saves it in another form, as somebody does who has LibreOffice alone."""

    def save(name: str, form: str, content: bytes) -> Path:
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        office(form, tmp_path / "out", path)
        return tmp_path / f"out/{name}.{form}"

    return save


def filled() -> bytes:
    """A template with three rows, in Danish."""
    drawn = Random(1)  # references of a pattern are refused, and so is a file that would give them back
    rows = [{**example(), "reference": str(UUID(int=drawn.getrandbits(128), version=4))} for _ in range(3)]
    return files.filled_workbook("da", DAY, rows)


def test_every_list_is_alive_and_each_cell_is_the_text_that_was_written(save_as: Save) -> None:
    path = save_as("plain", "fods", filled())
    coded = [column.name for column in COLUMNS if choices(column, DAY)]
    conditions = LISTS.findall(path.read_text())
    assert [
        next(name for name in coded if f"list_{name}" == text or f";list_{name};" in text) for text in conditions
    ] == coded
    pages = dict(sheets(path))
    head, first, *_ = pages["Henvisninger"]
    assert head == [f"{column.label.da} *" if column.required else column.label.da for column in COLUMNS]
    assert (first[NAMES.index("referred_in")], first[NAMES.index("region")]) == (
        d.REFERRED_IN.example,
        "Region Hovedstaden",
    )
    assert {"Vejledning", "Lister", "Henvis"} <= set(pages)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_template_that_was_saved_there_is_recognised(form: str, save_as: Save) -> None:
    assert template_of(save_as("saved", form, filled())) == current_stamp("da")


def test_the_list_of_details_is_that_of_the_form_that_is_chosen(save_as: Save) -> None:
    """The list's own formula, computed in a cell, gives as many texts as belong to the form; all of them where none is chosen."""
    book: Any = load_workbook(BytesIO(files.empty_workbook("da", DAY, [])))
    sheet = book.worksheets[0]
    (rule,) = (each for each in sheet.data_validations.dataValidation if "branch_" in (each.formula1 or ""))
    forms = [None, *d.EXPLOITATION.codelist.codes]
    for line, form in enumerate(forms, 2):
        sheet.cell(line, NAMES.index("exploitation") + 1).value = form.label.da if form else None
        sheet.cell(line, 30).value = f"=ROWS({rule.formula1.replace('$L2', f'$L{line}')})"
    out = BytesIO()
    book.save(out)
    lines = dict(sheets(save_as("details", "fods", out.getvalue())))["Henvisninger"][1 : len(forms) + 1]
    own = choices(BY_NAME["exploitation_detail"], DAY)
    of_form = [sum(each.parent in {None, form.code} for each in own) if form else len(own) for form in forms]
    assert [int(line[29]) for line in lines] == of_form


def test_an_error_file_opens_with_its_texts_lists_and_red_cells(save_as: Save, tmp_path: Path) -> None:
    (tmp_path / "sent.xlsx").write_bytes(filled())
    file = SentFile(tmp_path / "sent.xlsx", "xlsx", 3, NAMES)
    content = errors_xlsx(file, {3: [("region", "=Ret regionen")]}, (), language="da", day=DAY)
    assert content is not None
    path = save_as("errors", "fods", content)
    head, _, second, _ = dict(sheets(path))["Henvisninger"]
    assert head[:2] == ["Fejl", "Reference *"]
    assert second[0] == "=Ret regionen"
    text = path.read_text()
    assert "#ffc7ce" in text
    assert "MATCH([.$M2];parents_exploitation_detail;0)" in text
