"""No value, header or name of a file comes back in an answer, goes into a log, or stays in the database."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.api.batches.sending import (
    BATCHES,
    CSV,
    JSON,
    MULTIPART,
    NDJSON,
    PUBLIC,
    as_csv,
    as_json,
    as_ndjson,
    part,
    parts,
    post,
    row,
)
from tests.callers import Caller

pytestmark = pytest.mark.django_db(transaction=True)
MARKER = "Qq7ZzMarker"
TABLES = (
    "intake_batch",
    "intake_rowresult",
    "intake_stagedrow",
    "intake_columnmapping",
    "intake_confirmation",
    "intake_revalidationreport",
)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    return tmp_path / "spool"


def is_kept() -> bool:
    """Whether the marker stands in a row of an intake's table. Files of errors are the sender's own, and are apart."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{MARKER}%"])
            if cursor.fetchone() != (0,):
                return True
    return False


BODIES: dict[str, tuple[bytes, str]] = {
    "value": (as_csv([row(gender=MARKER)]), CSV),
    "value of json": (as_json([row(gender=MARKER)]), JSON),
    "value of a set": (as_ndjson([row(services_needed=[MARKER])]), NDJSON),
    "member": (as_ndjson([row(**{MARKER: 1})]), NDJSON),
    "reference": (as_ndjson([{**row(), "reference": MARKER}]), NDJSON),
    "header": (as_csv([row(**{MARKER: "F"})]), CSV),
    "token": (as_ndjson([row(case_token=MARKER)]), NDJSON),
    "no json": (f'[{{"a": {MARKER}'.encode(), JSON),
    "line": (MARKER.encode(), NDJSON),
    "name of the file": (parts(part("file", as_csv([row()]), file_name=f"{MARKER}.csv")), MULTIPART),
    "name of a part": (parts(part(MARKER, b"a", file_name="a.csv")), MULTIPART),
    "mapping": (
        parts(part("file", as_csv([row()]), file_name="a.csv"), part("mapping", json.dumps({MARKER: MARKER}).encode())),
        MULTIPART,
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_nothing_that_was_sent_is_repeated(ngo: Caller, logged: io.StringIO, name: str, place: Path) -> None:
    raw, media_type = BODIES[name]
    for path, headers in (
        (f"{BATCHES}?dry_run=true", {}),
        (f"{BATCHES}?dry_run=false", {"Prefer": "handling=lenient"}),
        (PUBLIC, {}),
    ):
        answer = post(ngo, raw, media_type, path, **headers)
        assert answer.status_code in {200, 400, 422}, answer.content
        assert MARKER.lower() not in (answer.content.decode() + str(dict(answer.headers))).lower()
        if answer.status_code == 200 and path != PUBLIC:
            results: Any = ngo.get(f"{BATCHES}/{json.loads(answer.content)['id']}/results?format=csv")
            assert MARKER not in b"".join(results.streaming_content).decode()
    assert MARKER.lower() not in logged.getvalue().lower()
    assert not is_kept()
    assert [*place.glob("*")] == []


@pytest.mark.parametrize(
    ("query", "header"),
    [(f"dry_run={MARKER}", {}), (f"dry_run=true&{MARKER}=1", {}), (f"dry_run=true&prefer={MARKER}", {}),
     ("dry_run=true", {"Prefer": f"handling={MARKER}"}), ("dry_run=true", {"Idempotency-Key": f"{MARKER} {MARKER}"})],
)  # fmt: skip
def test_nor_what_stands_in_the_address_or_a_header(
    ngo: Caller, logged: io.StringIO, query: str, header: dict[str, str]
) -> None:
    answer = post(ngo, as_csv([row()]), CSV, f"{BATCHES}?{query}", **header)
    assert answer.status_code in {200, 400}
    assert MARKER not in answer.content.decode() + str(dict(answer.headers))
    assert MARKER not in logged.getvalue()


def test_the_table_of_this_test_is_the_intake_s() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'intake\\_%%'")
        assert {name for (name,) in cursor.fetchall()} - {"intake_errorfile"} <= set(TABLES)
