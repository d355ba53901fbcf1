"""Reading a file of referrals in words and understanding it, by CPU time; beside it openpyxl and csv, which only give cells."""

from __future__ import annotations

import csv
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID

import openpyxl
import xlsxwriter

from benchmarks.setting import Setting
from cases.fields import CodedField, CodeSetField, MonthField
from cases.intake.readers.files import open_file
from cases.intake.templates.columns import COLUMNS, REFERENCE, TemplateColumn, words
from cases.intake.understanding.columns import Columns

ROWS, SMALLEST = 50_000, 20
MOST_OF_SET = 4
Lines = list[list[str]]


def main(setting: Setting) -> None:
    """The same rows as CSV and as XLSX."""
    rows = setting.size(ROWS, SMALLEST)
    lines = [[column.label.da for column in COLUMNS], *islice(invented_lines(Random(1)), rows)]
    print(f"\nFiles of {rows:,} rows of {len(COLUMNS)} columns in Danish words, CPU time a row:")
    with tempfile.TemporaryDirectory(prefix="henvis-bench-files-") as folder:
        for path, others in (
            (write_csv(Path(folder), lines), cells_of_csv),
            (write_xlsx(Path(folder), lines), cells_of_xlsx),
        ):
            reading, whole, plain = (cpu(act, path) / rows * 1e6 for act in (read, understand, others))
            print(
                f"  {path.suffix[1:]:5} read {reading:5.1f} µs, with its meaning {whole:5.1f} µs; "
                f"{others.__doc__} {plain:5.1f} µs. Python holds {peak(path) / 1e6:.0f} MB"
            )


def invented_lines(random: Random) -> Iterator[list[str]]:
    """Rows in words. What they say is by chance."""
    while True:
        yield [words(column, value(column, random), "da") for column in COLUMNS]


def value(column: TemplateColumn, random: Random) -> object:
    """A value that a member may have."""
    match column.field:
        case CodedField() as field:
            return random.choice(field.allowed)
        case CodeSetField() as field:
            return random.sample(field.codelist.names, random.randrange(MOST_OF_SET))
        case MonthField():
            return f"{random.randrange(2015, 2026)}-{random.randrange(1, 13):02d}"
        case _:
            return str(UUID(int=random.getrandbits(128), version=4)) if column.name == REFERENCE else None


def write_csv(folder: Path, lines: Lines) -> Path:
    """The lines as CSV."""
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    return path


def write_xlsx(folder: Path, lines: Lines) -> Path:
    """The lines as a workbook."""
    path = folder / "rows.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            for place, text in enumerate(line):
                if text:
                    sheet.write_string(number, place, text)
    return path


def cpu(act: Callable[[Path], object], path: Path) -> float:
    """Seconds of this process."""
    began = time.process_time()
    act(path)
    return time.process_time() - began


def read(path: Path) -> int:
    """The rows alone."""
    return count(open_file(path, media_type=None, name=path.name).table().rows)


def understand(path: Path) -> int:
    """The rows and what they mean. Raises `ValueError` where anything is in doubt."""
    table = open_file(path, media_type=None, name=path.name).table()
    columns = Columns.of(table.header, line=table.header_line)
    if any(columns.members(row)[1] for row in table.rows) or columns.questions:
        raise ValueError("a row is not understood")
    return len(columns.names)


def cells_of_csv(path: Path) -> int:
    """csv alone"""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return count(csv.reader(file, delimiter=";"))


def cells_of_xlsx(path: Path) -> int:
    """openpyxl alone"""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return count(book.active.iter_rows(values_only=True))
    finally:
        book.close()


def count(rows: Iterable[object]) -> int:
    """How many there are."""
    return sum(1 for _ in rows)


def peak(path: Path) -> int:
    """The most bytes that Python holds while a file is read; what calamine holds is not among them."""
    tracemalloc.start()
    try:
        read(path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
