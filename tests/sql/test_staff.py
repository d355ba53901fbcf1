"""`henvis_staff_may` and `henvis_audit`: what a member of staff may do, and the row that says that it was done."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User

from partners.models import AuditEvent
from tests.sql.calls import value
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
MAY = "SELECT henvis_staff_may(%s, %s, %s)"
RIGHTS = (("erased", "erase_case"), ("erased", "produce_case"), ("statistics", "approve_release"))


def may(user: User | None, app: str = "erased", codename: str | None = "erase_case") -> Any:
    """What the function says of an account."""
    return value(MAY, user.pk if user else None, app, codename)


@pytest.fixture
def officer(db: None) -> User:
    """Active staff with one right."""
    user = User.objects.create(username="officer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="erase_case"))
    return user


def test_staff_may_what_they_have_the_right_to_and_nothing_else(officer: User) -> None:
    assert may(officer) is True
    assert [may(officer, *right) for right in RIGHTS] == [True, False, False]
    assert may(officer, "statistics", "erase_case") is False  # a right is of an app
    assert may(officer, codename=None) is False


def test_a_right_comes_by_a_group_too(officer: User) -> None:
    officer.user_permissions.clear()
    assert may(officer) is False
    group = Group.objects.create(name="officers")
    group.permissions.add(Permission.objects.get(codename="erase_case"))
    officer.groups.add(group)
    assert may(officer) is True


@pytest.mark.parametrize(("app", "codename"), [*RIGHTS, ("partners", "add_client"), ("people", None)])
def test_a_superuser_may_everything(app: str, codename: str | None) -> None:
    assert may(User.objects.create_superuser("boss"), app, codename) is True


@pytest.mark.parametrize("off", [{"is_active": False}, {"is_staff": False}])
@pytest.mark.parametrize("superuser", [True, False])
def test_who_is_inactive_or_no_staff_may_nothing(officer: User, off: dict[str, bool], superuser: bool) -> None:
    User.objects.filter(pk=officer.pk).update(is_superuser=superuser, **off)
    assert may(officer) is False
    assert may(officer, codename=None) is False


def test_nobody_may_nothing() -> None:
    assert may(None) is False
    assert value(MAY, 0, "erased", "erase_case") is False


def test_an_audit_event_is_what_was_said(officer: User) -> None:
    value("SELECT henvis_audit(NULL, %s, 'case.look', 'somebody', '{\"why\": 1}')", officer.pk)
    event = AuditEvent.objects.get(action="case.look")
    assert (event.client_id, event.user_id, event.subject, event.detail) == (None, officer.pk, "somebody", {"why": 1})


def test_the_web_server_asks_neither() -> None:
    refused("SELECT henvis_staff_may(1, 'erased', 'erase_case')")
    refused("SELECT henvis_audit(NULL, NULL, 'a', 'b', '{}')")
