"""What the weaker roles reach for: figures through a secret, an invitation of yesterday's rights, digests through filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import connection, transaction
from django.db.utils import IntegrityError

from partners import roles
from partners.audit import Actor
from partners.credentials import live_secrets
from partners.models import AuditEvent, Partner, Secret
from partners.people.invitations import InvitationRefused, accept, invite
from partners.people.models import Invitation, Membership
from partners.roles import MemberRole
from tests.callers import Browser, Caller, as_web_server
from tests.people.test_invitations import NEW
from tests.people.visitors import account, member, signed_in, staff

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"hv_(?:live|test)_[0-9a-f]{72}")
INVITATION = re.compile(r"hv_invite_[0-9a-f]{64}")


@pytest.fixture
def keeper() -> User:
    """A partner manager of the centre, who has no right to exact figures."""
    return staff("keeper", "partner_manager")


def act(browser: Browser, path: str, action: str, row: object) -> str:
    """The page after an action."""
    answer = browser.sure(path, {"action": action, "_selected_action": [str(row)]}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("action", ["issue", "rotate"])
def test_a_secret_that_opens_exact_figures_is_shown_to_superusers_alone(
    keeper: User, centre: Caller, ngo: Caller, action: str
) -> None:
    page = act(signed_in(keeper), "/admin/partners/client/", action, centre.client.pk)
    assert not SECRET.search(page)
    assert "superuser" in page
    assert live_secrets(centre.client).count() == 1
    assert SECRET.search(act(signed_in(keeper), "/admin/partners/client/", action, ngo.client.pk))
    boss = signed_in(staff("boss", is_superuser=True))
    assert SECRET.search(act(boss, "/admin/partners/client/", action, centre.client.pk))


def test_nobody_is_invited_to_exact_figures_but_by_superusers(keeper: User, centre: Caller) -> None:
    """A manager of the partner would rotate its secrets."""
    there = member(centre.partner, MemberRole.MANAGER)
    by = Actor.of(keeper)
    for user in (None, there.user):
        with pytest.raises(InvitationRefused):
            invite(by=by, role="MANAGER", partner=centre.partner, user=user)
    form = {"partner": str(centre.partner.pk), "role": "MANAGER"}
    page = signed_in(keeper).post("/admin/partners/invitation/add/", form).content.decode()
    assert not INVITATION.search(page)
    page = act(signed_in(keeper), "/admin/partners/membership/", "bring_back", there.pk)
    assert not INVITATION.search(page)
    assert not Invitation.objects.exists()
    assert invite(by=Actor.of(there.user), role="READER", partner=centre.partner)
    assert invite(by=Actor.of(staff("boss", is_superuser=True)), role="MANAGER", partner=centre.partner)


def test_an_invitation_ends_with_the_right_to_make_it(keeper: User, ngo: Caller) -> None:
    manager = member(ngo.partner)
    tokens = [invite(by=Actor.of(user), role="READER", partner=ngo.partner) for user in (keeper, manager.user)]
    boss = staff("boss", is_superuser=True)
    tokens.append(invite(by=Actor.of(boss), role="approver"))
    keeper.groups.clear()
    Membership.objects.filter(pk=manager.pk).update(role="READER")
    User.objects.filter(pk=boss.pk).update(is_superuser=False)
    for number, token in enumerate(tokens):
        with pytest.raises(InvitationRefused):
            accept(token=token, username=f"name{number}", password=NEW)


def test_an_account_that_rose_is_not_brought_back_by_an_older_invitation() -> None:
    roles.sync()
    boss, other = staff("boss", is_superuser=True), staff("other", "auditor")
    token = invite(by=Actor.of(boss), role="auditor", user=other)
    other.groups.set(Group.objects.filter(name="approver"))
    with pytest.raises(InvitationRefused):
        accept(token=token, username="", password=NEW)


LOOKUPS = {
    "partners/secret": "digest__startswith",
    "partners/invitation": "digest__startswith",
    "partners/client": "client_secret__startswith",
    "partners/partner": "id__gt",
    "cases/release": "digest__startswith",
    "cases/case": "token__startswith",
}


@pytest.mark.parametrize("screen", sorted(LOOKUPS))
def test_an_address_filters_by_what_the_list_offers_alone(ngo: Caller, screen: str) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    answer = browser.get(f"/admin/{screen}/?{LOOKUPS[screen]}=0")
    assert answer.status_code == 400


def test_what_a_list_offers_still_filters(ngo: Caller) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    for screen in admin.site._registry.values():
        meta = screen.model._meta
        for name in screen.list_filter:
            if isinstance(name, str):
                base = f"/admin/{meta.app_label}/{meta.model_name}/"
                assert browser.get(f"{base}?{name}__isnull=0").status_code in {200, 302}, (base, name)


@pytest.mark.parametrize("key", ["x", "\0", "9" * 30])
def test_a_chosen_row_without_a_key_is_refused(ngo: Caller, key: str) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    for screen, action in (("secret", "revoke"), ("membership", "switch_off"), ("invitation", "revoke")):
        answer = browser.post(f"/admin/partners/{screen}/", {"action": action, "_selected_action": [key]})
        assert answer.status_code == 400, screen


def test_a_nul_in_an_address_of_people_is_refused() -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    assert browser.get("/admin/cases/release/%00/change/").status_code == 400


def test_a_table_of_the_same_name_lets_nobody_be_staff_and_of_a_partner(ngo: Caller) -> None:
    boss = staff("boss")
    with pytest.raises(IntegrityError, match="no staff"), in_front_of("auth_user", "is_staff bool, is_superuser bool"):
        Membership.objects.create(user=boss, partner=ngo.partner, role="READER")
    person = member(ngo.partner).user
    with pytest.raises(IntegrityError, match="no staff"), in_front_of("partners_membership", "user_id int"):
        User.objects.filter(pk=person.pk).update(is_staff=True)


@contextmanager
def in_front_of(table: str, columns: str) -> Iterator[None]:
    """A session of the web server's role with an empty table of that name, which only the owner can have made."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} (id int, {columns}) ON COMMIT DROP")
        cursor.execute(f"GRANT ALL ON pg_temp.{table} TO henvis_web")
        with as_web_server():
            yield


