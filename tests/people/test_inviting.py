"""Who invites whom: two of staff on their pages, and a command on the server."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.models import AccessRequest, AuditEvent
from partners.people.invitations import InvitationRefused, accept, invite
from partners.people.models import Invitation, Membership
from partners.roles import STAFF_ROLES, SUPERUSER, MemberRole
from tests.callers import Browser, Caller
from tests.people.test_invitations import NEW, PAGE, chosen
from tests.people.visitors import invited_by_two, member, signed_in, staff

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"hv_invite_[0-9a-f]{64}")


def test_who_may_invite_whom(ngo: Caller, other_ngo: Caller) -> None:
    boss, other = (staff(name, is_superuser=True) for name in ("boss", "other"))
    office, colleague, auditor = (
        staff("office", "partner_manager"),
        staff("colleague", "partner_manager"),
        staff("aud", "auditor"),
    )
    manager, caseworker = member(ngo.partner), member(ngo.partner, MemberRole.CASEWORKER)
    stranger = member(other_ngo.partner, MemberRole.READER)
    of_ngo, of_other, of_staff = {"partner": ngo.partner}, {"partner": other_ngo.partner}, {"partner": None}
    of_two: tuple[tuple[User, User, dict[str, Any]], ...] = (
        (boss, other, {"role": "auditor", **of_staff}),
        (boss, other, {"role": SUPERUSER, **of_staff}),
        (boss, office, {"role": "READER", **of_ngo}),
        (boss, other, {"role": "auditor", "user": auditor, **of_staff}),
        (office, boss, {"role": "MANAGER", **of_ngo}),
        (office, colleague, {"role": "READER", "user": stranger.user, **of_other}),
    )
    for asker, approver, what in of_two:
        assert invited_by_two(asker, approver, **what)
        with pytest.raises(InvitationRefused):
            invite(by=Actor.of(asker), **what)
    allowed: tuple[tuple[User, dict[str, Any]], ...] = ((manager.user, {"role": "MANAGER", **of_ngo}),)
    for who, what in allowed:
        assert invite(by=Actor.of(who), **what)
    refused: tuple[tuple[User, dict[str, Any]], ...] = (
        (office, {"role": "auditor", **of_staff}),
        (office, {"role": SUPERUSER, **of_staff}),
        (office, {"role": SUPERUSER, "user": boss, **of_staff}),
        (office, {"role": "auditor", "user": auditor, **of_staff}),
        (auditor, {"role": "READER", **of_ngo}),
        (manager.user, {"role": "READER", **of_other}),
        (manager.user, {"role": "auditor", **of_staff}),
        (manager.user, {"role": "READER", "user": stranger.user, **of_other}),
        (manager.user, {"role": "READER", "user": stranger.user, **of_ngo}),
        (manager.user, {"role": SUPERUSER, "user": boss, **of_staff}),
        (caseworker.user, {"role": "READER", **of_ngo}),
        (boss, {"role": "none", **of_staff}),
    )
    for who, what in refused:
        for make in (invite, ask_invitation):
            with pytest.raises(InvitationRefused):
                make(by=Actor.of(who), **what)
    User.objects.filter(pk=office.pk).update(is_active=False)
    with pytest.raises(InvitationRefused):
        ask_invitation(by=Actor.of(office), role="READER", partner=ngo.partner)


def test_without_the_groups_no_staff_are_invited() -> None:
    Group.objects.all().delete()
    with pytest.raises(InvitationRefused, match="roles sync"):
        invite(by=COMMAND, role="auditor")


def codes(page: str) -> list[str]:
    """The second codes of a page."""
    return re.findall(r"<code>([0-9a-f]{16})</code>", page)


def approved(browser: Browser, asked: AccessRequest) -> str:
    """The page after somebody has approved."""
    page = f"/admin/partners/accessrequest/{asked.pk}/decide/"
    assert "Approve" in browser.get(page).content.decode()
    return str(browser.post(page, {"approve": "1"}, follow=True).content.decode())


def test_a_colleague_who_may_not_approve_may_refuse(centre: Caller) -> None:
    """Exact figures are a superuser's to approve. A partner manager refuses them, and is shown the button that does it."""
    boss, office = staff("boss", is_superuser=True), signed_in(staff("office", "partner_manager"))
    asked, _ = ask_invitation(by=Actor.of(boss), role="READER", partner=centre.partner)
    page = f"/admin/partners/accessrequest/{asked.pk}/decide/"
    shown = office.get(page).content.decode()
    assert 'name="refuse"' in shown and 'name="approve"' not in shown
    assert "Refused." in office.post(page, {"refuse": "1"}, follow=True).content.decode()
    of_staff, _ = ask_invitation(by=Actor.of(boss), role="auditor")
    assert 'name="refuse"' not in office.get(f"/admin/partners/accessrequest/{of_staff.pk}/decide/").content.decode()


