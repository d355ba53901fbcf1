"""Erasing while others write: no write is lost silently, and no data of the person come back."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Min

from cases.erased.models import Tombstone
from cases.linking.decisions import LinkRefused, merge
from cases.models import Case, Referral
from oversight.reporting.models import FirstReport
from oversight.rights.database import RightsRefused
from oversight.rights.erasure import erase_data, purge
from oversight.rights.person import find
from partners import locks
from partners.audit import COMMAND
from tests.callers import Caller, referral
from tests.oversight.rights.world import arrive, officer, remaining_rows
from tests.threads import Background, at_once, wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_correction_that_waits_for_the_erasure_is_410(ngo: Caller) -> None:
    person, by = arrive(ngo), officer()
    held, needles = find(person.token, test=False), person.needles
    with Background() as background:
        with transaction.atomic():
            erase_data(by=by, data=held, reason_code="REQUESTED")
            late = background.start(lambda: ngo.put(person.paths[0], referral(gender="X"), If_Match='"2"').status_code)
            new = background.start(lambda: ngo.put(person.paths[0], referral()).status_code)
            wait_until_blocked(2)
        assert (late.result(), new.result()) == (410, 410)
    assert remaining_rows(needles) == {}


def test_a_referral_that_quotes_her_token_meanwhile_opens_a_new_case(ngo: Caller, police: Caller) -> None:
    person, by = arrive(ngo), officer()
    held, old = find(person.token, test=False), person.case.pk
    path = "/api/v1/referrals/7f0c0f6e-3b4e-4b61-9d5f-2f8f7d6c5b4a"
    with Background() as background:
        with transaction.atomic():
            erase_data(by=by, data=held, reason_code="REQUESTED")
            late = background.start(lambda: police.put(path, referral(case_token=person.token)).status_code)
            wait_until_blocked()
        assert late.result() == 201
    case = Case.objects.get()
    assert (case.pk != old, case.token, case.token_unknown) == (True, person.token, True)


def test_the_erasure_waits_for_a_writer_and_then_sees_what_it_wrote(ngo: Caller) -> None:
    person, by = arrive(ngo), officer()
    held = find(person.token, test=False)

    def erasing() -> str:
        try:
            erase_data(by=by, data=held, reason_code="REQUESTED")
        except RightsRefused as refused:
            return str(refused)
        return ""

    path = "/api/v1/referrals/7f0c0f6e-3b4e-4b61-9d5f-2f8f7d6c5b4a"
    with Background() as background:
        with transaction.atomic():
            ngo.put(path, referral(case_token=person.token))
            waiting = background.start(erasing)
            wait_until_blocked()
        assert "look again" in waiting.result()
    assert Referral.objects.current().count() == 2
    assert not Tombstone.objects.exists()


def test_it_does_not_wait_for_ever(ngo: Caller) -> None:
    person, by = arrive(ngo), officer()
    held = find(person.token, test=False)
    with Background() as background, transaction.atomic():
        locks.hold_off_erasures()

        def erasing() -> None:
            with pytest.raises(RightsRefused, match="try again in a moment"):
                erase_data(by=by, data=held, reason_code="REQUESTED")

        background.start(erasing).result(timeout=60)
    assert person.case


def test_a_merge_that_waits_for_the_erasure_finds_no_case(ngo: Caller) -> None:
    one, two, by = arrive(ngo), arrive(ngo), officer()
    held, both = find(one.token, test=False), [one.case.pk, two.case.pk]

    def merging() -> str:
        try:
            merge(by=COMMAND, cases=both, reason_code="CONFIRMED")
        except LinkRefused as refused:
            return str(refused)
        return ""

    with Background() as background:
        with transaction.atomic():
            erase_data(by=by, data=held, reason_code="REQUESTED")
            waiting = background.start(merging)
            wait_until_blocked()
        assert "no such case" in waiting.result()


def test_of_two_who_erase_her_at_once_one_is_told(ngo: Caller, police: Caller) -> None:
    person, by = arrive(ngo, police), officer()
    held, needles = find(person.token, test=False), person.needles

    def erasing() -> bool:
        try:
            erase_data(by=by, data=held, reason_code="REQUESTED")
        except RightsRefused:
            return False
        return True

    assert sorted(at_once([erasing, erasing])) == [False, True]
    assert remaining_rows(needles) == {}
    assert Tombstone.objects.count() == 1


def test_writers_of_many_partners_and_the_erasure_never_lock_each_other_out(
    ngo: Caller, other_ngo: Caller, police: Caller
) -> None:
    people = [arrive(ngo, other_ngo, police) for _ in range(2)]
    by = officer()
    held = [find(each.token, test=False) for each in people]
    needles = [needle for each in people for needle in each.needles]

    codes: set[int] = set()

    def writing(caller: Caller, path: str) -> None:
        codes.update(caller.put(path, referral()).status_code for _ in range(10))

    def erasing(place: int) -> None:
        try:
            erase_data(by=by, data=held[place], reason_code="REQUESTED")
        except RightsRefused:  # a correction came in between
            erase_data(by=by, data=find(people[place].token, test=False), reason_code="REQUESTED")

    writers = [
        partial(writing, caller, path) for caller, path in zip((ngo, other_ngo, police), people[0].paths, strict=True)
    ]
    at_once([*writers, partial(erasing, 0), partial(erasing, 1)])
    assert codes <= {200, 428, 410}
    assert remaining_rows(needles) == {}
    assert not Referral.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM erased_erasedreference")
        assert cursor.fetchone()[0] >= 6


def test_an_erasure_and_a_purge_at_once_keep_the_first_report_of_each_month(ngo: Caller) -> None:
    """And a partner that writes of new months meanwhile is not held to have said nothing of those that were there."""
    people = [arrive(ngo, referred_in=f"2025-0{month}") for month in (1, 2, 3)]
    first = dict(Referral.objects.values_list("referred_in").annotate(Min("recorded_at")))
    by, months = officer(), [date(2025, month, 1) for month in (1, 2, 3)]
    held = [find(each.token, test=False) for each in people[:2]]

    def purging() -> None:
        purge(by=COMMAND, partner=ngo.partner, reference=UUID(people[2].references[0]), reason_code="ENTERED_IN_ERROR")

    def writing() -> None:
        for month in (4, 5, 6):
            assert ngo.referral(referred_in=f"2025-0{month}")

    def erasing(place: int) -> None:
        erase_data(by=by, data=held[place], reason_code="REQUESTED")

    at_once([partial(erasing, 0), partial(erasing, 1), partial(purging), partial(writing)])
    kept = FirstReport.objects.filter(month__in=months).values_list("month", "first_at", "stood")
    assert sorted(kept) == [(month, first[month], True) for month in months]
    assert Referral.objects.count() == 3
