"""Workbooks as people make them: which sheet is read, where its header stands, and what its cells are."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cases.intake.readers.files import open_file
from tests.cases.intake.files import (
    HEADER,
    ROW,
    ods,
    ods_cell,
    ods_row,
    ods_table,
    refused_rule,
    rows_of,
    rules_of,
    table_of,
    xlsx,
)


def test_the_header_may_stand_below_a_title_and_to_the_right(tmp_path: Path) -> None:
    rows = [(), (None, "Skema for henvisninger"), (), ("", *HEADER), (), ("", *ROW), (None,) * 6, ("", *ROW)]
    table = table_of(xlsx(tmp_path / "a.xlsx", rows))
    assert (table.sheet, table.header, table.header_line) == ("Sheet", ("", *HEADER), 4)
    assert [(row.index, row.line, row.cells[1:]) for row in table.rows] == [(0, 6, ROW), (1, 8, ROW)]


def test_without_our_header_the_first_row_is_it(tmp_path: Path) -> None:
    table = table_of(xlsx(tmp_path / "a.xlsx", [(), ("Landsdel", "Måned"), ("Øst", "2025-03")]))
    assert (table.header, table.header_line) == (("Landsdel", "Måned"), 2)


def sheets(path: Path, **rows: Any) -> Path:
    """A workbook of several sheets; those whose names begin with `hidden` are hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for line in lines:
            sheet.append(list(line))
    book.save(path)
    return path


def test_the_sheet_with_our_header_is_read(tmp_path: Path) -> None:
    guide = [("Felt", "Betydning"), ("Region", "DK01")]
    path = sheets(
        tmp_path / "a.xlsx", guide=guide, empty=[], hidden_lists=[HEADER, ROW], data=[HEADER, ROW], more=guide
    )
    assert table_of(path).sheet == "data"


def test_else_the_first_visible_sheet_with_content(tmp_path: Path) -> None:
    path = sheets(tmp_path / "a.xlsx", hidden_one=[("x",)], empty=[], own=[("Landsdel",), ("Øst",)], other=[("a",)])
    assert table_of(path).sheet == "own"


def test_two_sheets_with_our_header_are_too_many(tmp_path: Path) -> None:
    assert refused_rule(sheets(tmp_path / "a.xlsx", one=[HEADER, ROW], two=[HEADER, ROW])) == "sheets_several"


def test_a_workbook_without_a_visible_sheet_of_content_is_refused(tmp_path: Path) -> None:
    assert refused_rule(sheets(tmp_path / "a.xlsx", empty=[], hidden_one=[HEADER, ROW])) == "sheet_missing"


def test_a_large_sheet_beside_ours_does_no_harm(tmp_path: Path) -> None:
    path = sheets(tmp_path / "a.xlsx", wide=[range(300)], data=[HEADER, ROW])
    assert table_of(path).sheet == "data"
    assert refused_rule(sheets(tmp_path / "a.xlsx", wide=[range(300)], own=[("a",)])) == "too_many_columns"


def test_cells_are_what_the_sheet_shows(tmp_path: Path) -> None:
    def form(_: Any, sheet: Any) -> None:
        sheet["C2"].number_format = "0%"

    moment = datetime(2025, 3, 14, 12, 30)  # noqa: DTZ001 (a spreadsheet's has no zone)
    row = (date(2025, 3, 14), moment, 0.5, True, 3, "007", " x\u00a0", time(9, 5), "")
    rows = rows_of(xlsx(tmp_path / "a.xlsx", [(*HEADER, *"abcd"), row], form))
    assert rows[0].cells == (date(2025, 3, 14), moment, 0.5, True, 3.0, "007", " x\u00a0", "09:05:00", "")
    assert rows[0].findings == ()


def test_days_that_are_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    def old(book: Any, sheet: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        sheet["B2"] = 45730 - 1462

    rows = rows_of(xlsx(tmp_path / "a.xlsx", [HEADER, (date(2025, 3, 14), None, 3, "c", "d")], old))
    assert rows[0].cells == (date(2025, 3, 14), 45730.0, 3.0, "c", "d")


def test_long_cells_and_cells_outside_of_the_table_are_told(tmp_path: Path) -> None:
    rows = rows_of(xlsx(tmp_path / "a.xlsx", [HEADER, ("x" * 1001, *ROW[1:], None, "outside"), ROW]))
    assert [(each.rule, each.column) for each in rows[0].findings] == [("cell_too_long", 0), ("cell_without_column", 6)]
    assert (rows[0].cells, rows[1].cells) == ((None, *ROW[1:]), ROW)


def test_rows_beyond_the_limit_are_refused_and_empty_ones_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.intake.readers.workbooks.MOST_ROWS", 3)
    rows = [HEADER, ROW, (), ROW, (), ROW, ()]
    assert len(rows_of(xlsx(tmp_path / "a.xlsx", rows))) == 3
    assert refused_rule(xlsx(tmp_path / "a.xlsx", [*rows, ROW])) == "too_many_rows"


def test_ods_is_read_like_xlsx(tmp_path: Path) -> None:
    cells = [
        '<table:table-cell office:value-type="date" office:date-value="2025-03-14"><text:p>14. marts</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>SAND</text:p></table:table-cell>',
        '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>',
        ods_cell("Sjælland", 'table:number-columns-repeated="2"'),
    ]
    blank = '<table:table-row table:number-rows-repeated="5"><table:table-cell/></table:table-row>'
    data = f"{blank}<table:table-row>{''.join(cells)}</table:table-row>"
    hidden = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    lists = ods_table(ods_row(ROW), name="Lister", attributes='table:style-name="ta2"')
    table = table_of(ods(tmp_path / "a.ods", lists + ods_table(data), styles=hidden))
    assert (table.sheet, table.header, table.header_line) == ("Data", HEADER, 1)
    [row] = table.rows
    assert (row.line, row.cells) == (7, (date(2025, 3, 14), True, 3.0, "Sjælland", "Sjælland"))


def test_merged_cells_and_hidden_columns_of_ods_are_told(tmp_path: Path) -> None:
    merged = f"<table:table-row>{ods_cell('x', 'table:number-rows-spanned="2"')}</table:table-row>"
    path = ods(tmp_path / "a.ods", ods_table(ods_row(ROW) + merged + ods_row(ROW) + ods_row(ROW)))
    assert [rules_of(row) for row in rows_of(path)] == [[], ["cells_merged"], ["cells_merged"], []]
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    path = ods(tmp_path / "a.ods", ods_table(ods_row(ROW)).replace("<table:table-row", f"{columns}<table:table-row", 1))
    assert refused_rule(path) == "hidden_column"


def test_reading_again_gives_the_same_rows(tmp_path: Path) -> None:
    source = open_file(xlsx(tmp_path / "a.xlsx", [HEADER, ROW, (), ROW]), media_type=None, name=None)
    assert source.count() == 3
    assert [*source.table().rows] == [*source.table().rows]
    assert list(tmp_path.iterdir()) == [tmp_path / "a.xlsx"]
