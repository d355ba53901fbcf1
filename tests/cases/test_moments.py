"""The database sets the time of every row: no statement can choose it, except where all records are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from cases import tokens
from cases.erased.models import Tombstone
from cases.models import Assessment, Case, InventedData, Referral
from config.columns import APPEND_ONLY
from oversight.rights import erasure
from partners import locks
from partners.audit import COMMAND, Actor
from partners.models import AccessRequest, AuditEvent, Partner, RecordRead
from sandbox import database
from sandbox.database import SandboxRefused
from sandbox.load import load
from stats.counting import build as release
from stats.counting import verification
from stats.models import CountedFact
from tests.callers import as_web_server
from tests.oversight.rights.world import staff
from tests.stats.facts_decided import confirm, undecided
from tests.stats.records import assessment, case, client, partner, referral, supersede

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2001, 2, 3, tzinfo=UTC)
# What is asked of a release, and not when something was done; what was kept of moments that the database had said; and what the
# trigger sets that decides on an announced date (tests/sql/test_calendar.py). Of the archive's receipt counts that there is one.
ASKED = {
    ("statistics.Release", "as_of"),
    ("statistics.AnnouncedDate", "moment"),
    ("statistics.AnnouncedDate", "announced_at"),
    ("statistics.ScheduledPublication", "due_at"),
    ("reporting.FirstReport", "first_at"),
    ("windows.RecordOpening", "until"),
    ("retention.ArchiveTransfer", "taken_at"),
    ("retention.ArchiveTransfer", "received_at"),
    ("cases.InventedData", "since"),
    ("notices.Notice", "valid_from"),
    ("notices.Notice", "valid_to"),
}
TRIGGERS = """
SELECT pg_get_triggerdef(t.oid) FROM pg_trigger AS t WHERE t.tgname = 'set_moment' AND t.tgrelid = %s::regclass
"""


@pytest.fixture
def closed() -> None:
    """The setting by which tests date rows is off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.history = 'off'")


@pytest.fixture
def ngo() -> Partner:
    """A partner, and a case of its."""
    return partner()


def unmarked() -> None:
    """The database does not say of itself that its records are invented."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_inventeddata DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM cases_inventeddata")
        cursor.execute("ALTER TABLE cases_inventeddata ENABLE TRIGGER append_only")


def just_now(moment: datetime | None) -> bool:
    """Whether a moment lies within this test."""
    return moment is not None and timezone.now() - timedelta(minutes=10) < moment < timezone.now() + timedelta(
        minutes=1
    )


@pytest.mark.parametrize(
    "label",
    sorted(
        {*APPEND_ONLY, "duplicates.LinkageCode", "statistics.BuildOrder", "duplicates.Duplicate", "partners.Partner"}
    ),
)
def test_every_column_that_says_when_is_set_by_a_trigger(label: str) -> None:
    model = apps.get_model(label)
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [model._meta.db_table])
        said = " ".join(row[0] for row in cursor.fetchall())
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.DateTimeField) and (label, field.name) not in ASKED:
            assert "henvis_set_moments(" in said or f"'{field.name}'" in said, field


DATED: dict[str, Callable[[Partner], tuple[models.Model, str]]] = {
    "a case": lambda by: (
        Case.objects.create(token=tokens.mint(), opened_at=LONG_AGO, opened_by=by),
        "opened_at",
    ),
    "a referral": lambda by: (referral(case(by), by, recorded_at=LONG_AGO), "recorded_at"),
    "an assessment": lambda by: (assessment(case(by), by, recorded_at=LONG_AGO), "recorded_at"),
    "an audit row": lambda by: (AuditEvent.objects.create(action="a", subject="s", detail={}, at=LONG_AGO), "at"),
    "a decision on a figure": lambda by: (
        undecided("f", decided_at=LONG_AGO),
        "decided_at",
    ),
    "the end of a decision on a figure": lambda by: (
        confirm(undecided("f"), ended_at=LONG_AGO),
        "ended_at",
    ),
    "a count of a figure": lambda by: (
        CountedFact.objects.create(fact="f", persons=9, counted_at=LONG_AGO),
        "counted_at",
    ),
    "a partner": lambda by: (Partner.objects.create(name="p", kind="NGO", created_at=LONG_AGO), "created_at"),
    "a request for access": lambda by: (
        AccessRequest.objects.create(act="CLIENT", partner=by, asked_by=staff(), asked_at=LONG_AGO),
        "asked_at",
    ),
    "a read": lambda by: (
        RecordRead.objects.create(client=client(by), operation="referrals", rows=1, at=LONG_AGO),
        "at",
    ),
    "a tombstone": lambda by: (
        Tombstone.objects.create(test=False, user=staff(), reason_code="REQUESTED", counts={}, erased_at=LONG_AGO),
        "erased_at",
    ),
}


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("name", DATED)
def test_nobody_dates_a_row_back(ngo: Partner, name: str) -> None:
    """With the owner's rights; the role of the web server has fewer."""
    row, column = DATED[name](ngo)
    row.refresh_from_db()
    assert just_now(getattr(row, column))


