"""Retention: who may hold, what is held, who goes when, and what one statement deletes. Six years of it are in
tests/oversight/retention.

Of `henvis_check_hold`, `henvis_is_held`, `henvis_is_archived`, `henvis_years_of_persons`, `henvis_retention`, `henvis_expire` and
`henvis_forget`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from cases.linking.decisions import merge, split
from cases.models import Case
from cases.months import today
from oversight.retention.models import ArchiveTransfer, RetentionHold
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from tests.oversight.retention.waiving import waive_every_year
from tests.oversight.rights.world import staff
from tests.sql.calls import refusal, rows, undone, value
from tests.stats.records import assessment, case, referral
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
HELD = "SELECT henvis_is_held(%s, %s, %s)"
YEARS = (
    "SELECT person, cases, first_year, last_year, no_victim, victim, restricted, years FROM henvis_years_of_persons(%s)"
)
WHEN = "SELECT subject, goes_on, held FROM henvis_retention(NULL, 60, 36, %s) ORDER BY subject"
EXPIRE = "SELECT henvis_expire(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], 60, 36, %s)"
FORGET = "SELECT henvis_forget(%s, %s)"
YEAR = today().year


@pytest.fixture(autouse=True)
def waiver(db: None) -> ArchiveTransfer:
    """The National Archives want nothing of any year."""
    return waive_every_year()


ARCHIVED = "SELECT henvis_is_archived(%s::integer[], %s::timestamptz[])"


def test_henvis_is_archived_wants_every_year_and_all_that_was_written(waiver: ArchiveTransfer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE retention_archivetransfer DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM retention_archivetransfer")
        cursor.execute("ALTER TABLE retention_archivetransfer ENABLE TRIGGER append_only")
    day = datetime(2026, 1, 1, tzinfo=UTC)
    earlier, later = day - timedelta(seconds=1), day + timedelta(seconds=1)
    package = {"package": "AVID.SA.1", "digest": "0" * 64, "taken_at": day}
    ArchiveTransfer.objects.create(first_year=2018, last_year=2018, received_at=day)
    ArchiveTransfer.objects.create(first_year=2020, last_year=2021, received_at=day, **package)
    ArchiveTransfer.objects.create(first_year=2022, last_year=2022, **package)  # on its way
    for written, is_archived in (
        ([(2018, later)], True),
        ([(2020, earlier), (2021, day)], True),
        ([(2020, later)], False),
        ([(2018, later), (2020, earlier)], True),  # what was written of another year later is no matter of this package
        ([(2019, earlier), (2020, earlier)], False),
        ([(2022, earlier)], False),
        ([(2020, earlier), (None, earlier)], True),
        ([(2020, earlier), (None, later)], False),
        ([(None, earlier)], False),
        ([], True),
    ):
        years, moments = [year for year, _ in written], [moment for _, moment in written]
        assert value(ARCHIVED, years, moments) is is_archived


def test_what_was_entered_for_the_archive_stays_and_is_no_web_server_s(waiver: ArchiveTransfer) -> None:
    refused(
        "INSERT INTO retention_archivetransfer (first_year, last_year, package, digest, received_at) "
        "VALUES (2000, 2100, '', '', now())"
    )
    refused("UPDATE retention_archivetransfer SET received_at = now()")
    for statement in (
        "UPDATE retention_archivetransfer SET received_at = NULL",
        "DELETE FROM retention_archivetransfer",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def hold(year: int | None, until: date, user: User) -> RetentionHold:
    return RetentionHold.objects.create(year=year, until_on=until, reason_code="INQUIRY", user=user)


def keeper(name: str = "keeper") -> User:
    """Who may hold."""
    return staff(name, "add_retentionhold")


def test_henvis_check_hold_wants_the_right_and_another_to_make_it_shorter() -> None:
    with refusal("HOLD_RIGHT_MISSING"):
        hold(2020, date(2030, 1, 1), staff("nobody"))
    hold(2020, date(2030, 1, 1), keeper())
    with refusal("HOLD_OF_ONESELF"):
        hold(2020, date(2029, 12, 31), keeper())
    hold(2020, date(2031, 1, 1), keeper())
    hold(2021, date(2029, 1, 1), keeper())
    hold(2020, date(2029, 12, 31), keeper("another"))


@pytest.mark.parametrize(
    ("first", "last", "day", "is_held"),
    [
        (2018, 2020, date(2030, 1, 1), True),
        (2020, 2024, date(2030, 1, 1), True),
        (2018, 2019, date(2030, 1, 1), False),
        (2021, 2024, date(2030, 1, 1), False),
        (2020, 2020, date(2030, 1, 2), False),
    ],
)
def test_henvis_is_held_goes_by_the_last_row_of_a_year(first: int, last: int, day: date, is_held: bool) -> None:
    hold(2020, date(2029, 1, 1), keeper())
    hold(2020, date(2030, 1, 1), keeper())
    assert value(HELD, first, last, day) is is_held


def test_henvis_is_held_knows_every_year() -> None:
    hold(None, date(2030, 1, 1), keeper())
    assert value(HELD, 2001, 2001, date(2030, 1, 1)) is True
    hold(None, date(2029, 1, 1), keeper("another"))
    assert value(HELD, 2001, 2001, date(2030, 1, 1)) is False


def test_henvis_years_of_persons_has_months_and_when_they_were_written(ngo: Partner, authority: Partner) -> None:
    one = case(ngo)
    referral(one, ngo, referred_in=date(2015, 3, 1))
    opened = one.opened_at.year
    ((person, cases, first, last, no_victim, victim, restricted, years),) = rows(YEARS, None)
    assert (person, cases, first) == (one.pk, [one.pk], 2015)
    assert (no_victim, victim, restricted, years) == (False, False, False, [2015])
    assert last >= opened
    assessment(one, authority, outcome="NOT_IDENTIFIED")
    assert rows(YEARS, [one.pk])[0][4:6] == (True, False)


def test_a_moved_record_counts_for_both_cases(ngo: Partner) -> None:
    one = case(ngo)
    kept = referral(one, ngo, referred_in=date(2015, 3, 1))
    moved = referral(one, ngo, referred_in=date(2016, 3, 1))
    split(by=COMMAND, case=one.pk, referrals=[(ngo.pk, moved.reference)], assessments=[], reason_code="TWO_PERSONS")
    years = {row[0]: row[7] for row in rows(YEARS, None)}
    assert years[one.pk] == [kept.referred_in.year, moved.referred_in.year]
    assert [those for person, those in years.items() if person != one.pk] == [[2016]]


def test_merged_cases_are_one_person(ngo: Partner) -> None:
    first, second = case(ngo), case(ngo)
    merge(by=COMMAND, cases=[first.pk, second.pk], reason_code="MATCH")
    ((_, cases, *_),) = rows(YEARS, None)
    assert set(cases) == {first.pk, second.pk}


def expire(of: Case, day: date, **changed: Any) -> Any:
    """Ask to erase a person of one case without referrals."""
    return value(EXPIRE, [of.pk], ["a" * 64], ["SPARETOKEN1"], [], [], [], day)


def test_henvis_expire_asks_again_and_is_the_owners(ngo: Partner) -> None:
    one = case(ngo)
    ((_, goes_on, held),) = rows(WHEN, today())
    assert (goes_on, held) == (date(one.opened_at.year + 6, 1, 1), False)
    assert expire(one, date(goes_on.year - 1, 12, 31)) is None
    with undone():
        hold(None, goes_on, keeper())
        assert expire(one, goes_on) is None
    refused(f"SELECT henvis_expire('{{{one.pk}}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', 0, 0, '2199-01-01')")
    assert expire(one, goes_on) is not None
    assert expire(one, goes_on) is None


def test_henvis_forget_deletes_what_is_older_of_its_class_alone() -> None:
    event = {"subject": "x", "detail": {}}
    AuditEvent.objects.create(action="case.look", **event)
    stays = [AuditEvent.objects.create(action=each, **event) for each in ("partner.change", "person.off", "year.sign")]
    assert value(FORGET, "audit", date(YEAR - 1, 1, 1)) == 0
    assert value(FORGET, "audit", date(YEAR + 1, 1, 1)) == 1
    assert set(AuditEvent.objects.all()) >= set(stays)
    refused("SELECT henvis_forget('audit', now())")
