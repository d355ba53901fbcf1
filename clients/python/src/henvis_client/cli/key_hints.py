"""When a file needs `--key-column`: its rows have no references, or a column of it is the organisation's own key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from henvis_client.bodies import RowResult
from henvis_client.errors import UsageError, Violation
from henvis_client.key_columns import REFERENCE
from henvis_client.questions import Question, cell_of

OWN_KEY, MISSING = "own_key_column", "column_missing"
# A case number is refused as what identifies a person; here it is a key as well.
KEYS = frozenset({OWN_KEY, "identifier_case_number"})
# Rules on a row that has no reference, or an own key in its place.
WITHOUT_REFERENCE = frozenset({"required", "reference_required", "reference_not_uuid4"})
CELL = re.compile(r"([A-Z]+)(\d*)")


def is_about_keys(violations: Iterable[Violation]) -> bool:
    """Whether the columns of a file were refused for an own key, or because there are no references, by the field in front."""
    return any(
        each.code in KEYS or (each.code == MISSING and each.detail.casefold().startswith(REFERENCE))
        for each in violations
    )


def own_key_header(file: Path, violations: Iterable[Violation]) -> str | None:
    """The header of the own key's column, which stands in the file alone."""
    for each in violations:
        match = CELL.fullmatch(each.place)
        if each.code in KEYS and match:
            line = int(match[2] or 1) if each.code == OWN_KEY else 1
            return header_of(file, line, Question("", match[1], line).place)
    return None


def header_of(file: Path, line: int, column: int, sheet: str | None = None) -> str | None:
    """What stands in a cell of the file, if anything does."""
    try:
        return cell_of(file, line, column, sheet) or None
    except UsageError:
        return None


def has_no_references(rows: Sequence[RowResult]) -> bool:
    """Whether rows are refused for want of a reference."""
    return any(each.field == REFERENCE and each.rule in WITHOUT_REFERENCE for row in rows for each in row.findings)
