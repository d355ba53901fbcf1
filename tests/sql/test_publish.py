"""Publishing and withdrawing, function by function; pages and orders are in tests/stats.

Of `henvis_lock_publishing`, `henvis_begin_approval`, `henvis_proof`, `henvis_check_draft`, `henvis_copy_draft`,
`henvis_check_two_persons`, `henvis_keep_access`, `henvis_make_public`, `henvis_publish` and `henvis_withdraw`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection

from cases.erased.models import Tombstone
from partners.models import AuditEvent
from stats.models import (
    AUTHORITY,
    PUBLIC,
    Certificate,
    PreReleaseAccess,
    Publication,
    PublishedChange,
    PublishedTable,
    Withdrawal,
)
from tests.sql.calls import holds, refusal, rows, undone, web_value
from tests.stats.drafts import CELLS, CHANGES, MARGINS, built, exact
from tests.stats.facts_decided import confirm, undecided
from tests.stats.published import staff
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
LATE = "Late decisions were missing."
PROOF = "SELECT passed, stale, margins FROM henvis_proof(%s)"


@pytest.fixture
def builder(db: None) -> Any:
    """Who had it built."""
    return with_right("builder")


@pytest.fixture
def approver(db: None) -> User:
    """Who approves."""
    return with_right("approver")


def with_right(name: str) -> User:
    """Active staff with the right to approve."""
    user: User = staff(name)
    user.user_permissions.add(Permission.objects.get(codename="approve_release"))
    return user


def publish(release: str, user: User | None) -> None:
    """Publish as the web server does."""
    web_value("SELECT henvis_publish(%s, %s, '', '')", release, user.pk if user else None)


def withdraw(release: str, replacement: str, user: User, reason: str | None = LATE) -> None:
    """Withdraw as the web server does."""
    web_value("SELECT henvis_withdraw(%s, %s, %s, %s)", release, replacement, reason, user.pk)


def test_henvis_begin_approval_wants_the_right_and_takes_the_lock(approver: User) -> None:
    for user in (staff("nobody").pk, None):
        with refusal("APPROVER_RIGHT_MISSING"):
            rows("SELECT henvis_begin_approval(%s)", user)
    with undone():
        rows("SELECT henvis_begin_approval(%s)", approver.pk)
        assert holds("henvis.publish")
    assert not holds("henvis.publish")
    refused("SELECT henvis_begin_approval(1)")


@pytest.mark.django_db(transaction=True)
def test_at_another_isolation_nothing_is_approved(approver: User) -> None:
    with refusal("APPROVAL_ISOLATION"), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT henvis_begin_approval(%s)", [approver.pk])


def test_henvis_proof_tells_what_makes_it_stale(builder: User) -> None:
    built(PUBLIC, "2023", user=builder)
    assert rows(PROOF, "2023.p1")[0][:2] == (True, False)
    assert json.loads(web_value("SELECT margins FROM henvis_proof('2023.p1')")) == MARGINS
    assert rows(PROOF, "2022.p1") == []
    stone = {"user": builder, "reason_code": "REQUESTED", "counts": {}}
    with undone():
        Publication.objects.create(release=built(PUBLIC, "2022", user=builder), user=builder)
        assert rows(PROOF, "2023.p1")[0][:2] == (True, True)
    with undone():
        Tombstone.objects.create(test=True, **stone)
        assert rows(PROOF, "2023.p1")[0][:2] == (True, False)  # no release counts the test world
        later("2023.p1")
        Tombstone.objects.create(test=False, **stone)
        assert rows(PROOF, "2023.p1")[0][:2] == (True, True)
    with undone():
        later("2023.p1")
        decision = undecided("f", by=builder)
        assert rows(PROOF, "2023.p1")[0][:2] == (True, False)  # it does not hold yet
        confirm(decision)
        assert rows(PROOF, "2023.p1")[0][:2] == (True, True)


def later(release: str) -> None:
    """Time goes on after a release was built, which a transaction does not see."""
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    rows("ALTER TABLE statistics_release DISABLE TRIGGER append_only")
    rows("UPDATE statistics_release SET built_at = built_at - interval '1 hour' WHERE id = %s", release)


@pytest.mark.parametrize("certified", [True, False])
def test_henvis_copy_draft_copies_what_everybody_reads(builder: User, certified: bool) -> None:
    for vintage in (1, 2):
        built(PUBLIC, "2023", user=builder, vintage=vintage)
    rows("SELECT henvis_copy_draft('2023.p2', %s)", certified)
    table, change = PublishedTable.objects.get(), PublishedChange.objects.get()
    assert {name: getattr(table, name) for name in CELLS} == CELLS
    assert {name: getattr(change, name) for name in CHANGES} == CHANGES
    assert list(Certificate.objects.values_list("body", flat=True)) == ([{"release": "2023.p2"}] if certified else [])
    refused("SELECT henvis_copy_draft('2023.p2', true)")


def test_henvis_publish_publishes_with_its_audit_event(builder: User, approver: User) -> None:
    built(PUBLIC, "2023", user=builder)
    publish("2023.p1", approver)
    assert Publication.objects.get().user == approver
    assert (PublishedTable.objects.count(), Certificate.objects.count()) == (1, 1)
    event = AuditEvent.objects.get(action="release.publish")
    assert (event.user_id, event.subject, event.detail) == (approver.pk, "2023.p1", {"built_by": builder.pk})
    with refusal("ALREADY_PUBLISHED", "2023.p1"):
        publish("2023.p1", approver)


def test_henvis_make_public_wants_two_persons_and_is_the_owner_s(builder: User, approver: User) -> None:
    built(PUBLIC, "2023", user=builder)
    for user in (builder.pk, None):
        with refusal("APPROVED_BY_BUILDER"):
            rows("SELECT henvis_make_public('2023.p1', %s, '', '', '{}')", user)
        with refusal("APPROVED_BY_BUILDER"):
            rows("SELECT henvis_check_two_persons('2023.p1', %s)", user)
    rows("SELECT henvis_make_public('2023.p1', %s, '', '', '{\"by\": 1}')", approver.pk)
    assert AuditEvent.objects.get(action="release.publish").detail == {"built_by": builder.pk, "by": 1}
    refused("SELECT henvis_make_public('2023.p1', 1, '', '', '{}')")


def test_henvis_lock_publishing_takes_the_lock() -> None:
    with undone():
        rows("SELECT henvis_lock_publishing()")
        assert holds("henvis.publish")
    refused("SELECT henvis_lock_publishing()")


def test_henvis_keep_access_keeps_who_could_see_and_who_did(builder: User, approver: User) -> None:
    statistician, gone, boss = staff("statistician"), with_right("gone"), User.objects.create_superuser("boss")
    statistician.groups.add(Group.objects.get(name="statistician"))
    staff("nobody")
    built(PUBLIC, "2022", user=builder)
    built(AUTHORITY, "2023-Q1", user=builder)
    built(PUBLIC, "2023", user=builder)
    for release, user in (
        ("2022.p1", boss),
        ("2023-Q1.a1", statistician),
        ("2023.p1", statistician),
        ("2023.p1", gone),
    ):
        rows("SELECT henvis_preview(%s, %s)", release, user.pk)
    gone.user_permissions.clear()
    rows("SELECT henvis_keep_access('2023.p1')")
    found = PreReleaseAccess.objects.order_by("user__username").values_list(
        "user__username", "roles", "may_see", "looks"
    )
    assert [*found] == [
        ("approver", "", True, 0),
        ("boss", "superuser", True, 0),
        ("builder", "", True, 0),
        ("gone", "", False, 1),
        ("statistician", "statistician", True, 2),
    ]


def test_an_authority_s_release_has_no_certificate(builder: User, approver: User) -> None:
    publish(built(AUTHORITY, "2023-Q4", user=builder).pk, approver)
    assert not Certificate.objects.exists()


def test_what_is_not_published(builder: User, approver: User) -> None:
    exact()
    built(PUBLIC, "2022", user=builder, passed=False)
    built(PUBLIC, "2023", user=builder, against=["2020.p1"])
    built(PUBLIC, "2021", user=None)
    built(PUBLIC, "2019", user=builder)
    for release, user, code, subject in (
        ("2023.p1", staff("nobody"), "APPROVER_RIGHT_MISSING", ""),
        ("2025.v1", approver, "NO_PROTECTED_RELEASE", ""),
        ("1999.p1", approver, "NO_PROTECTED_RELEASE", ""),
        ("2019.p1", builder, "APPROVED_BY_BUILDER", ""),
        ("2021.p1", approver, "APPROVED_BY_BUILDER", ""),
        ("2022.p1", approver, "PROOF_NOT_PASSED", "2022.p1"),
        ("2023.p1", approver, "PROOF_STALE", "2023.p1"),
    ):
        with refusal(code, subject):
            publish(release, user)
    assert not Publication.objects.exists()


def test_henvis_withdraw_names_the_replacement(builder: User, approver: User) -> None:
    against: list[str] = []
    for vintage, period in ((1, "2023"), (2, "2023"), (1, "2022")):
        built(PUBLIC, period, user=builder, vintage=vintage, against=against)
        against.append(f"{period}.p{vintage}")
        publish(against[-1], approver)
    built(PUBLIC, "2023", user=builder, vintage=3)
    for release, replacement, reason, code in (
        ("2023.p1", "2023.p2", " ", "WITHDRAWAL_REASON_MISSING"),
        ("2023.p1", "2023.p2", None, "WITHDRAWAL_REASON_MISSING"),
        ("2023.p1", "2023.p2", "Late decisions.", "WITHDRAWAL_REASON_MISSING"),
        ("2023.p3", "2023.p2", LATE, "NO_PUBLISHED_RELEASE"),
        ("2023.p1", "2023.p1", LATE, "REPLACEMENT_UNFIT"),
        ("2023.p1", "2022.p1", LATE, "REPLACEMENT_UNFIT"),
        ("2023.p1", "2023.p3", LATE, "REPLACEMENT_UNFIT"),
    ):
        with refusal(code):
            withdraw(release, replacement, approver, reason)
    with refusal("APPROVER_RIGHT_MISSING"):
        withdraw("2023.p1", "2023.p2", staff("nobody"))
    withdraw("2023.p1", "2023.p2", approver)
    row = Withdrawal.objects.get()
    assert (row.release_id, row.replacement_id, row.reason, row.user) == (
        "2023.p1",
        "2023.p2",
        LATE,
        approver,
    )
    assert AuditEvent.objects.get(action="release.withdraw").detail == {"replacement": "2023.p2"}
    with refusal("ALREADY_WITHDRAWN", "2023.p1"):
        withdraw("2023.p1", "2023.p2", approver)


def test_henvis_withdraw_takes_a_later_vintage_that_stands(builder: User, approver: User) -> None:
    """To fall back to an earlier vintage is to withdraw without a replacement: that takes two approvers."""
    against: list[str] = []
    for vintage in (1, 2, 3):
        against.append(built(PUBLIC, "2023", user=builder, vintage=vintage, against=list(against)).pk)
        publish(against[-1], approver)
    for release, replacement in (("2023.p3", "2023.p1"), ("2023.p3", "2023.p2"), ("2023.p2", "2023.p1")):
        with refusal("REPLACEMENT_UNFIT"):
            withdraw(release, replacement, approver)
    withdraw("2023.p2", "2023.p3", approver)
    with refusal("REPLACEMENT_UNFIT"):
        withdraw("2023.p1", "2023.p2", approver)
    withdraw("2023.p1", "2023.p3", approver)
