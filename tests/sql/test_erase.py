"""An erasure from its beginning to its tombstone. What it leaves nowhere is asked in tests/oversight/rights.

Of `henvis_referrals_of`, `henvis_assessments_of`, `henvis_is_person`, `henvis_is_whole`, `henvis_begin_erasure`,
`henvis_erase_person` and `henvis_erase`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from cases.erased.models import ErasedReference, ErasedToken, Tombstone
from cases.linking.decisions import merge, split
from cases.models import Case, Referral
from oversight.reporting.models import FirstReport
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from tests.callers import as_web_server
from tests.oversight.rights.world import staff
from tests.sql.calls import holds, refusal, rows, undone, value
from tests.sql.erasing import ASSESSMENTS, BEGIN, ERASE, REFERRALS, SPARE, WHOLE
from tests.stats.records import assessment, case, referral
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    """Who may erase, and not produce."""
    return staff("officer", "erase_case")


def test_a_record_is_of_the_case_that_a_split_moved_it_to(ngo: Partner, authority: Partner) -> None:
    one = case(ngo)
    stays, moves = referral(one, ngo), referral(one, ngo)
    assessment(one, authority)
    assert set(rows(REFERRALS, [one.pk])) == {(ngo.pk, stays.reference), (ngo.pk, moves.reference)}
    assert rows(ASSESSMENTS, [one.pk]) == [(authority.pk, one.pk)]
    moved: dict[str, Any] = {"referrals": [(ngo.pk, moves.reference)], "assessments": [authority.pk]}
    _, other = split(by=COMMAND, case=one.pk, reason_code="TWO_PERSONS", **moved)
    assert rows(REFERRALS, [one.pk]) == [(ngo.pk, stays.reference)]
    assert rows(REFERRALS, [other.pk]) == [(ngo.pk, moves.reference)]
    assert rows(ASSESSMENTS, [one.pk]) == []
    assert rows(ASSESSMENTS, [other.pk]) == [(authority.pk, one.pk)]


def test_a_person_is_whole_with_all_cases_and_all_referrals(ngo: Partner) -> None:
    one, two, stranger = case(ngo), case(ngo), case(ngo)
    first, second = referral(one, ngo), referral(two, ngo)
    both, partners, refs = [one.pk, two.pk], [ngo.pk] * 2, [first.reference, second.reference]
    assert value(WHOLE, both, partners, refs) is False  # two persons
    merge(by=COMMAND, cases=both, reason_code="CONFIRMED")
    assert value(WHOLE, both, partners, refs) is True
    for people, of, named in (
        ([one.pk], [ngo.pk], [first.reference]),
        ([two.pk], [ngo.pk], [second.reference]),
        ([*both, stranger.pk], partners, refs),
        ([*both, uuid4()], partners, refs),
        (both, [ngo.pk], [first.reference]),
        (both, [ngo.pk] * 3, [*refs, uuid4()]),
        ([], [], []),
    ):
        assert value(WHOLE, people, of, named) is False


def test_henvis_begin_erasure_wants_the_right_and_the_person_as_shown(ngo: Partner, officer: User) -> None:
    one = case(ngo)
    first = referral(one, ngo)
    named = ([one.pk], [ngo.pk], [first.reference])
    with refusal("ERASER_RIGHT_MISSING"):
        rows(BEGIN, staff("nobody", "produce_case").pk, *named)
    with undone():
        rows(BEGIN, officer.pk, *named)
        assert holds("henvis.linking")
        assert holds("henvis.erase")
    referral(one, ngo)
    with refusal("PERSON_CHANGED"):
        rows(BEGIN, officer.pk, *named)


@pytest.mark.django_db(transaction=True)
def test_at_another_isolation_nobody_is_erased(officer: User) -> None:
    with refusal("ERASURE_ISOLATION"), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        cursor.execute(BEGIN, [officer.pk, [], [], []])


def erase(user: User | None, of: Case, first: Referral, **changes: Any) -> UUID:
    """Erase a person with one case and one referral, as the web server does."""
    given = {"tokens": ["a" * 64], "spare": [SPARE], "names": ["b" * 64], **changes}
    with transaction.atomic(), as_web_server():
        stone: UUID = value(
            ERASE, user.pk if user else None, [of.pk], given["tokens"], given["spare"], [first.partner_id],
            [first.reference], given["names"],
        )  # fmt: skip
    return stone


def test_an_erasure_leaves_a_tombstone_with_digests_and_an_audit_event(ngo: Partner, officer: User) -> None:
    one = case(ngo)
    first = referral(one, ngo)
    stone = Tombstone.objects.get(pk=erase(officer, one, first))
    assert (stone.user, stone.test, stone.reason_code) == (officer, False, "REQUESTED")
    assert list(ErasedToken.objects.values_list("digest", "tombstone")) == [("a" * 64, stone.pk)]
    assert list(ErasedReference.objects.values_list("partner", "digest")) == [(ngo.pk, "b" * 64)]
    event = AuditEvent.objects.get(action="case.erase")
    assert (event.user_id, event.subject) == (officer.pk, str(stone.pk))
    assert event.detail == {**stone.counts, "reason_code": "REQUESTED"}
    assert {name: count for name, count in stone.counts.items() if count} == {
        "cases": 1,
        "referrals": 1,
        "referral_versions": 1,
    }
    assert len(stone.counts) == 17
    assert not Case.objects.exists()
    assert not Referral.objects.exists()
    assert FirstReport.objects.filter(partner=ngo).exists()
    assert value("SELECT current_setting('henvis.erase', true)") == "off"


@pytest.mark.parametrize(
    "changes",
    [
        {"tokens": []},
        {"spare": [SPARE, "ANOTHERONE1"]},
        {"names": []},
        {"tokens": None},
        {"spare": None},
        {"names": None},
    ],
)
def test_every_case_and_referral_leaves_a_digest(
    ngo: Partner, officer: User, changes: dict[str, list[str] | None]
) -> None:
    one = case(ngo)
    first = referral(one, ngo)
    with refusal("DIGEST_MISSING"):
        erase(officer, one, first, **changes)
    assert Referral.objects.exists()


def refuse_nobody(one: Case, first: Referral) -> None:
    """Nobody asks."""
    with refusal("ERASER_RIGHT_MISSING"):
        erase(None, one, first)


def refuse_changed(one: Case, first: Referral) -> None:
    """Something was added since the page was shown."""
    referral(one, Partner.objects.get())
    with refusal("PERSON_CHANGED"):
        erase(User.objects.get(username="officer"), one, first)


@pytest.mark.parametrize("refuse", [refuse_nobody, refuse_changed])
def test_what_is_refused_erases_nothing(ngo: Partner, officer: User, refuse: Callable[[Case, Referral], None]) -> None:
    one = case(ngo)
    refuse(one, referral(one, ngo))
    assert Referral.objects.exists()
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize(
    "call",
    [
        "henvis_referrals_of('{}')",
        "henvis_assessments_of('{}')",
        "henvis_is_whole('{}', '{}', '{}')",
        "henvis_begin_erasure(1, '{}', '{}', '{}')",
        "henvis_unlink_counts('{}', '{}')",
        "henvis_keep_others('{}', '{}', false)",
        "henvis_erase_records('{}', '{}', '{}', '{}', false)",
        "henvis_erase_pairs('{}', '{}', '{}')",
        "henvis_erase_links('{}', '{}', '{}')",
        "henvis_erase_answers('{}', '{}', '{}')",
        "henvis_rename_in_logs('{}', gen_random_uuid())",
    ],
)
def test_the_web_server_calls_no_step_by_itself(call: str) -> None:
    refused(f"SELECT {call}")
