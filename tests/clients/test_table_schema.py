"""Our Table Schema in the program of those who wrote the standard: it takes a rehearsal, and names what is wrong in each row."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from partners.kinds import Mode
from tests.api.batches.sending import as_csv, row
from tests.callers import Browser, make_caller

pytestmark = [pytest.mark.clients, pytest.mark.django_db]
FRICTIONLESS = Path(sys.executable).with_name("frictionless")
Place = tuple[str, int | None, str | None]


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """The schema as it is fetched."""
    path = tmp_path / "schema.json"
    path.write_bytes(Browser().get("/api/v1/templates/referrals.table-schema.json").content)
    return path


def errors(schema: Path, raw: bytes) -> list[Place]:
    """What the program finds in a CSV: the kind, the line and the field of each error."""
    (schema.parent / "rows.csv").write_bytes(raw)
    command = [str(FRICTIONLESS), "validate", "rows.csv", "--schema", schema.name, "--json"]
    done = subprocess.run(command, cwd=schema.parent, capture_output=True, text=True, timeout=60, check=False)
    report = json.loads(done.stdout)
    assert (report["valid"], done.returncode) in {(True, 0), (False, 1)}
    return [
        (each["type"], each.get("rowNumber"), each.get("fieldName"))
        for task in report["tasks"]
        for each in task["errors"]
    ]


def without(rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Rows without a column."""
    return [{each: value for each, value in one.items() if each != name} for one in rows]


def test_a_rehearsal_is_valid_in_any_order_and_without_columns_that_may_be_missing(schema: Path) -> None:
    answer: Any = make_caller("NGO", mode=Mode.TEST).get("/api/v1/templates/rehearsal.ndjson")
    rows = [json.loads(line) for line in answer.content.splitlines()]
    assert len(rows) == 40
    assert errors(schema, as_csv(rows)) == []
    turned = [dict(reversed(each.items())) for each in without(rows, "services_needed")]
    assert errors(schema, as_csv(turned)) == []


def test_what_is_wrong_is_found_where_it_is(schema: Path) -> None:
    twice = row()
    wrong: list[tuple[dict[str, Any], str, str | None]] = [
        (row(region="DK2"), "constraint-error", "region"),
        (row(referred_in="2025-13"), "type-error", "referred_in"),
        (row(gender=""), "constraint-error", "gender"),
        (row(services_needed="LEGAL;HEALTH"), "constraint-error", "services_needed"),
        (row(case_token="1"), "constraint-error", "case_token"),
        ({**row(), "reference": "12345"}, "constraint-error", "reference"),
        ({**row(), "version": 0}, "constraint-error", "version"),
        (twice, "", None),
        (twice, "primary-key", None),
    ]
    expected = [(kind, line, name) for line, (_, kind, name) in enumerate(wrong, 2) if kind]
    assert errors(schema, as_csv([each for each, *_ in wrong])) == expected


def test_an_export_is_valid(schema: Path) -> None:
    ngo = make_caller("NGO")
    for changes in ({"services_needed": [], "means_of_control": ...}, {"services_needed": ["HEALTH", "LEGAL"]}):
        path, _ = ngo.referral(**changes)
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    answer: Any = ngo.get("/api/v1/referrals?format=csv")
    assert errors(schema, b"".join(answer.streaming_content)) == []


def test_columns_are_those_that_the_service_takes(schema: Path) -> None:
    rows = [row()]
    assert {kind for kind, *_ in errors(schema, as_csv([{**rows[0], "name": "x"}]))} == {"extra-label"}
    assert errors(schema, as_csv(without(rows, "gender"))) == [("missing-label", None, "gender")]
