"""Templates as files: empty, filled in, as a workbook or as CSV; and a partner's own referrals as such a file.

Such a file is a delivery (docs/deliveries.md): what only the service sets stands under its exact name, so that a row that is
withdrawn stays so when the file comes back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from cases.intake.additions import RECORDED_AT, SCHEMA, STATUS
from cases.intake.templates.columns import COLUMNS, OF_EXPORTS, REFERENCE, VERSION, cells, example, words
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.texts import EMPTY, FILLED, Guide
from cases.intake.templates.workbook import Head, TemplateBook, workbook
from cases.intake.versions import content_of
from cases.models import Referral
from core.formats import BOM, SEPARATORS

# Excel in Danish needs the mark to know UTF-8.
MARKS = {"da": BOM, "en": ""}


def empty_workbook(language: str, day: date, references: Iterable[UUID]) -> bytes:
    """The template: the example, and an empty row for each reference. The lists have the codes that are in force on the day."""
    first = SheetRow(cells(example(), language), is_example=True)
    return workbook(language, day, [first, *(SheetRow({REFERENCE: str(each)}) for each in references)], EMPTY)


def filled_workbook(language: str, day: date, records: Iterable[Mapping[str, object]], guide: Guide = FILLED) -> bytes:
    """The template with these rows, of which none is an example."""
    return workbook(language, day, [SheetRow(cells(record, language)) for record in records], guide)


def empty_csv(language: str) -> bytes:
    """The heads and the example."""
    return csv_file(language, [example()])


def csv_file(language: str, records: Iterable[Mapping[str, object]]) -> bytes:
    """Rows in words as CSV: commas in English; semicolons and a byte order mark in Danish."""
    rows = [cells(record, language) for record in records]
    heads = [column.label(language) for column in COLUMNS]
    return csv_bytes(language, [heads, *([row[column.name] for column in COLUMNS] for row in rows)])


def csv_bytes(language: str, lines: Iterable[Sequence[str]]) -> bytes:
    """Lines as CSV in UTF-8, as a spreadsheet in this language reads them."""
    out = io.StringIO(MARKS[language])
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=SEPARATORS[language], lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()


EXPORT_COLUMNS = (*COLUMNS, *OF_EXPORTS)


def heads_of(language: str) -> tuple[Head, ...]:
    """The heads: labels as the template has them, and the names of what only the service sets."""
    own = (Head(column.label(language), column) for column in COLUMNS)
    return (*own, *(Head(column.name, column) for column in OF_EXPORTS))


def members_of(referral: Referral) -> dict[str, Any]:
    """A referral's members by name, as an export of the API has them."""
    return {
        REFERENCE: str(referral.reference),
        VERSION: referral.version,
        **content_of(referral),
        STATUS: referral.status,
        SCHEMA: referral.schema_version,
        RECORDED_AT: referral.recorded_at.isoformat(),
    }


def cells_of(members: Mapping[str, Any], language: str) -> dict[str, str]:
    """A row in words, by the name of each column."""
    return {column.name: words(column, members[column.name], language) for column in EXPORT_COLUMNS}


def csv_of_own(language: str, referrals: Iterable[Referral]) -> bytes:
    """The referrals as CSV, as a spreadsheet in this language reads it."""
    rows = (cells_of(members_of(each), language) for each in referrals)
    lines = ([row[column.name] for column in EXPORT_COLUMNS] for row in rows)
    return csv_bytes(language, [[head.text for head in heads_of(language)], *lines])


def workbook_of_own(language: str, day: date, referrals: Iterable[Referral]) -> bytes:
    """The referrals as a workbook with the lists and the guide of the template of a day."""
    rows = (SheetRow(cells_of(members_of(each), language)) for each in referrals)
    return TemplateBook(language, day, FILLED, heads=heads_of(language)).write(rows)
