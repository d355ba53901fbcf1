"""Many at once, each on a connection of its own: one current version, no 500, and times that rise with versions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases import dictionary as d
from cases import opening, tokens
from cases.fields import to_stored
from cases.intake import rules, submit
from cases.models import Assessment, Case, Referral
from cases.versions import Status
from partners import locks
from tests.api.asserts import LIST, body, new_path
from tests.callers import Caller, assessment, referral
from tests.threads import Background, at_once, wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)
AGES = ("Y18T24", "Y25T34", "Y35T44", "Y45T54", "Y_GE55", "_U_ADULT", "_U")


def one_series() -> list[Referral]:
    """The versions of the one referral: numbered without a gap, times rising, each superseded by the next, the last one current."""
    rows = list(Referral.objects.order_by("version"))
    assert [row.version for row in rows] == list(range(1, len(rows) + 1))
    times = [row.recorded_at for row in rows]
    assert times == sorted(set(times))
    assert [row.superseded_at for row in rows] == [*times[1:], None]
    return rows


def test_sixteen_writers_of_one_new_reference_make_one_referral(ngo: Caller) -> None:
    path = new_path()
    answers = at_once([partial(ngo.put, path, referral())] * 16)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 15}
    assert {body(answer, answer.status_code)["version"] for answer in answers} == {1}
    assert len(one_series()) == Case.objects.count() == 1


def test_sixteen_writers_of_different_content_make_one_and_are_asked_for_the_version(ngo: Caller) -> None:
    path = new_path()
    bodies = [referral(age_band=AGES[number % len(AGES)]) for number in range(16)]
    answers = at_once([partial(ngo.put, path, each) for each in bodies])
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[201] == 1
    assert set(statuses) <= {200, 201, 428}
    [row] = one_series()
    assert body(next(answer for answer in answers if answer.status_code == 201), 201)["age_band"] == row.age_band


def test_of_corrections_of_one_version_exactly_one_wins(ngo: Caller) -> None:
    path, _ = ngo.referral(age_band="Y25T34")
    bodies = [referral(age_band=band) for band in AGES if band != "Y25T34"]
    answers = at_once([partial(ngo.put, path, each, If_Match='"1"') for each in bodies])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: len(bodies) - 1}
    assert {answer.headers["ETag"] for answer in answers} == {'"2"'}
    assert len(one_series()) == 2


def test_corrections_of_whatever_is_there_are_all_versions(ngo: Caller) -> None:
    path, _ = ngo.referral(age_band="Y25T34")
    bodies = [referral(age_band=band) for band in AGES if band != "Y25T34"]
    answers = at_once([partial(ngo.put, path, each, If_Match="*") for each in bodies])
    assert {answer.status_code for answer in answers} == {200}
    assert len(one_series()) == 1 + len(bodies)


def test_withdrawal_and_correction_at_once_are_one_series(ngo: Caller) -> None:
    path, _ = ngo.referral()
    withdraw = partial(ngo.post, f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    correct = partial(ngo.put, path, referral(gender="M"), If_Match="*")
    answers = at_once([withdraw, correct, withdraw, correct])
    assert {answer.status_code for answer in answers} == {200}
    assert len(one_series()) >= 3


def test_sixteen_posts_of_one_key_make_one_referral(ngo: Caller) -> None:
    answers = at_once(
        [partial(ngo.post, LIST, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324")] * 16
    )
    assert set(Counter(answer.status_code for answer in answers)) <= {201, 409}
    assert len({body(answer, 201)["reference"] for answer in answers if answer.status_code == 201}) == 1
    assert len(one_series()) == 1


def test_two_partners_with_one_unknown_token_meet_in_one_case(ngo: Caller, police: Caller) -> None:
    unknown = [tokens.mint() for _ in range(8)]
    works = [partial(who.put, new_path(), referral(case_token=token)) for token in unknown for who in (ngo, police)]
    answers = at_once(works)
    assert {answer.status_code for answer in answers} == {201}
    assert [body(answer, 201)["case_token"] for answer in answers[::2]] == unknown
    assert set(Case.objects.values_list("token", "token_unknown")) == {(token, True) for token in unknown}
    assert Case.objects.count() == 8
    assert Referral.objects.values("case").distinct().count() == 8


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_token_that_another_case_has_is_drawn_again(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    _, first = ngo.referral()
    draws = iter([first["case_token"], fresh := tokens.mint()])
    monkeypatch.setattr("cases.tokens.mint", lambda: next(draws))
    path = new_path() if method == "PUT" else LIST
    answer = ngo.call(method, path, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324")
    assert body(answer, 201)["case_token"] == fresh
    assert (Case.objects.count(), Referral.objects.count()) == (2, 2)


def test_a_record_that_the_database_refuses_opens_no_case(ngo: Caller) -> None:
    """They are one statement: neither is there without the other, even outside a transaction."""
    by, at = ngo.principal, timezone.now()
    row = {**to_stored(d.REFERRAL, rules.example(d.REFERRAL)), **submit.signature(by, uuid4()), "region": "NOWHERE"}
    values = {**row, "referred_in": date(2025, 3, 1), "status": Status.REPORTED}
    with pytest.raises(IntegrityError, match="referral_region_code"):
        submit.REFERRALS.begin(opening.new_case(by=by, at=at), at=at, values=values)
    assert not Case.objects.exists()
    submit.REFERRALS.begin(opening.new_case(by=by, at=at), at=at, values={**values, "region": "DK01"})
    assert Case.objects.count() == 1


def test_who_comes_while_another_opens_the_case_waits_and_joins(ngo: Caller, police: Caller) -> None:
    token = tokens.mint()
    with Background() as threads:
        with transaction.atomic():
            case = Case.objects.create(token=token, opened_at=timezone.now(), opened_by=police.partner)
            waiting = threads.start(lambda: ngo.put(new_path(), referral(case_token=token)))
            wait_until_blocked()
        assert waiting.result(timeout=30).status_code == 201
    assert Referral.objects.get().case_id == case.pk


def test_who_comes_while_another_gives_up_opens_the_case(ngo: Caller, police: Caller) -> None:
    token = tokens.mint()
    with Background() as threads:
        with transaction.atomic():
            Case.objects.create(token=token, opened_at=timezone.now(), opened_by=police.partner)
            waiting = threads.start(lambda: ngo.put(new_path(), referral(case_token=token)))
            wait_until_blocked()
            transaction.set_rollback(True)
        assert waiting.result(timeout=30).status_code == 201
    assert Case.objects.get().opened_by_id == ngo.partner.pk


def clock() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def test_the_time_of_a_version_is_read_once_the_lock_is_held(ngo: Caller) -> None:
    """A time from before the wait would put a version before the one that it waited for."""

    def held() -> object:
        with transaction.atomic():
            return locks.serialise(ngo.partner.pk)

    with Background() as threads:
        with transaction.atomic():
            first = locks.serialise(ngo.partner.pk)
            waiting = threads.start(held)
            wait_until_blocked()
            before_release = clock()
        at = waiting.result(timeout=30)
    assert first < before_release < at  # type: ignore[operator]


def test_one_partners_writers_wait_for_each_other_and_other_partners_do_not(ngo: Caller, police: Caller) -> None:
    path, _ = ngo.referral()
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(ngo.partner.pk)
            waiting = threads.start(lambda: ngo.put(path, referral(gender="M"), If_Match='"1"'))
            wait_until_blocked()
            assert threads.start(lambda: police.put(new_path(), referral())).result(timeout=30).status_code == 201
            assert threads.start(lambda: ngo.get(path)).result(timeout=30).status_code == 200
            assert not waiting.done()
        assert waiting.result(timeout=30).status_code == 200


def test_what_refers_to_the_partner_is_not_held_up_by_its_writers(ngo: Caller) -> None:
    """The lock is FOR NO KEY UPDATE: a foreign key's own lock goes beside it."""

    def open_case() -> Case:
        return Case.objects.create(token=tokens.mint(), opened_at=timezone.now(), opened_by=ngo.partner)

    with Background() as threads, transaction.atomic():
        locks.serialise(ngo.partner.pk)
        assert threads.start(open_case).result(timeout=30).opened_by_id == ngo.partner.pk