def changed(user: User, **more: Any) -> dict[str, Any]:
    """The form of a user."""
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    return {"username": user.username, "is_active": "on", "is_staff": "on", **joined, **more}


def test_the_staff_list_is_narrowed_to_a_role_and_a_single_permission_is_given_by_nobody() -> None:
    boss, ida, bo = signed_in(staff("boss", is_superuser=True)), staff("ida", "approver"), staff("bo", "auditor")
    for role, shown in (("approver", {"ida"}), ("auditor", {"bo"}), ("nothing", {"boss", "ida", "bo"})):
        page = boss.get(f"/admin/auth/user/?role={role}").content.decode()
        assert {name for name in ("boss", "ida", "bo") if f">{name}</a>" in page} == shown
    right = Permission.objects.get(codename="erase_case").pk
    sent = changed(bo, groups=[], user_permissions=[right])
    assert boss.post(f"/admin/auth/user/{bo.pk}/change/", sent).status_code == 302
    assert not bo.user_permissions.exists()
    assert not bo.groups.exists()
    assert ida.groups.get().name == "approver"


def test_roles_and_passwords_that_a_superuser_gives_are_written_down() -> None:
    roles.sync()
    browser, other = signed_in(staff("boss", is_superuser=True)), staff("other")
    group = Group.objects.get(name="approver")
    assert browser.post(f"/admin/auth/user/{other.pk}/change/", changed(other, groups=[group.pk])).status_code == 302
    event = AuditEvent.objects.get(action="person.roles")
    assert (event.subject, event.detail) == (str(other.pk), {"roles": ["approver"]})
    sent = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert browser.post(f"/admin/auth/user/{other.pk}/password/", sent).status_code == 302
    assert AuditEvent.objects.get(action="person.password_by_other").subject == str(other.pk)


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/\\evil.example", "https:evil.example"])
def test_nobody_is_led_elsewhere_after_signing_in(path: str) -> None:
    user = account("ida")
    browser = signed_in(user)
    for answer in (
        browser.get("/account/login/", {"next": path}),
        browser.post("/account/language/", {"language": "da", "next": path}),
        browser.post("/account/logout/", {"next": path}),
        Browser().post("/account/login/", {"login": "ida", "password": "a-long-enough-password", "next": path}),
    ):
        assert "evil" not in answer.headers.get("Location", "")


def test_no_partner_and_no_secret_is_made_by_looking(ngo: Caller) -> None:
    auditor = signed_in(staff("auditor", "auditor"))
    for label in ("client", "secret", "partner", "membership", "invitation"):
        base = f"/admin/partners/{label}/"
        assert auditor.get(f"{base}add/").status_code == 403
    before = Partner.objects.count(), Secret.objects.count()
    act(auditor, "/admin/partners/client/", "rotate", ngo.client.pk)
    assert (Partner.objects.count(), Secret.objects.count()) == before
