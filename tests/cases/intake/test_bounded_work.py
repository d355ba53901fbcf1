"""What a file may cost: elements of a workbook, the time between two words on progress, and cells that nobody looked at."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from cases.intake.batches import public_checks
from cases.intake.batches.rows import RowReader
from cases.intake.batches.stream import RowStream
from cases.intake.findings import FileRefused
from cases.intake.readers import ods_parts, refusals, xlsx_parts
from cases.intake.templates.columns import COLUMNS
from tests.cases.intake.files import (
    HEADER,
    ROW,
    SHEET,
    header_xml,
    ods,
    ods_table,
    refused_rule,
    with_parts,
    with_sheet,
    write,
    xlsx,
)

READER = RowReader()


def test_every_element_of_a_workbook_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_parts, "MOST_ELEMENTS", 200)
    monkeypatch.setattr(ods_parts, "MOST_ELEMENTS", 200)
    in_one_row = with_sheet(tmp_path / "a.xlsx", f'{header_xml()}<row r="2">{"<c/>" * 300}</row>')
    assert refused_rule(in_one_row) == "file_unpacks_too_large"
    table = ods_table(f"<table:table-row>{'<table:table-cell/>' * 300}</table:table-row>")
    place = tmp_path / "ods"
    place.mkdir()
    assert refused_rule(ods(place / "a.ods", table)) == "file_unpacks_too_large"


LONG = "x" * 2 * refusals.CHUNK


ENDLESS = {
    "text": f"<a>{LONG}</a>",
    "attribute": f'<a b="{LONG}"/>',
    "comment": f"<!--{LONG}-->",
    "depth": "<a>" * 500_000 + "</a>" * 500_000,
    "depth with ends": ("<a>" * 170_000 + "<b/>") * 3 + "</a>" * 510_000,
    "depth with words of ends": "<a><!-- </a> -->" * 100_000 + "</a>" * 100_000,
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_no_part_of_a_workbook_is_held_because_it_does_not_end(tmp_path: Path, kind: str) -> None:
    """In any part that is read: a parser would need a gigabyte for the two megabytes of an archive."""
    xml = ENDLESS[kind]
    for name in (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"):
        path = with_parts(xlsx(tmp_path / "a.xlsx"), {name: f"<worksheet>{xml}</worksheet>"})
        assert refused_rule(path) == "file_unpacks_too_large"
        path.unlink()
    assert refused_rule(ods(tmp_path / "a.ods", ods_table(xml))) == "file_unpacks_too_large"


def test_50_000_rows_of_25_cells_have_room() -> None:
    assert 50_000 * (1 + 25 * 3) < refusals.MOST_ELEMENTS <= 10_000_000


def stream(path: Path, **options: object) -> RowStream:
    """The rows of a file of lines."""
    return RowStream(path, "text/csv", READER, path.name, **options)  # type: ignore[arg-type]


def csv(path: Path, *rows: tuple[str, ...]) -> Path:
    """A file of rows, all of whose columns are there."""
    names = public_header()
    lines = [names, *((*row, *[""] * (len(names) - len(row))) for row in rows)]
    return write(path, "".join(";".join(line) + "\n" for line in lines))


def public_header() -> tuple[str, ...]:
    """Every column, those of `ROW` first."""
    return (*HEADER, *(column.name for column in COLUMNS if column.name not in HEADER))


def test_the_guard_says_every_second_how_far_it_is_however_long_a_row_takes(tmp_path: Path) -> None:
    seconds = count(0.0, 0.4)
    numbers: list[int] = []
    path = csv(tmp_path / "a.csv", *[ROW] * 9)
    assert stream(path, clock=lambda: next(seconds)).guard(numbers.append) == 9
    assert numbers == [3, 6, 9]


def test_a_cell_that_is_longer_than_a_label_refuses_the_file(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", ROW, ("x" * 201, *ROW[1:]))
    with pytest.raises(FileRefused) as refusal:
        stream(path).guard()
    [(finding, line)] = refusal.value.findings
    place = (refusal.value.code, finding.rule, finding.column, line)
    assert place == ("identifier_in_file", "identifier_free_text", 0, 3)


@pytest.mark.parametrize("before", [1_001, 1_150, 1_190])
def test_a_cell_that_a_reader_leaves_out_is_looked_at_to_its_end(tmp_path: Path, before: int) -> None:
    path = csv(tmp_path / "a.csv", ROW, ("x" * before + " 010190-1234", *ROW[1:]))
    with pytest.raises(FileRefused) as refusal:
        stream(path).guard()
    assert [finding.rule in {"identifier_cpr", "identifier_phone"} for finding, _ in refusal.value.findings] == [True]


def test_a_file_may_have_little_text_of_its_own(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", ROW, ("wurst" * 3, *ROW[1:]))
    assert stream(path, most_text=200).guard() == 2
    with pytest.raises(FileRefused) as refusal:
        stream(csv(tmp_path / "b.csv", ("wirst" * 3, *ROW[1:])), most_text=10).guard()
    assert [finding.rule for finding, _ in refusal.value.findings] == ["too_much_text"]
    assert public_checks.MOST_TEXT <= 1_000_000
