"""Error files as CSV: the sender's own with a first column, or the rejected rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cases.intake.errorfiles.files import errors_csv
from cases.intake.errorfiles.tables import SentFile
from cases.intake.templates.columns import COLUMNS
from tests.cases.intake.test_error_files import DETAIL, MARKS, NAMES, REGION, rejected_rows, sent

CSV = pytest.mark.parametrize(
    ("delimiter", "encoding", "start"),
    [(";", "utf-8-sig", b"\xef\xbb\xbf"), (",", "utf-8", b""), (";", "cp1252", b""), ("\t", "utf-16", b"\xff\xfe")],
)


@CSV
def test_a_csv_comes_back_with_its_own_separator_encoding_and_columns(
    delimiter: str, encoding: str, start: bytes, tmp_path: Path
) -> None:
    lines = [
        ["sep=", ""],
        ["reference", "region", "setting", ""],
        ["1", "Sjæland", 'så "her"', ""],
        ["2", "=1+1", "to\nlinjer", ""],
        [],
        ["3", "-", "Å", ""],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    names = ("reference", "region", "setting")
    file = sent(tmp_path / "a.csv", text.getvalue().encode(encoding), "csv", columns=names)
    content = (
        errors_csv(file, {3: [(1, "Sjælland?")], 7: [(1, "Mangler"), (None, "To gange")]}, (), language="da") or b""
    )
    assert content.startswith(start)
    back = [*csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter)]
    assert back == [
        ["sep=", ""],
        ["Fejl", *names],
        ["Sjælland?", *lines[2][:3]],
        ["", "2", "'=1+1", "to\nlinjer"],
        [],
        ["Mangler To gange", *lines[5][:3]],
    ]
    again = sent(tmp_path / "b.csv", content, "csv", columns=(None, *names))
    third = (errors_csv(again, {}, (), language="en") or b"").decode(encoding)
    heads = [*csv.reader(io.StringIO(third, newline=""), delimiter=delimiter)][1:3]
    assert heads == [["Errors", *names], ["", *lines[2][:3]]]


def test_a_quote_that_is_never_closed_spoils_its_own_line_alone_and_is_not_given_back(tmp_path: Path) -> None:
    file = sent(tmp_path / "a.csv", b'reference,region\r\n1,"x\r\n\r\n2,y\r\n', "csv", columns=("reference", "region"))
    content = errors_csv(file, {2: [(None, "Luk det.")], 4: [(1, "Nej, y?")]}, (), language="en")
    assert content == b'Errors,reference,region\r\nLine 2 could not be read. Luk det.\r\n\r\n"Nej, y?",2,y\r\n'


@pytest.mark.parametrize("form", ["xlsx", "ods", "json", "csv"])
def test_of_other_files_the_rejected_rows_are_a_csv(form: str, tmp_path: Path) -> None:
    rows = 10_001 if form == "csv" else 4
    content = errors_csv(SentFile(tmp_path / "away", form, rows, NAMES), MARKS, rejected_rows(), language="da")
    assert content is not None
    lines = [*csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")]
    assert lines[0] == ["Fejl", *(column.label("da") for column in COLUMNS)]
    assert lines[1][0] == "Region: vælg en region på listen. Rækken står to gange."
    assert [lines[1][REGION + 1], lines[2][DETAIL + 1]] == ["'=1+1", "'+45"]
