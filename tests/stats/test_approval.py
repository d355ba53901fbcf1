"""Publishing and withdrawing: two people, a proof that passed and knows what is published, and no way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError, connection, transaction

from core.text import Text
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, Certificate, Publication, PublishedTable, Release, Withdrawal
from stats.staff import approval
from tests.callers import as_web_server
from tests.stats.drafts import CELLS, MARGINS, built, exact
from tests.stats.published import staff
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def builder(db: None) -> User:
    """Who had it built; has the right to approve what others built."""
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


def publish(release: Release, user: User | None) -> None:
    """Publish as the web server does."""
    with as_web_server():
        approval.publish(by=Actor.of(user), release_id=release.pk)


def withdraw(
    release: Release, replacement: str, user: User | None, reason: str = "Late decisions were missing."
) -> None:
    """Withdraw as the web server does."""
    with as_web_server():
        approval.withdraw(
            by=Actor.of(user), release_id=release.pk, replacement=replacement, reason=Text(reason, reason)
        )


def test_what_is_published_is_the_draft_s(builder: User, approver: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    publish(draft, approver)
    table = PublishedTable.objects.get(release=draft)
    assert {name: getattr(table, name) for name in CELLS} == CELLS
    assert Certificate.objects.get(release=draft).body == {"release": "2023.p1"}
    publication = Publication.objects.get(release=draft)
    assert publication.user == approver
    event = AuditEvent.objects.get(action="release.publish")
    assert (event.user_id, event.subject, event.detail) == (approver.pk, "2023.p1", {"built_by": builder.pk})


def test_an_authority_s_release_has_no_public_certificate(builder: User, approver: User) -> None:
    draft = built(AUTHORITY, "2023-Q4", user=builder)
    publish(draft, approver)
    assert PublishedTable.objects.filter(release=draft).exists()
    assert not Certificate.objects.exists()


def test_who_had_it_built_does_not_approve_it(builder: User, approver: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    with pytest.raises(ReleaseRefused, match="Two members of staff"):
        publish(draft, builder)
    assert not Publication.objects.exists()
    publish(draft, approver)


def test_what_nobody_had_built_is_nobody_s_to_approve(approver: User) -> None:
    with pytest.raises(ReleaseRefused, match="Two members of staff"):
        publish(built(PUBLIC, "2023", user=None), approver)


def stranger(user: User) -> None:
    """Take the right away."""
    user.user_permissions.clear()


def inactive(user: User) -> None:
    """Switch the user off."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def no_staff(user: User) -> None:
    """Take the user from the staff."""
    User.objects.filter(pk=user.pk).update(is_staff=False, is_superuser=True)


@pytest.mark.parametrize("change", [stranger, inactive, no_staff])
def test_only_active_staff_with_the_right_approves(
    builder: User, approver: User, change: Callable[[User], None]
) -> None:
    draft, later = (
        built(PUBLIC, "2023", user=builder),
        built(PUBLIC, "2023", vintage=2, user=builder, against=["2023.p1"]),
    )
    publish(draft, with_right("another"))
    publish(later, with_right("another"))
    third = built(PUBLIC, "2023", vintage=3, user=builder, against=["2023.p1", "2023.p2"])
    change(approver)
    with pytest.raises(ReleaseRefused, match="An approver at the centre"):
        publish(third, approver)
    with pytest.raises(ReleaseRefused, match="An approver at the centre"):
        withdraw(draft, later.pk, approver)
    assert Publication.objects.count() == 2
    assert not Withdrawal.objects.exists()


