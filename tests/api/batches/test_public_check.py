"""The check for everybody: the same findings, and nothing of the file is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.api.asserts import problem
from tests.api.batches.sending import (
    CSV,
    FORMS,
    MULTIPART,
    NDJSON,
    PUBLIC,
    as_csv,
    as_ndjson,
    file_part,
    parts,
    post,
    row,
    whole,
)
from tests.api.batches.sending import rules as rules_of
from tests.callers import Caller

pytestmark = pytest.mark.django_db
TABLES = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    return tmp_path / "spool"


def written() -> int:
    """How many rows this transaction has written."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("media_type", FORMS)
def test_anybody_is_told_every_finding_and_nothing_is_written(media_type: str, place: Path) -> None:
    before = written()
    rows = [row(), row(gender="wrong")]
    report = whole(post(None, FORMS[media_type](rows), media_type, PUBLIC))
    assert rules_of(report) == [[], ["code_unknown"]]
    assert [each["outcome"] for each in report["results"]] == ["created", "rejected"]
    assert report["counts"] == {"created": 1, "corrected": 0, "unchanged": 0, "rejected": 1, "held": 0}
    assert whole(post(None, parts(file_part(FORMS[media_type](rows), media_type)), MULTIPART, PUBLIC)) == report
    assert written() == before
    assert [*place.glob("*")] == []


def test_what_a_partner_has_stored_is_not_told(ngo: Caller) -> None:
    path, stored = ngo.referral()
    sent = {"reference": path.rpartition("/")[2], **{name: stored[name] for name in row() if name != "reference"}}
    for caller in (None, ngo):
        [told] = whole(post(caller, as_ndjson([sent]), NDJSON, PUBLIC))["results"]
        assert (told["outcome"], told["case_token"]) == ("created", None)


def test_limits(ngo: Caller) -> None:
    one = row()
    many = [one] * 501
    problem(post(None, as_csv(many), CSV, PUBLIC), "payload_too_large")
    assert len(whole(post(None, as_csv(many[:500]), CSV, PUBLIC))["results"]) == 500
    problem(post(None, as_csv([one]) + b"\n" * 1024 * 1024, CSV, PUBLIC), "payload_too_large")
    problem(post(None, as_csv([one]), CSV, f"{PUBLIC}?dry_run=true"), "invalid_parameter")
    problem(post(None, as_csv([one]), CSV, PUBLIC, Authorization="Bearer nonsense"), "not_authenticated")


@pytest.mark.parametrize("language", ["da", "en"])
def test_texts_are_in_the_language_that_is_asked_for(language: str) -> None:
    report = whole(post(None, as_csv([row(gender="wrong")]), CSV, PUBLIC, Accept_Language=language))
    [finding] = report["results"][0]["findings"]
    assert finding["column"] == {"da": "Køn", "en": "Gender"}[language]
