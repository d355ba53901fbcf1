"""What the weaker roles reach for: figures through a secret, an invitation of yesterday's rights, digests through filters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import RequestFactory

from partners.access.requests import approve_invitation, ask_invitation
from partners.audit import Actor
from partners.models import AuditEvent, Partner, Secret
from partners.people.invitations import InvitationRefused, accept, invite
from partners.people.models import Invitation, Membership
from partners.roles import MemberRole
from partners.staff.screens import actor
from tests.callers import Browser, Caller, as_web_server
from tests.people.test_invitations import NEW
from tests.people.visitors import account, invited_by_two, member, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    """A partner manager of the centre, who has no right to exact figures."""
    return staff("keeper", "partner_manager")


def act(browser: Browser, path: str, action: str, row: object) -> str:
    """The page after an action."""
    answer = browser.sure(path, {"action": action, "_selected_action": [str(row)]}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_nobody_is_invited_to_exact_figures_but_by_superusers(keeper: User, centre: Caller) -> None:
    """A manager of the partner would rotate its secrets."""
    there, boss = member(centre.partner, MemberRole.MANAGER), staff("boss", is_superuser=True)
    by = Actor.of(keeper)
    what: dict[str, Any] = {"role": "MANAGER", "partner": centre.partner}
    for user in (None, there.user):
        with pytest.raises(InvitationRefused):
            ask_invitation(by=by, user=user, **what)
    asked, _ = ask_invitation(by=Actor.of(boss), **what)
    with pytest.raises(InvitationRefused):
        approve_invitation(by=by, access_request=asked)
    form = {"recipient": "Ida", "partner": str(centre.partner.pk), "role": "MANAGER"}
    assert "Two superusers" in signed_in(keeper).post("/admin/people/invitation/add/", form).content.decode()
    assert "Two superusers" in act(signed_in(keeper), "/admin/people/membership/", "bring_back", there.pk)
    assert not Invitation.objects.exists()
    assert invite(by=Actor.of(there.user), role="READER", partner=centre.partner)
    assert approve_invitation(by=Actor.of(staff("other", is_superuser=True)), access_request=asked)


def test_an_invitation_ends_with_the_right_of_either_to_make_it(keeper: User, ngo: Caller) -> None:
    manager, boss = member(ngo.partner), staff("boss", is_superuser=True)
    other = staff("other", is_superuser=True)
    of_ngo: dict[str, Any] = {"role": "READER", "partner": ngo.partner}
    made = [
        invited_by_two(keeper, boss, **of_ngo),
        invited_by_two(boss, keeper, **of_ngo),
        {"token": invite(by=Actor.of(manager.user), **of_ngo)},
        invited_by_two(boss, other, role="approver"),
    ]
    keeper.groups.clear()
    Membership.objects.filter(pk=manager.pk).update(role="READER")
    User.objects.filter(pk=other.pk).update(is_superuser=False)
    for number, handed in enumerate(made):
        with pytest.raises(InvitationRefused):
            accept(username=f"name{number}", password=NEW, **handed)


def test_an_account_that_rose_is_not_brought_back_by_an_older_invitation() -> None:
    boss, second, other = (staff(name, is_superuser=True) for name in ("boss", "second", "other"))
    User.objects.filter(pk=other.pk).update(is_superuser=False)
    other.groups.set(Group.objects.filter(name="auditor"))
    other.refresh_from_db()
    handed = invited_by_two(boss, second, role="auditor", user=other)
    other.groups.set(Group.objects.filter(name="approver"))
    with pytest.raises(InvitationRefused):
        accept(username="", password=NEW, **handed)


LOOKUPS = {
    "partners/secret": "digest__startswith",
    "people/invitation": "digest__startswith",
    "partners/client": "client_secret__startswith",
    "partners/partner": "id__gt",
    "statistics/release": "digest__startswith",
    "cases/case": "token__startswith",
}


@pytest.mark.parametrize("screen", sorted(LOOKUPS))
def test_an_address_filters_by_what_the_list_offers_alone(ngo: Caller, screen: str) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    answer = browser.get(f"/admin/{screen}/?{LOOKUPS[screen]}=0")
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["x", "\0", "9" * 30])
def test_a_chosen_row_without_a_key_is_refused(ngo: Caller, key: str) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    for screen, action in (
        ("partners/secret", "revoke"),
        ("people/membership", "switch_off"),
        ("people/invitation", "revoke"),
    ):
        answer = browser.post(f"/admin/{screen}/", {"action": action, "_selected_action": [key]})
        assert answer.status_code == 400, screen


def test_a_nul_in_an_address_of_people_is_refused() -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    assert browser.get("/admin/statistics/release/%00/change/").status_code == 400


def test_a_table_of_the_same_name_lets_nobody_be_staff_and_of_a_partner(ngo: Caller) -> None:
    boss = staff("boss")
    with pytest.raises(IntegrityError, match="no staff"), in_front_of("auth_user", "is_staff bool, is_superuser bool"):
        Membership.objects.create(user=boss, partner=ngo.partner, role="READER")
    person = member(ngo.partner).user
    with pytest.raises(IntegrityError, match="no staff"), in_front_of("people_membership", "user_id int"):
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


def test_roles_that_a_superuser_gives_are_written_down_and_passwords_are_given_by_nobody() -> None:
    browser, other = signed_in(staff("boss", is_superuser=True)), staff("other")
    group = Group.objects.get(name="approver")
    assert browser.post(f"/admin/auth/user/{other.pk}/change/", changed(other, groups=[group.pk])).status_code == 302
    event = AuditEvent.objects.get(action="person.roles")
    assert (event.subject, event.detail) == (str(other.pk), {"roles": ["approver"]})
    sent = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert browser.post(f"/admin/auth/user/{other.pk}/password/", sent).status_code == 403
    new = {"username": "alias", "password1": NEW, "password2": NEW}
    assert browser.post("/admin/auth/user/add/", new).status_code == 403
    assert not User.objects.get(pk=other.pk).check_password(NEW)
    assert not User.objects.filter(username="alias").exists()


def test_nobody_gives_an_act_to_a_colleague_by_calling_an_account_by_her_name() -> None:
    boss, colleague = staff("boss", is_superuser=True), staff("colleague", is_superuser=True)
    joined = colleague.date_joined
    for user, name in ((colleague, "gone"), (boss, "colleague")):
        sent = changed(user, username=name, is_superuser="on")
        assert signed_in(boss).post(f"/admin/auth/user/{user.pk}/change/", sent).status_code == 302
    kept = User.objects.get(pk=colleague.pk)
    assert (kept.username, kept.date_joined) == ("colleague", joined)
    assert AuditEvent.objects.filter(action="person.change", subject=str(colleague.pk)).exists()
    assert User.objects.get(pk=boss.pk).username == "boss"


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "//[evil",
        "http://[::1]evil/",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(path: str) -> None:
    user = account("ida")
    browser = signed_in(user)
    for answer in (
        browser.get("/account/login/", {"next": path}),
        browser.post("/account/language/", {"language": "da", "next": path}),
        browser.post("/account/logout/", {"next": path}),
        Browser().post("/account/login/", {"login": "ida", "password": "a-long-enough-password", "next": path}),
    ):
        assert answer.status_code < 500
        assert "evil" not in answer.headers.get("Location", "")


def test_after_signing_in_nobody_is_led_to_another_host_of_the_settings(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    browser = signed_in(account("ida"))
    for path, led in (
        ("http://other.example/", "/account/"),
        ("http://testserver/x", "/account/"),
        ("/account/password/", None),
    ):
        assert browser.get("/account/login/", {"next": path}).headers["Location"] == (led or path)


def test_no_partner_and_no_secret_is_made_by_looking(ngo: Caller) -> None:
    auditor = signed_in(staff("auditor", "auditor"))
    for screen in ("partners/client", "partners/secret", "partners/partner", "people/membership", "people/invitation"):
        assert auditor.get(f"/admin/{screen}/add/").status_code == 403
    before = Partner.objects.count(), Secret.objects.count()
    act(auditor, "/admin/partners/client/", "rotate", ngo.client.pk)
    assert (Partner.objects.count(), Secret.objects.count()) == before


def test_nobody_does_not_act_as_a_command_on_the_server() -> None:
    """To the functions that act, a command is whoever is neither a client nor a user."""
    request = RequestFactory().post("/admin/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        actor(request)