def test_a_command_approves_nothing(builder: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    with pytest.raises(ReleaseRefused, match="An approver at the centre"), as_web_server():
        approval.publish(by=COMMAND, release_id=draft.pk)


def test_the_right_may_come_from_a_group_or_with_being_superuser(builder: User) -> None:
    member, boss = staff("member"), User.objects.create_superuser("boss")
    group = Group.objects.create(name="Approvers")
    group.permissions.add(Permission.objects.get(codename="approve_release"))
    member.groups.add(group)
    publish(built(PUBLIC, "2022", user=builder), member)
    publish(built(PUBLIC, "2023", user=builder, against=["2022.p1"]), boss)


def test_a_proof_that_failed_or_is_missing_publishes_nothing(builder: User, approver: User) -> None:
    with pytest.raises(ReleaseRefused, match="did not pass"):
        publish(built(PUBLIC, "2023", user=builder, passed=False), approver)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_proof DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM statistics_proof")
    with pytest.raises(ReleaseRefused, match="did not pass"):
        publish(Release.objects.get(), approver)


def test_a_proof_that_does_not_know_what_is_published_is_stale(builder: User, approver: User) -> None:
    first, second = built(PUBLIC, "2022", user=builder), built(PUBLIC, "2023", user=builder)
    assert approval.proof_of("2023.p1") == approval.DraftProof(passed=True, stale=False, margins=MARGINS, behind={})
    publish(first, approver)
    with as_web_server():
        found = approval.proof_of("2023.p1")
    assert found == approval.DraftProof(passed=True, stale=True, margins=MARGINS, behind={})
    with pytest.raises(ReleaseRefused, match="stale"):
        publish(second, approver)
    publish(built(PUBLIC, "2023", vintage=2, user=builder, against=["2022.p1"]), approver)


def test_a_proof_against_what_is_not_published_is_stale(builder: User, approver: User) -> None:
    with pytest.raises(ReleaseRefused, match="stale"):
        publish(built(PUBLIC, "2023", user=builder, against=["2022.p1"]), approver)


def test_only_a_protected_release_is_published_and_once(builder: User, approver: User) -> None:
    with pytest.raises(ReleaseRefused, match="no such release"):
        publish(exact(), approver)
    draft = built(PUBLIC, "2023", user=builder)
    publish(draft, approver)
    with pytest.raises(ReleaseRefused, match="published already"):
        publish(draft, approver)
    assert approval.proof_of("2025.v1") is None


def test_a_publication_is_final(builder: User, approver: User) -> None:
    publish(built(PUBLIC, "2023", user=builder), approver)
    for model in (Publication, PublishedTable, Certificate):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PublishedTable.objects.update(counts=[1])
    for model, values in ((PublishedTable, {**CELLS, "axes": "region"}), (Certificate, {"body": {}})):
        with pytest.raises(DatabaseError, match=r"2023\.p1 is published"), transaction.atomic():
            model.objects.create(release_id="2023.p1", **values)


@pytest.mark.django_db(transaction=True)
def test_at_another_isolation_nothing_is_decided(builder: User, approver: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    with (
        pytest.raises(ReleaseRefused, match="nothing can be published"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        publish(draft, approver)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_published_at_once_the_second_is_stale(builder: User, approver: User) -> None:
    drafts = [built(PUBLIC, period, user=builder) for period in ("2021", "2022", "2023")]

    def attempt(draft: Release) -> bool:
        try:
            publish(draft, approver)
        except ReleaseRefused:
            return False
        return True

    assert sum(at_once([partial(attempt, draft) for draft in drafts])) == 1


@pytest.fixture
def two(builder: User, approver: User) -> tuple[Release, Release]:
    """Two published vintages of a year."""
    first, second = (
        built(PUBLIC, "2023", user=builder),
        built(PUBLIC, "2023", vintage=2, user=builder, against=["2023.p1"]),
    )
    publish(first, approver)
    publish(second, approver)
    return first, second


def test_a_withdrawal_names_its_reason_and_its_replacement(two: tuple[Release, Release], approver: User) -> None:
    first, second = two
    withdraw(first, second.pk, approver)
    found = Withdrawal.objects.get(release=first)
    assert (found.replacement, found.user, found.reason) == (second, approver, "Late decisions were missing.")
    event = AuditEvent.objects.get(action="release.withdraw")
    assert (event.user_id, event.subject, event.detail) == (approver.pk, "2023.p1", {"replacement": "2023.p2"})
    assert PublishedTable.objects.filter(release=first).exists()
    with pytest.raises(ReleaseRefused, match="withdrawn already"):
        withdraw(first, second.pk, approver)
    with pytest.raises(ReleaseRefused, match="Choose a later vintage"):
        withdraw(second, first.pk, approver)


@pytest.mark.parametrize("reason", ["", " \n", "Late decisions."])
def test_a_withdrawal_without_a_reason_is_refused(two: tuple[Release, Release], approver: User, reason: str) -> None:
    with pytest.raises(ReleaseRefused, match="Say in both languages, in at least 20 characters, why"):
        withdraw(two[0], two[1].pk, approver, reason)


def test_the_replacement_is_a_published_release_of_the_same(
    two: tuple[Release, Release], builder: User, approver: User
) -> None:
    known = ["2023.p1", "2023.p2"]
    other_year = built(PUBLIC, "2022", user=builder, against=known)
    publish(other_year, approver)
    other_audience = built(AUTHORITY, "2023", user=builder, against=[*known, "2022.p1"])
    publish(other_audience, approver)
    draft = built(PUBLIC, "2023", vintage=3, user=builder)
    for wrong in (other_year.pk, other_audience.pk, draft.pk, two[0].pk, "2023.p9", ""):
        with pytest.raises(ReleaseRefused, match="Choose a later vintage"):
            withdraw(two[0], wrong, approver)
    with pytest.raises(ReleaseRefused, match="no such published release"):
        withdraw(draft, two[0].pk, approver)
    assert not Withdrawal.objects.exists()
