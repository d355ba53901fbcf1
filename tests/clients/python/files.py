"""Files of referrals that nobody made."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from cases import dictionary as d
from tests.callers import referral

HELD = {d.AGE_BAND.name: "Y0T11", d.MINOR_WHEN_EXPLOITED.name: "YES", d.RECRUITER.name: "PARTNER"}


def rows(count: int, **changes: object) -> list[dict[str, Any]]:
    """Rows with references, each otherwise the dictionary's example."""
    return [{"reference": str(uuid4()), **referral(**changes)} for _ in range(count)]


def wrong(row: dict[str, Any]) -> dict[str, Any]:
    """The row with a region that there is not."""
    return {**row, d.REGION.name: "ZZ"}


def held(row: dict[str, Any]) -> dict[str, Any]:
    """The row with an exploitation that is improbable, and possible."""
    return {**row, **HELD}


def identifying(row: dict[str, Any]) -> dict[str, Any]:
    """The row with an invented CPR number in the place of a code."""
    return {**row, d.REGION.name: "120485-1234"}


def ndjson(path: Path, content: Sequence[dict[str, Any]]) -> Path:
    """A file with a row in each line."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in content))
    return path


def csv_text(content: Sequence[dict[str, Any]], delimiter: str = ";") -> str:
    """The rows as CSV; codes of a set have `|` between."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, list(content[0]), delimiter=delimiter)
    writer.writeheader()
    for row in content:
        writer.writerow({name: "|".join(value) if isinstance(value, list) else value for name, value in row.items()})
    return lines.getvalue()