def test_the_condition_is_checked_under_the_lock(ngo: Caller) -> None:
    """A correction that was read as current before it waited is stale when its turn comes."""
    path, _ = ngo.referral()
    who, reference = ngo.principal, Referral.objects.get().reference
    with Background() as threads:
        with transaction.atomic():
            submit.withdraw(by=who, reference=reference, reason_code="DUPLICATE")
            waiting = threads.start(lambda: ngo.put(path, referral(gender="M"), If_Match='"1"'))
            wait_until_blocked()
        answer = waiting.result(timeout=30)
    assert (answer.status_code, answer.headers["ETag"]) == (412, '"2"')


def test_sixteen_assessments_of_one_case_are_one(centre: Caller) -> None:
    path = f"/api/v1/cases/{tokens.mint()}/assessment"
    answers = at_once([partial(centre.put, path, assessment())] * 16)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 15}
    assert (Assessment.objects.count(), Case.objects.count()) == (1, 1)


def test_two_authorities_assess_one_unknown_case_at_once(centre: Caller, immigration: Caller) -> None:
    path = f"/api/v1/cases/{tokens.mint()}/assessment"
    answers = at_once([partial(who.put, path, assessment()) for who in (centre, immigration) * 4])
    assert Counter(answer.status_code for answer in answers) == {201: 2, 200: 6}
    assert (Assessment.objects.count(), Case.objects.count()) == (2, 1)
