"""A partner's own referrals as files for people: the template with these rows, in their language.

Such a file is a delivery (docs/deliveries.md): what only the service sets stands under its exact name, so that a row that is
withdrawn stays so when the file comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases.intake.exported import RECORDED_AT, SCHEMA, STATUS
from cases.intake.stored import content_of
from cases.intake.templates.columns import COLUMNS, OF_EXPORTS, REFERENCE, VERSION, words
from cases.intake.templates.guides import FILLED
from cases.intake.templates.making import csv_bytes
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.workbook import Head, TemplateBook
from cases.models import Referral

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
