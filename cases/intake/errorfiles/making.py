"""Making an error file: the sender's own where it is small enough and of that kind, else its rejected rows in a fresh one."""

from __future__ import annotations

import csv
from datetime import date

import structlog

from cases.intake.errorfiles.fresh import fresh_csv, fresh_workbook
from cases.intake.errorfiles.marks import Marks, Rejected, SentFile
from cases.intake.errorfiles.own_csv import marked_csv
from cases.intake.errorfiles.own_workbook import marked_workbook
from partners.failures import where_it_broke

log = structlog.get_logger("henvis.intake")


def errors_xlsx(file: SentFile, marks: Marks, rejected: Rejected, *, language: str, day: date) -> bytes:
    """A workbook: the sender's own with red cells, or its rejected rows in a template of the day."""
    if file.form == "xlsx" and file.is_whole:
        # openpyxl is stricter than Excel and fails in many ways. Its failure is not the sender's, who gets the rows all the same.
        try:
            return marked_workbook(file, marks, language)
        except Exception as error:
            log.warning("own workbook not marked", **where_it_broke(error))
            return fresh_workbook(file, marks, rejected, language, day)
    return fresh_workbook(file, marks, rejected, language, day)


def errors_csv(file: SentFile, marks: Marks, rejected: Rejected, *, language: str) -> bytes:
    """A CSV: the sender's own, or its rejected rows with our heads."""
    if file.form == "csv" and file.is_whole:
        try:
            return marked_csv(file, marks, language)
        except (csv.Error, UnicodeError, LookupError):
            return fresh_csv(marks, rejected, language)
    return fresh_csv(marks, rejected, language)
