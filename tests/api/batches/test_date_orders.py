"""How dates of a column are written: one of them proves it, wherever it stands; else it is asked, or told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.batches.uploads import ODS, XLSX
from cases.intake.templates.columns import BY_NAME
from cases.models import Referral
from tests.api.asserts import LIST, body
from tests.api.batches.sending import CSV, FORMS, MAPPING, PUBLIC, post, row, rules, send, whole
from tests.callers import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


TABLES = pytest.mark.parametrize("media_type", [CSV, XLSX, ODS])


@TABLES
@pytest.mark.parametrize(
    ("proof", "months"), [("25-04-2025", ("2025-04", "2025-04")), ("04-25-2025", ("2025-04", "2025-02"))]
)
def test_one_date_says_how_all_dates_of_its_column_are_written(
    ngo: Caller, media_type: str, proof: str, months: tuple[str, str]
) -> None:
    """Also those before it."""
    rows = [row(referred_in="02-04-2025"), row(referred_in=proof), row(referred_in="2025-05")]
    batch = whole(send(ngo, rows, media_type))
    assert (batch["questions"], batch["state"]) == ([], "done")
    stored = [body(ngo.get(f"{LIST}/{each['reference']}"))["referred_in"] for each in rows]
    assert stored == [months[1], months[0], "2025-05"]
    assert body(ngo.get(MAPPING)) == {}


@TABLES
def test_dates_in_both_orders_are_told_and_no_date_is_guessed(ngo: Caller, media_type: str) -> None:
    rows = [row(referred_in=each) for each in ("02-04-2025", "25-04-2025", "04-25-2025")]
    for answer in (send(ngo, rows, media_type), post(None, FORMS[media_type](rows), media_type, PUBLIC)):
        batch = whole(answer)
        assert batch["questions"] == []
        assert rules(batch) == [["month_expected"], [], []]
        [notice] = batch["findings"]
        assert (notice["rule"], notice["field"], notice["lines"]) == ("date_orders_mixed", "referred_in", [3, 4])
        assert notice["column"] == BY_NAME["referred_in"].label.en


@TABLES
@pytest.mark.parametrize("wrong", ["31/13/2026", "45-01-2026", "2026.13.31", "32-13-2026"])
def test_a_date_that_no_calendar_has_is_wrong_in_its_row_and_stops_no_file(
    ngo: Caller, media_type: str, wrong: str
) -> None:
    rows = [row(referred_in="2025-05"), row(referred_in=wrong)]
    for answer in (send(ngo, rows, media_type), post(None, FORMS[media_type](rows), media_type, PUBLIC)):
        assert rules(whole(answer)) == [[], ["month_not_real"]]


def test_such_a_date_stays_a_number_of_a_person_in_other_columns(ngo: Caller) -> None:
    answer = send(ngo, [row(gender="31/13/2026")], CSV)
    assert [each["code"] for each in body(answer, 422)["errors"]] == ["identifier_phone"]


def test_without_a_proof_it_is_still_asked(ngo: Caller) -> None:
    batch = whole(send(ngo, [row(referred_in="02-04-2025"), row(referred_in="03-03-2025")], CSV))
    assert [(each["kind"], each["line"]) for each in batch["questions"]] == [("date", 2)]
    assert not Referral.objects.exists()
