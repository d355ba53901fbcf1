"""Tables of a download in which one row is altered, as somebody might who wants them to say something else."""

from __future__ import annotations

import csv
import io


def row_of(table: bytes) -> dict[str, str]:
    """The row of the largest form that is shown for all persons."""
    rows = csv.DictReader(io.StringIO(table.decode()))
    totals = [row for row in rows if row["gender"] == "TOTAL" != row["exploitation.form"] and row["status"] == "A"]
    return max(totals, key=lambda row: int(row["count"]))


def altered_row(table: bytes, **columns: str) -> bytes:
    """The table with other values in that row."""
    row = row_of(table)
    before, after = (line_of(each) for each in (row, {**row, **columns}))
    assert table.count(before) == 1
    return table.replace(before, after)


def line_of(row: dict[str, str]) -> bytes:
    """A row as it stands in the file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row.values())
    return out.getvalue().encode()


MORE = "one more"  # than is there
ALTERED = {
    "a value": {"count": MORE, "least": MORE, "most": MORE},
    "a margin that was hidden once": {"count": "", "status": "Q", "least": "10", "most": ""},
    "a status": {"status": "Q"},
    "a bound of a cell that is shown": {"most": MORE},
}
