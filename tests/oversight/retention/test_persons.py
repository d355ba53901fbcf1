"""Persons whose time is over are erased, on the first day of it and by nothing but the rule; and what keeps them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cases.erased.models import ExpiredYear, Tombstone
from cases.linking.decisions import merge
from cases.models import Case
from cases.months import today
from oversight.retention import nightly
from oversight.retention.models import RetentionHold
from oversight.retention.outlook import next_days
from oversight.retention.persons import expire, expire_person
from oversight.rights.erasure import export, reapply
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.callers import Caller, as_web_server, assessment, make_caller, referral
from tests.oversight.rights.restricting import restrict
from tests.oversight.rights.world import arrive, officer, remaining_rows, staff

pytestmark = pytest.mark.django_db
YEAR = today().year
# What is written now is kept for five years after this one, and for three where nobody was found to be a victim.
LAST_DAY, GONE = date(YEAR + 5, 12, 31), date(YEAR + 6, 1, 1)
NO_VICTIM_GONE = date(YEAR + 4, 1, 1)


def keeper(name: str = "keeper") -> Any:
    """A member of staff who may hold."""
    return staff(name, "add_retentionhold", "view_retentionhold")


def hold(year: int | None, until: date, user: Any = None) -> RetentionHold:
    """Keep a year for longer."""
    return RetentionHold.objects.create(year=year, until_on=until, reason_code="INQUIRY", user=user or keeper())


def test_a_person_goes_on_the_first_day_and_nothing_is_left(ngo: Caller, police: Caller, immigration: Caller) -> None:
    person = arrive(ngo, police, decider=immigration)
    needles = person.needles
    assert (expire(LAST_DAY), expire(GONE), expire(GONE)) == (0, 1, 0)
    assert remaining_rows(needles) == {}
    stone = Tombstone.objects.get()
    assert (stone.reason_code, stone.user_id, stone.test) == ("EXPIRED", None, False)
    event = AuditEvent.objects.get(action="case.erase")
    assert (event.user_id, event.client_id, event.subject) == (None, None, str(stone.pk))
    assert json.loads(ngo.get(person.paths[0]).content)["code"] == "erased"
    assert ngo.put(person.paths[0], referral()).status_code == 410


def test_who_was_found_to_be_no_victim_goes_first(ngo: Caller, immigration: Caller) -> None:
    paths = [ngo.referral() for _ in range(3)]
    outcomes = ("NOT_IDENTIFIED", "IDENTIFIED", "INSUFFICIENT")
    for (_, stored), outcome in zip(paths, outcomes, strict=True):
        told = assessment(outcome=outcome)
        place = f"/api/v1/cases/{stored['case_token']}/assessment"
        assert immigration.put(place, told).status_code == 201, outcome
    assert (expire(NO_VICTIM_GONE - timedelta(days=1)), expire(NO_VICTIM_GONE)) == (0, 1)
    assert [ngo.get(path).status_code for path, _ in paths] == [410, 200, 200]
    assert ExpiredYear.objects.filter(identified=True).count() == 0


def test_of_two_authorities_one_that_decides_otherwise_keeps_the_person(
    ngo: Caller, immigration: Caller, centre: Caller
) -> None:
    _, stored = ngo.referral()
    place = f"/api/v1/cases/{stored['case_token']}/assessment"
    immigration.put(place, assessment(outcome="NOT_IDENTIFIED"))
    centre.put(place, assessment(outcome="PENDING", decided_by="_Z", decided_in=...))
    assert (expire(NO_VICTIM_GONE), expire(GONE)) == (0, 1)


def test_merged_cases_go_together_with_the_last_of_their_records(ngo: Caller, police: Caller) -> None:
    first, second = arrive(ngo), arrive(police)
    merge(by=COMMAND, cases=[first.case.pk, second.case.pk], reason_code="MATCH")
    assert expire(GONE) == 1
    assert not Case.objects.exists()


def test_a_hold_keeps_a_year_and_lapses(ngo: Caller) -> None:
    arrive(ngo)
    hold(YEAR, GONE + timedelta(days=30))
    assert (expire(GONE), expire(GONE + timedelta(days=30)), expire(GONE + timedelta(days=31))) == (0, 0, 1)


@pytest.mark.parametrize(("year", "is_kept"), [(None, True), (YEAR + 1, False)])
def test_a_hold_is_of_its_year_or_of_every_year(ngo: Caller, year: int | None, is_kept: bool) -> None:
    arrive(ngo)
    hold(year, GONE)
    assert expire(GONE) == (0 if is_kept else 1)


def test_somebody_else_ends_a_hold_early(ngo: Caller) -> None:
    arrive(ngo)
    hold(YEAR, GONE + timedelta(days=30))
    with pytest.raises(DatabaseError, match="HOLD_OF_ONESELF"), transaction.atomic():
        hold(YEAR, GONE - timedelta(days=1))
    hold(YEAR, GONE - timedelta(days=1), keeper("another"))
    assert expire(GONE) == 1


def test_a_hold_needs_the_right() -> None:
    with pytest.raises(DatabaseError, match="HOLD_RIGHT_MISSING"), transaction.atomic():
        hold(YEAR, GONE, staff("nobody"))


def test_who_is_restricted_is_kept(ngo: Caller) -> None:
    person = arrive(ngo)
    restrict(person.token)
    assert expire(GONE) == 0


def test_the_web_server_erases_nobody_by_the_rule(ngo: Caller) -> None:
    arrive(ngo)
    with as_web_server(), pytest.raises(DatabaseError), transaction.atomic():
        expire(GONE)
    assert Case.objects.count() == 1
    with as_web_server():
        assert next_days() == [(GONE, 1, 0)]


def test_a_hold_that_came_meanwhile_keeps_the_person(ngo: Caller) -> None:
    """What was found before the locks is asked again under them."""
    person = arrive(ngo)
    hold(None, GONE)
    assert not expire_person(person.case.pk, GONE)
    assert expire_person(person.case.pk, GONE + timedelta(days=1))
    assert not expire_person(uuid4(), GONE)


def test_of_test_cases_no_year_is_noted() -> None:
    make_caller("NGO", mode=Mode.TEST).referral()
    assert (expire(GONE), ExpiredYear.objects.count()) == (1, 0)


def test_years_and_stones_come_back_after_a_restore(ngo: Caller) -> None:
    arrive(ngo)
    expire(GONE)
    lines = [json.dumps(line) for line in export()]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("erased_erasedtoken", "erased_erasedreference", "erased_tombstone", "erased_expiredyear"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")
    assert reapply(by=officer(), lines=lines).tombstones == 1
    assert Tombstone.objects.get().user_id is None
    assert ExpiredYear.objects.exists()


def test_each_night_is_told_in_numbers(ngo: Caller) -> None:
    arrive(ngo)
    done = nightly.run(GONE)
    assert done["persons"] == 1 and done["reads"] >= 0 and set(done) >= {"persons", "codes", "audit", "mails"}


def test_of_a_year_that_is_not_whole_own_figures_say_so(ngo: Caller) -> None:
    arrive(ngo)
    path = "/api/v1/referrals/summary?by=referred_in&referred_from=2025-01&referred_to=2025-12"
    assert json.loads(ngo.get(path).content).get("note") is None
    expire(GONE)
    ngo.referral()
    body = json.loads(ngo.get(path).content)
    assert "not of the whole year" in body["note"]
    # What is left is shown, and no month as a zero.
    assert [row["count"] for row in body["rows"]] == [1] and body["total"] == 1
