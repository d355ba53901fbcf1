"""What requests may cost: two checks without an account at once, and a word on when a delivery may come again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.batches.deliveries import CHECKS_AT_ONCE
from tests.api.asserts import problem
from tests.api.batches.sending import BATCHES, CSV, NDJSON, PUBLIC, as_csv, as_ndjson, post, row, whole
from tests.callers import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def test_two_checks_at_once_and_no_more() -> None:
    body = as_csv([row()])
    with CHECKS_AT_ONCE:
        assert whole(post(None, body, CSV, PUBLIC))["counts"]["created"] == 1
        with CHECKS_AT_ONCE:
            response = post(None, body, CSV, PUBLIC)
            problem(response, "unavailable")
            assert int(response["Retry-After"]) > 0
    for _ in range(3):
        assert whole(post(None, body, CSV, PUBLIC))["counts"]["created"] == 1
    problem(post(None, b"PK\x03\x04", CSV, PUBLIC), "file_unreadable")
    assert whole(post(None, body, CSV, PUBLIC))["counts"]["created"] == 1


def test_a_delivery_that_finds_too_many_waiting_is_told_when_to_come_again(ngo: Caller, settings: Any) -> None:
    settings.HENVIS_WAITING = 0
    response = post(ngo, as_ndjson([row()]), NDJSON, f"{BATCHES}?dry_run=true", Prefer="respond-async")
    problem(response, "deliveries_waiting")
    assert (response.status_code, response["Retry-After"]) == (429, "60")


def test_a_long_text_in_json_reaches_no_report(ngo: Caller) -> None:
    text = "x" * 2_100 + " 010190-1234"
    for caller, path in ((None, PUBLIC), (ngo, f"{BATCHES}?dry_run=true")):
        response = post(caller, as_ndjson([row(region=text)]), NDJSON, path)
        problem(response, "identifier_in_file")
        assert b"xxxx" not in response.content
