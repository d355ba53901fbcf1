"""Reading single cells through the columns of a whole table, as the tests of understanding do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from cases.intake.findings import FileRefused, Finding
from cases.intake.understanding.columns import Columns, Members
from cases.intake.understanding.headers import MEMBERS
from cases.intake.understanding.mapping import NOTHING, MappingContent
from cases.intake.understanding.sources import CellValue, SourceRow


def columns(mapping: MappingContent = NOTHING) -> Columns:
    """Every column, each called by its code."""
    return Columns.of(MEMBERS, mapping)


def row(cells: Mapping[str, CellValue], line: int = 2) -> SourceRow:
    """A row with these cells by member, and no others."""
    return SourceRow(line - 2, line, tuple(cells.get(name) for name in MEMBERS))


def members(cells: Mapping[str, CellValue], mapping: MappingContent = NOTHING) -> Members:
    """What a row of these cells means."""
    return columns(mapping).members(row(cells))[0]


def meaning(name: str, cell: CellValue, mapping: MappingContent = NOTHING) -> object:
    """What one cell means; None where it is left out."""
    return members({name: cell}, mapping).get(name)


def column_findings(header: Sequence[str]) -> list[Finding]:
    """What is wrong with a header."""
    with pytest.raises(FileRefused) as refusal:
        Columns.of(header)
    assert refusal.value.code == "columns_wrong"
    return [finding for finding, _ in refusal.value.findings]
