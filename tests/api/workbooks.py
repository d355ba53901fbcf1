"""A workbook that was answered, as a spreadsheet reads it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from openpyxl import load_workbook


def read(response: HttpResponse) -> list[Any]:
    """Its sheets. A formula would be read as one."""
    assert response.status_code == 200, response.content
    return list(load_workbook(BytesIO(response.content)).worksheets)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    """The values of its cells, row by row."""
    return [*sheet.iter_rows(values_only=True)]
