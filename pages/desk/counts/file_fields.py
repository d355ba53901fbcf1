"""What a page of a file carries from one form to the next: nothing of the file is kept by us between the two.

What comes back is read as strictly as a file is: whoever changes it sends a report of their own, by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from cases.intake.countfiles.deliveries import PeriodResult
from cases.intake.countfiles.reading import CountFile
from cases.intake.understanding.sources import CellValue, FileTable, SourceRow
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountTable

# A form may have 1 MiB. A larger file is not given back with its faults marked.
MOST_CARRIED = 600_000
Cell = str | int | float | bool | None
PeriodSeen = tuple[CountPeriod, int | None, Mapping[str, object]]


class CarriedPeriod(Struct, array_like=True):
    """A period that was shown: the version that it corrects, and the lines of each table in the order of its members."""

    period: str
    version: int | None
    tables: dict[str, list[list[str | int | None]]]


class CarriedTable(Struct, array_like=True):
    """The rows of a file, each with its line."""

    header: list[str]
    header_line: int
    rows: list[tuple[int, list[Cell]]]


def members_of(table: CountTable) -> tuple[str, ...]:
    """The members of a line, in order."""
    return (*table.dimension_names, *table.measure_names)


def field_of_periods(form: CountForm, periods: Sequence[PeriodResult]) -> str:
    """What was shown of a file, as a field of a form has it."""
    return msgspec.json.encode([carry(form, each) for each in periods]).decode()


def carry(form: CountForm, result: PeriodResult) -> CarriedPeriod:
    tables = {
        name: [[line[member] for member in members_of(form.by_name[name])] for line in lines]
        for name, lines in result.content.items()
    }
    return CarriedPeriod(result.period.id, result.corrects, tables)


def periods_in(form: CountForm, text: str) -> list[PeriodSeen]:
    """The periods that come back. Raises `ValueError` for what no page of ours carries."""
    return [period_seen(form, each) for each in msgspec.json.decode(text, type=list[CarriedPeriod])]


def period_seen(form: CountForm, each: CarriedPeriod) -> PeriodSeen:
    """A period that comes back. Raises `ValueError`."""
    period = CountPeriod.parse(form.period, each.period)
    if period is None or each.tables.keys() - form.by_name.keys():
        raise ValueError("no period of the form")
    content: dict[str, list[dict[str, Any]]] = {
        name: [dict(zip(members_of(form.by_name[name]), line, strict=True)) for line in lines]
        for name, lines in each.tables.items()
    }
    return period, each.version, content


def field_of_file(file: CountFile) -> str | None:
    """The rows of a file, as a field of a form has them; None where they are too many."""
    rows = [(row.line, [plain(cell) for cell in row.cells]) for row in file.rows]
    text = msgspec.json.encode(CarriedTable([*file.header], file.header_line, rows)).decode()
    return text if len(text) <= MOST_CARRIED else None


def plain(cell: CellValue) -> Cell:
    """A cell as JSON has it: a date as a text that reads as the same one."""
    return cell if cell is None or isinstance(cell, str | int | float) else cell.isoformat()


def table_in(text: str) -> FileTable:
    """The rows that come back. Raises `ValueError`."""
    table = msgspec.json.decode(text, type=CarriedTable)
    return FileTable(None, tuple(table.header), table.header_line, rows_in(table))


def rows_in(table: CarriedTable) -> Iterator[SourceRow]:
    return (SourceRow(index, line, tuple(cells)) for index, (line, cells) in enumerate(table.rows))