@pytest.mark.parametrize("setting", ["henvis.history", "henvis.erase", "henvis.restore"])
def test_the_role_of_the_web_server_finds_no_door(ngo: Partner, setting: str) -> None:
    by = client(ngo)
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting} = 'on'")
        cursor.execute(f"SET LOCAL henvis.moment = '{LONG_AGO.isoformat()}'")
        opened = Case.objects.create(token=tokens.mint(), opened_at=LONG_AGO, opened_by_id=by.partner_id)
    assert just_now(Case.objects.get(pk=opened.pk).opened_at)


@pytest.mark.usefixtures("closed")
def test_a_version_ends_when_the_next_begins_whatever_either_says(ngo: Partner) -> None:
    first = referral(case(ngo), ngo)
    at = locks.serialise(ngo.pk)
    supersede(first, LONG_AGO + timedelta(days=20_000))
    later = {"reference": first.reference, "version": 2, "status": "corrected", "recorded_at": LONG_AGO}
    second = referral(first.case, ngo, **later)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.recorded_at < at
    assert (first.superseded_at, second.recorded_at) == (at, at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.usefixtures("closed", "zero_is_known")
def test_nobody_is_smuggled_into_what_a_release_counted(ngo: Partner) -> None:
    """As of then she was not there, so the count stays; the row tells of when it was written."""
    built = release.build(by=COMMAND, period="2023", depth=1).release
    assessment(case(ngo), ngo, decided_in="2023-05", recorded_at=LONG_AGO)
    referral(case(ngo), ngo, referred_in="2023-05", recorded_at=LONG_AGO)
    assert all(check.passed for check in verification.verify(built.pk))


def test_where_records_are_not_invented_there_is_no_history_to_make_up(ngo: Partner) -> None:
    assert referral(case(ngo), ngo, recorded_at=LONG_AGO).recorded_at == LONG_AGO
    assert Referral.objects.get().recorded_at == LONG_AGO
    unmarked()
    second = referral(case(ngo), ngo, recorded_at=LONG_AGO)
    assert just_now(Referral.objects.get(pk=second.pk).recorded_at)


def test_a_database_with_records_does_not_become_one_of_invented_records(ngo: Partner) -> None:
    unmarked()
    case(ngo)
    with pytest.raises(DatabaseError, match="There are records already"), transaction.atomic(), database.backdating():
        pass
    with pytest.raises(SandboxRefused, match="that no sandbox invented"):
        load(persons=1, years=(2021,), force=True)
    assert not InventedData.objects.exists()


@pytest.mark.usefixtures("closed")
def test_a_sandbox_says_that_its_records_are_invented_and_tells_its_history() -> None:
    unmarked()
    load(persons=3, years=(2021,))
    assert InventedData.objects.exists()
    assert not any(just_now(at) for at in Assessment.objects.values_list("recorded_at", flat=True))
    ngo = partner()
    assert just_now(Case.objects.get(pk=case(ngo).pk).opened_at)  # the setting is off again


@pytest.mark.usefixtures("closed")
def test_a_tombstone_comes_back_with_its_moment() -> None:
    row: dict[str, Any] = {
        "tombstone": str(uuid4()),
        "test": False,
        "erased_at": LONG_AGO.isoformat(),
        "user": "nobody",
    }
    lines = json.dumps({**row, "reason_code": "REQUESTED", "counts": {}, "tokens": []})
    erasure.reapply(by=Actor.of(staff()), lines=[lines])
    assert Tombstone.objects.get().erased_at == LONG_AGO
