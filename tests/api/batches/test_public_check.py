"""The check for everybody: the same findings, and nothing of the file is kept."""

from __future__ import annotations

from pathlib import Path
from string import ascii_uppercase
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


def test_nothing_is_looked_up(django_assert_num_queries: Any) -> None:
    """Not even for a row with a retired code, one that a check asks about, or a file that the checks of a whole would ask about."""
    rows = [row(age_band="Y0T11", minor_when_exploited="YES", recruiter="PARTNER") for _ in range(40)]
    with django_assert_num_queries(0):
        report = whole(post(None, as_csv(rows), CSV, PUBLIC))
    assert report["counts"]["held"] == 40
    assert report["findings"]


def test_a_finding_has_its_cell_also_where_its_rule_alone_names_the_field() -> None:
    first = row()
    rows = [first, {**first, "gender": "M"}, row(age_band="Y0T11", minor_when_exploited="YES", recruiter="PARTNER")]
    letters = dict(zip(first, ascii_uppercase, strict=False))
    for media_type in (CSV, NDJSON):
        report = whole(post(None, FORMS[media_type](rows), media_type, PUBLIC))
        found = [each["findings"][0] for each in report["results"]]
        assert [each["rule"] for each in found[:2]] == ["reference_repeated"] * 2
        assert [each["field"] for each in found[:2]] == ["reference"] * 2
        assert found[2]["class"] == "check"
        cells = [f"{letters[each['field']]}{line}" for line, each in enumerate(found, 2)]
        assert [each["cell"] for each in found] == (cells if media_type == CSV else [None] * 3)


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