def test_two_of_staff_invite_in_the_admin_and_each_is_shown_a_half_once(ngo: Caller) -> None:
    browser, other = (signed_in(staff(name, "partner_manager")) for name in ("office", "other"))
    add = "/admin/people/invitation/add/"
    answer = browser.post(add, {"recipient": "Ida", "partner": str(ngo.partner.pk), "role": "MANAGER"})
    [second] = codes(answer.content.decode())
    assert "no-store" in answer.headers["Cache-Control"]
    assert not TOKEN.search(answer.content.decode())
    assert "waits for your approval" in other.get("/admin/").content.decode()
    assert "waits for your approval" not in browser.get("/admin/").content.decode()
    page = approved(other, AccessRequest.objects.get())
    found = re.search(r"http://testserver/account/invitation/#(hv_invite_[0-9a-f]{64})", page)
    assert found
    assert not codes(page)
    assert "waits for your approval" not in other.get("/admin/").content.decode()
    row = f"people/invitation/{Invitation.objects.get().pk}/change/"
    for path in ("people/invitation/", row, "partners/accessrequest/"):
        for shown in (browser, other):
            answer = shown.get(f"/admin/{path}")
            assert answer.status_code == 200
            assert not TOKEN.search(answer.content.decode())
            assert second not in answer.content.decode()
    for wrong in ("", "0" * 16):
        refused = Browser().post(PAGE, chosen(found[1], second=wrong)).content.decode()
        assert 'role="alert">This invitation cannot be used.' in refused and "both codes must be right" in refused
    assert Browser().post(PAGE, chosen(found[1], second=second)).headers["Location"] == "/account/setup/"
    assert Membership.objects.get().role == "MANAGER"


def test_a_form_that_is_wrong_asks_for_nothing_and_an_approved_invitation_is_revoked(ngo: Caller) -> None:
    office, other = (staff(name, "partner_manager") for name in ("office", "other"))
    browser, add = signed_in(office), "/admin/people/invitation/add/"
    for wrong in ({"role": "MANAGER"}, {"role": "auditor"}, {"partner": str(ngo.partner.pk), "role": "auditor"}):
        assert browser.post(add, {"recipient": "Ida", **wrong}).status_code == 200
    assert not AccessRequest.objects.exists()
    handed = invited_by_two(office, other, role="READER", partner=ngo.partner)
    act = {"action": "revoke", "_selected_action": [str(Invitation.objects.get().pk)]}
    browser.sure("/admin/people/invitation/", act)
    with pytest.raises(InvitationRefused):
        accept(username="ida", password=NEW, **handed)
    assert AuditEvent.objects.filter(action="invitation.revoke").count() == 1


def test_the_admin_switches_people_off_and_two_bring_them_back(ngo: Caller) -> None:
    person = member(ngo.partner, MemberRole.READER)
    path = "/admin/people/membership/"
    chosen_row = {"_selected_action": [str(person.pk)]}
    auditor = signed_in(staff("aud", "auditor"))
    auditor.sure(path, {"action": "switch_off", **chosen_row})
    assert User.objects.get(pk=person.user_id).is_active
    browser = signed_in(staff("office", "partner_manager"))
    for action, active in (("switch_off", False), ("switch_on", True)):
        assert browser.sure(path, {"action": action, **chosen_row}).status_code == 302
        assert User.objects.get(pk=person.user_id).is_active is active
    [second] = codes(browser.sure(path, {"action": "bring_back", **chosen_row}).content.decode())
    found = TOKEN.search(approved(signed_in(staff("other", "partner_manager")), AccessRequest.objects.get()))
    assert found
    assert accept(token=found[0], second=second, username="", password=NEW).pk == person.user_id


def test_the_command_invites_the_first_superuser(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", "--superuser", "--base-url", "https://henvis.example")
    said = capsys.readouterr().out
    found = TOKEN.search(said)
    assert found
    assert f"https://henvis.example/account/invitation/#{found[0]}" in said
    browser = Browser()
    browser.post(PAGE, chosen(found[0], "boss"))
    assert browser.get("/admin/").headers["Location"] == "/account/setup/"
    assert User.objects.get().is_superuser


def test_the_command_invites_to_every_role_and_brings_back(ngo: Caller, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("roles", "sync")
    for role in STAFF_ROLES:
        call_command("invite", "--role", role)
    for role in MemberRole:
        call_command("invite", "--role", role, "--partner", ngo.partner.name)
    person = member(ngo.partner, MemberRole.READER, "ida")
    call_command("invite", "--user", "ida")
    assert Invitation.objects.filter(user=person.user, partner=ngo.partner, role="READER").count() == 1
    staff("norole")
    call_command("invite", "--user", "norole")
    assert len(TOKEN.findall(capsys.readouterr().out)) == len(STAFF_ROLES) + len(MemberRole) + 2
    for wrong in (
        ["--role", "READER"],
        ["--role", "auditor", "--partner", ngo.partner.name],
        ["--role", "READER", "--partner", "No such one"],
        ["--user", "nobody"],
    ):
        with pytest.raises(CommandError):
            call_command("invite", *wrong)


def test_a_role_without_its_group_is_an_error_of_the_command() -> None:
    Group.objects.all().delete()
    with pytest.raises(CommandError, match="roles sync"):
        call_command("invite", "--role", "auditor")
