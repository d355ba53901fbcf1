"""Making an error file: the sender's own table where it is small enough and of that kind, else its rejected rows in a fresh one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import structlog

from cases.intake.errorfiles.marks import Marks, Rejected, SentFile
from cases.intake.errorfiles.tables import ErrorTable, TableTooLarge, fresh_table, own_table
from cases.intake.errorfiles.writing import CsvForm, csv_of, form_of, xlsx_of
from cases.intake.findings import FileRefused
from cases.intake.readers.csv_files import CsvSource
from cases.intake.readers.workbooks import XlsxSource
from core.failures import where_it_broke

log = structlog.get_logger("henvis.intake")
NOT_GIVEN_BACK = "own rows not given back"


def errors_xlsx(
    file: SentFile, marks: Marks, rows: Rejected, *, language: str, day: date, left_out: int = 0
) -> bytes | None:
    """A workbook: the sender's own rows with red cells, or the rejected ones. None where the guard sees something in both.

    `left_out`: how many rejected rows are not among them.
    """
    for table, _ in tables(file, "xlsx", marks, rows, language, left_out):
        if table.is_clean:
            return xlsx_of(table, language, day)
    return None


def errors_csv(file: SentFile, marks: Marks, rows: Rejected, *, language: str, left_out: int = 0) -> bytes | None:
    """A CSV: the sender's own rows in their separator and encoding, or the rejected ones; None as above."""
    for table, form in tables(file, "csv", marks, rows, language, left_out):
        if table.is_clean:
            return csv_of(table, language, form)
    return None


def tables(
    file: SentFile, form: str, marks: Marks, rows: Rejected, language: str, left_out: int
) -> Iterator[tuple[ErrorTable, CsvForm]]:
    """What may be given back, the best first, and how it would be written as CSV."""
    if file.form == form and file.is_whole:
        try:
            source = CsvSource(file.path) if form == "csv" else XlsxSource(file.path)
            own = own_table(file, source.table(), marks, language)
            yield own, form_of(source, language)
        except (FileRefused, TableTooLarge, OSError) as error:
            # The file was read before. Its sender gets the rows all the same.
            log.warning(NOT_GIVEN_BACK, **where_it_broke(error))
    yield fresh_table(file, marks, rows, language, left_out), form_of(None, language)
