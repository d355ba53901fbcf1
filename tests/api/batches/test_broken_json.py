"""JSON that breaks, has no rows, or comes under another name is told as such."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.api.asserts import problem
from tests.api.batches.sending import BATCHES, CSV, JSON, NDJSON, PUBLIC, post
from tests.callers import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ('[\n{"a": 1},\n{"b" 2},\n{"c": 3}\n]', "3"),
        ('[\n{"a": 1},\n{"b": 2},\n\n]\n', "3"),
        ('[\n{"a": 1,\n}\n]', "2"),
        ('[\r\n{"a": 1},\r\n{"b": 2}\r\n\r\n', "3"),
        ('\ufeff[\n{"a": 1}\n]\n[]', "4"),
        ('{"items": [\n{"a": 1}\n], "next": nul}', "3"),
    ],
)
def test_where_json_breaks_is_told_by_its_line(ngo: Caller, raw: str, line: str) -> None:
    for caller, path in ((ngo, f"{BATCHES}?dry_run=true"), (None, PUBLIC)):
        [found] = problem(post(caller, raw.encode(), JSON, path), "file_unreadable")["errors"]
        assert (found["code"], found["cell"]) == ("not_json", line)


@pytest.mark.parametrize(
    ("raw", "media_type", "code"),
    [
        (b"[]", JSON, "no_rows"),
        (b'{"items": [], "next": null, "changed_since": null}', JSON, "no_rows"),
        (b'{"end": {"rows": 0}}\n', NDJSON, "no_rows"),
        (b'[{"reference": "x"}]', CSV, "format_mismatch"),
        (b"[]", CSV, "format_mismatch"),
    ],
)
def test_json_without_rows_or_by_another_name_is_told_as_such(
    ngo: Caller, raw: bytes, media_type: str, code: str
) -> None:
    [found] = problem(post(ngo, raw, media_type), "file_unreadable")["errors"]
    assert found["code"] == code and "header" not in found["detail"]
