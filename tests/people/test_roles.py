"""Roles: what is written is what is granted, everything is somebody's or nobody's, and nobody is of a partner and of the staff."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from config.columns import ours
from partners import roles
from partners.models import AuditEvent
from partners.people.models import Membership
from partners.roles import PARTNER_ROLES, STAFF_ROLES, MemberRole, Right
from tests.callers import Caller, as_web_server
from tests.people.visitors import member, signed_in, staff
from tests.threads import Background, wait_until_blocked

pytestmark = pytest.mark.django_db
# Django makes these for every model. What no role names is nobody's: such rows are written by functions alone, no screen deletes
# any, and records of persons have pages with rights of their own.
UNASSIGNED = ("*.add_*", "*.change_*", "*.delete_*", "*.view_*")


def of_ours() -> set[str]:
    """Every permission of our apps."""
    return {name for name in roles.names() if name.partition(".")[0] in ours()}


def test_every_permission_that_a_role_names_exists() -> None:
    there = roles.names()
    for role in STAFF_ROLES.values():
        for pattern in role.permissions:
            assert any(roles.covers([pattern], name) for name in there), pattern


def test_every_permission_of_ours_is_a_role_s_or_nobody_s() -> None:
    """A new permission: one line in `partners.roles.STAFF_ROLES`."""
    given = [pattern for role in STAFF_ROLES.values() for pattern in role.permissions]
    assert sorted(name for name in of_ours() if not roles.covers([*given, *UNASSIGNED], name)) == []


def test_no_role_deletes_and_the_auditor_only_looks() -> None:
    for role in STAFF_ROLES:
        assert not [row for row in roles.permissions_of(role) if row.codename.startswith("delete_")]
    assert {row.codename.partition("_")[0] for row in roles.permissions_of("auditor")} == {"view"}
    seen = {f"{row.content_type.app_label}.{row.codename}" for row in roles.permissions_of("auditor")}
    assert {"partners.view_auditevent", "statistics.view_publication", "erased.view_tombstone"} <= seen
    # The audit, and not the persons that it is about.
    assert not seen & {
        "cases.view_case",
        "cases.view_referral",
        "cases.view_assessment",
        "linking.view_conflicts",
        "duplicates.view_linkagecode",
    }


def test_who_orders_does_not_approve_and_none_changes_users() -> None:
    def names(role: str) -> set[str]:
        return {row.codename for row in roles.permissions_of(role)}

    assert "approve_release" not in names("statistician")
    assert "add_buildorder" not in names("approver")
    assert "add_factdecision" not in names("approver")
    for role in STAFF_ROLES:
        assert not names(role) & {"add_user", "change_user", "delete_user", "add_group", "change_group"}


def test_sync_brings_the_groups_to_the_table_and_leaves_others(capsys: pytest.CaptureFixture[str]) -> None:
    Group.objects.all().delete()
    own = Group.objects.create(name="own")
    call_command("roles", "sync")
    group = Group.objects.get(name="approver")
    group.permissions.set(Permission.objects.all()[:3])
    call_command("roles", "sync")
    assert set(group.permissions.all()) == set(roles.permissions_of("approver"))
    assert Group.objects.filter(pk=own.pk).exists()
    assert AuditEvent.objects.filter(action="roles.sync").count() == 2
    assert "approver" in capsys.readouterr().out


def test_the_documentation_is_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("roles")
    printed = capsys.readouterr().out.strip()
    assert printed == roles.documentation()
    assert printed in (Path(settings.BASE_DIR) / "docs" / "people.md").read_text()


def test_rights_at_a_partner() -> None:
    assert set(PARTNER_ROLES) == set(MemberRole)
    assert Right.MANAGE_PEOPLE not in PARTNER_ROLES[MemberRole.CASEWORKER]
    assert PARTNER_ROLES[MemberRole.READER] == (Right.READ,)


def test_the_web_server_gives_roles_and_changes_none() -> None:
    user = staff("ida")
    with as_web_server():
        user.groups.set(Group.objects.filter(name="auditor"))
    for change in (
        lambda: Group.objects.create(name="more"),
        lambda: Group.objects.update(name="more"),
        lambda: Group.objects.get(name="auditor").permissions.add(Permission.objects.get(codename="approve_release")),
        lambda: Group.objects.get(name="auditor").permissions.clear(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), as_web_server():
            change()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_invitation SET role = 'superuser'",
        "UPDATE people_invitation SET expires_at = 'infinity'",
        "UPDATE people_invitation SET digest = 'x'",
        "DELETE FROM people_invitation",
        "DELETE FROM people_membership",
        "DELETE FROM auth_user",
        "ALTER TABLE people_membership DISABLE TRIGGER never_staff",
        "ALTER TABLE auth_user DISABLE TRIGGER never_member",
        "SELECT FROM django_session",
        "SELECT FROM account_emailaddress",
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
        "TRUNCATE people_cacheentry",
    ],
)
def test_what_the_web_server_may_not(statement: str) -> None:
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), as_web_server(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("role", MemberRole)
def test_a_person_of_a_partner_does_not_enter_the_admin(ngo: Caller, role: MemberRole) -> None:
    browser = signed_in(member(ngo.partner, role).user)
    assert browser.get("/account/").status_code == 200
    for path in ("/admin/", "/admin/partners/partner/", "/admin/login/"):
        assert browser.get(path).status_code == 403
    assert browser.post("/admin/partners/partner/add/", {"name": "x"}).status_code == 403


def test_nobody_is_of_a_partner_and_of_the_staff(ngo: Caller) -> None:
    person = member(ngo.partner)
    for change in ({"is_staff": True}, {"is_superuser": True}):
        with pytest.raises(DatabaseError, match="is no staff"), transaction.atomic():
            User.objects.filter(pk=person.user_id).update(**change)
    for change in ({"is_staff": True}, {"is_superuser": True}):
        user = User.objects.create(username=f"user-{next(iter(change))}", **change)
        with pytest.raises(DatabaseError, match="is no staff"), transaction.atomic():
            Membership.objects.create(user=user, partner=ngo.partner, role="READER")
        with pytest.raises(DatabaseError, match="is no staff"), transaction.atomic():
            Membership.objects.filter(pk=person.pk).update(user=user)


@pytest.mark.django_db(transaction=True)
def test_nor_if_both_happen_at_once(ngo: Caller) -> None:
    user = User.objects.create_user("ida")

    def become_staff() -> str:
        try:
            User.objects.filter(pk=user.pk).update(is_staff=True)
        except DatabaseError as error:
            return str(error)
        return "staff"

    with Background() as background:
        with transaction.atomic():
            Membership.objects.create(user=user, partner=ngo.partner, role="READER")
            later = background.start(become_staff)
            wait_until_blocked()
        assert "is no staff" in later.result(timeout=30)
