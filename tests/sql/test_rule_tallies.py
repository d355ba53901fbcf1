"""`henvis_tally_rules`: where a delivery ends, its rejected and held rows are counted by rule, once."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import committing, staging, work
from cases.intake.batches.committing import ConfirmationRequest
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, Handling, RowResult
from oversight.quality.models import RuleTally
from oversight.quality.tallies import counts_by_rule, deliveries_with, refused_files
from partners.kinds import Mode
from partners.models import Partner
from tests.callers import Caller, make_caller
from tests.cases.intake.batches.killing import is_killed
from tests.cases.intake.batches.sending import row, send
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
HELD = {"age_band": "Y0T11", "minor_when_exploited": "YES", "recruiter": "PARTNER"}
MOST = 100
Count = tuple[bool, str, str, int]


@pytest.fixture
def ngo(db: None) -> Caller:
    """A live NGO that sends deliveries: beside it, other tests of functions need only the row of a partner."""
    return make_caller("NGO")


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Chunks and ranges of few rows, and a spool of its own."""
    monkeypatch.setattr(staging, "CHUNK", 2)
    monkeypatch.setattr(work, "RANGE", 2)
    settings.HENVIS_SPOOL = tmp_path / "spool"


def wrong() -> list[dict[str, Any]]:
    """Three rows with an unknown code, one of them with another beside it, a held one and one that is right."""
    return [row(gender="Q"), row(gender="Q"), row(gender="Q", region="Z"), row(**HELD), row()]


def counts(of: Partner) -> set[Count]:
    """What is counted of a partner."""
    return set(RuleTally.objects.filter(partner=of).values_list("tried", "rule", "field", "rows"))


def errors(*, tried: bool = False) -> set[Count]:
    """What is counted of the errors of `wrong`."""
    return {(tried, "code_unknown", "gender", 3), (tried, "code_unknown", "region", 1)}


def test_rows_are_counted_by_rule_and_field_where_a_delivery_ends(ngo: Caller) -> None:
    batch = send(ngo, wrong(), handling=Handling.LENIENT)
    assert counts(ngo.partner) > errors()
    stored = RuleTally.objects.filter(batch=batch).first()
    assert stored is not None
    assert stored.month == date(batch.created_at.year, batch.created_at.month, 1)


def test_no_value_that_was_sent_is_kept(ngo: Caller) -> None:
    send(ngo, [row(gender="QQX", citizenship="ZZYY")], handling=Handling.LENIENT)
    kept = " ".join(f"{each.rule} {each.field}" for each in RuleTally.objects.all())
    assert kept
    assert not {"QQX", "ZZYY"} & set(kept.replace("_", " ").split())


def test_a_delivery_without_wrong_rows_leaves_none_and_test_mode_is_not_counted(ngo: Caller) -> None:
    send(ngo, [row(), row()])
    send(make_caller("NGO", mode=Mode.TEST), [row(reference=str(uuid4()), gender="Q")], handling=Handling.LENIENT)
    assert not RuleTally.objects.exists()


def test_what_was_tried_and_then_sent_is_counted_once_in_each_way(ngo: Caller) -> None:
    batch = send(ngo, wrong(), dry_run=True)
    assert counts(ngo.partner) > errors(tried=True)
    assert not any(not tried for tried, *_ in counts(ngo.partner))
    rules = {each["rule"] for found in RowResult.objects.filter(outcome="held") for each in found.findings or ()}
    committing.commit(by=ngo.principal, batch_id=batch.pk, handling=Handling.LENIENT)
    once = counts(ngo.partner)
    assert once > errors(tried=True) | errors()
    asked = [ConfirmationRequest(rule, CONFIRMATION_REASON.names[0]) for rule in sorted(rules)]
    committing.commit(by=ngo.principal, batch_id=batch.pk, confirmations=asked)
    assert counts(ngo.partner) == once
    (gender,) = [each for each in counts_by_rule(batch.created_at.year) if each.field == "gender"]
    assert (gender.rows_sent, gender.rows_tried, gender.deliveries) == (3, 3, 1)
    assert deliveries_with("code_unknown", batch.created_at.year, ngo.partner.pk) == [(batch, 8)]


def test_what_was_cancelled_or_refused_is_not_counted_by_rule_and_a_refused_file_is_a_file(ngo: Caller) -> None:
    batch = send(ngo, wrong(), respond_async=True)
    committing.cancel(by=ngo.principal, batch_id=batch.pk)
    with pytest.raises(FileRefused):
        send(ngo, [row(gender="130495-0017")])
    assert not RuleTally.objects.exists()
    year = Batch.objects.latest("created_at").created_at.year
    assert refused_files(year) == {ngo.partner.pk: 1}
    assert refused_files(year - 1) == {}


@pytest.mark.parametrize("wish", [{"handling": Handling.LENIENT}, {"dry_run": True}], ids=["lenient", "dry run"])
def test_a_delivery_that_is_ended_at_any_statement_and_sent_again_is_counted_once(
    ngo: Caller, other_ngo: Caller, wish: dict[str, Any]
) -> None:
    rows = wrong()
    send(ngo, rows, **wish)
    expected = counts(ngo.partner)
    assert expected
    for statement in range(MOST):
        with transaction.atomic():
            key = str(uuid4())
            is_ended = is_killed(statement, partial(send, other_ngo, rows, key=key, **wish))
            send(other_ngo, rows, key=key, **wish)
            assert counts(other_ngo.partner) == expected, statement
            transaction.set_rollback(True)
        if not is_ended:
            return
    pytest.fail("a delivery of so few rows has fewer statements")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO quality_ruletally (batch_id, partner_id, month, tried, rule, field, rows) "
        "SELECT id, partner_id, '2025-01-01', false, 'x', '', 1 FROM intake_batch",
        "UPDATE quality_ruletally SET rows = 1",
        "DELETE FROM quality_ruletally",
        "SELECT henvis_tally_rules()",
    ],
)
def test_the_web_server_neither_writes_a_count_nor_changes_one(statement: str) -> None:
    refused(statement)
