"""Occasions one by one: who is told of what waits and what ends, by role."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.duplicates.models import Duplicate
from cases.intake.models import Batch
from cases.months import COPENHAGEN
from notices import acknowledgements
from oversight.reminders import plan
from oversight.reporting import completion
from oversight.reporting.receipts import signing
from oversight.returns import inquiries
from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.credentials import issue_secret
from partners.kinds import Mode
from partners.mail import sending
from partners.mail.models import Mailing
from partners.models import Client, Partner, Secret
from partners.organisations import names
from partners.roles import STAFF_ROLES, MemberRole
from tests.api.calendars import expect, stopped
from tests.callers import Caller, agree, as_web_server, make_caller
from tests.mail.boxes import give_address
from tests.notices import world as notices
from tests.oversight.returns.world import case_manager, send_back
from tests.people.visitors import member, signed_in, staff
from tests.stats.records import case

pytestmark = pytest.mark.django_db
Box = list[EmailMessage]
MONDAY = "2025-06-02T08:00"


def told(at: Any = None) -> set[tuple[str, str]]:
    """Who would be told which kind."""
    names = dict(User.objects.values_list("pk", "username"))
    return {(names[each.user_id], each.kind) for each in plan.occasions(at or timezone.now())}


def test_a_new_client_is_told_to_managers_on_monday(
    team: dict[MemberRole, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = stopped(monkeypatch)(MONDAY)
    assert told(now) == set()
    Client.objects.update(seen_at=None)
    assert told(now) == {("manager", "digest")}
    assert told(now + timedelta(days=1)) == set()


SUBMITTERS = {("manager", "digest"), ("caseworker", "digest")}


def test_a_returned_referral_is_told_on_monday_until_it_is_answered(
    team: dict[MemberRole, User], ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry = send_back(ngo.referral()[0])
    monday = stopped(monkeypatch)(MONDAY)
    assert told(monday) == SUBMITTERS
    assert told(monday + timedelta(days=1)) == set()
    inquiries.take_back(by=case_manager(), inquiry=inquiry)
    assert told(monday) == set()


def test_a_notice_is_told_at_once_and_on_monday_until_it_is_seen(
    team: dict[MemberRole, User], ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_address(member(make_caller("CENTRE").partner, MemberRole.CASEWORKER, "own").user)
    notice, draft = (notices.create(notices.declare(code=each, forms=[])) for each in ("virus", "other"))
    notices.write(draft)
    assert told() == set()
    notices.make_public(notice, "da", "en")
    at_once = {(who, "notice") for who, _ in SUBMITTERS}
    now = timezone.now()
    monday = now + timedelta(days=-now.astimezone(COPENHAGEN).weekday() % 7)
    assert told(now) >= at_once
    assert {each.key for each in plan.occasions(now)} >= {now.astimezone(COPENHAGEN).date().isoformat()}
    assert told(monday) == at_once | SUBMITTERS
    with as_web_server():
        acknowledgements.see(by=ngo.principal, number=notice.pk)
    assert told(monday) == set()


def test_a_year_that_waits_for_its_signature_is_told_on_monday_until_it_is_signed(
    team: dict[MemberRole, User], ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect(ngo, since=date(2024, 12, 1))
    monday = stopped(monkeypatch)("2025-01-06T08:00")
    completion.declare(by=ngo.principal, month=date(2024, 12, 1))
    assert told(monday) == SUBMITTERS
    signing.sign(team[MemberRole.CASEWORKER].membership, 2024)
    assert told(monday) == set()


def test_an_agreement_that_waits_is_told_on_monday_to_who_may_confirm_it(
    mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = make_caller("NGO", agreed=False)
    Client.objects.update(seen_at=timezone.now())
    for role in MemberRole:
        give_address(member(caller.partner, role, role.lower()).user)
    monday = stopped(monkeypatch)(MONDAY)
    assert told(monday) == {("manager", "digest")}
    agree(caller.partner)
    assert told(monday) == set()


def waiting_file(ngo: Caller, user: User | None, **values: Any) -> Batch:
    """A file whose rows can be stored. The desk checks one before it is sent, and then it has ended without a doubt."""
    now = timezone.now()
    return Batch.objects.create(
        **{"state": "done", "dry_run": user is not None, "waits": True, "finished_at": now, "total": 3, **values},
        partner=ngo.partner,
        client=ngo.client,
        user=user,
        fingerprint="f" * 64,
        handling="lenient",
    )


def told_of_file(minutes: int) -> set[str]:
    """Who would be told of a file so long after now."""
    return {who for who, kind in told(timezone.now() + timedelta(minutes=minutes)) if kind == "delivery"}


@pytest.mark.parametrize("by_desk", [True, False])
def test_a_file_that_waits_is_told_to_who_may_submit_after_an_hour(
    team: dict[MemberRole, User], ngo: Caller, by_desk: bool
) -> None:
    waiting_file(ngo, team[MemberRole.CASEWORKER] if by_desk else None)
    assert told_of_file(50) == set()
    assert told_of_file(70) == {"manager", "caseworker"}
    assert told_of_file(25 * 60) == set(), "its rows are gone after a day"
    Batch.objects.update(waits=False)
    assert told_of_file(70) == set()


def test_nobody_is_told_of_what_a_machine_tries_out_nor_of_a_file_with_nothing_new(
    team: dict[MemberRole, User], ngo: Caller
) -> None:
    waiting_file(ngo, None, state="needs_review", dry_run=True)
    waiting_file(ngo, team[MemberRole.CASEWORKER], unchanged=3)
    assert told_of_file(70) == set()


def test_a_secret_is_told_of_unless_a_newer_one_is_there(team: dict[MemberRole, User], ngo: Caller) -> None:
    now = timezone.now()
    Secret.objects.update(expires_at=now + timedelta(days=29))
    assert told(now) - {("manager", "digest")} == {("manager", "secret_soon")}
    Secret.objects.update(expires_at=now + timedelta(days=6))
    assert told(now) - {("manager", "digest")} == {("manager", "secret_now")}
    issue_secret(by=COMMAND, client=ngo.client)
    assert told(now) - {("manager", "digest")} == set()
    Secret.objects.update(expires_at=now - timedelta(days=1))
    assert told(now) - {("manager", "digest")} == set()


def test_the_twin_s_secret_is_told_to_the_managers_of_the_live_partner(
    team: dict[MemberRole, User], ngo: Caller
) -> None:
    client = names.add_twin(by=COMMAND, partner=ngo.partner)
    assert client is not None
    issue_secret(by=COMMAND, client=client, lifetime=timedelta(days=20))
    Client.objects.update(seen_at=timezone.now())
    assert told() == {("manager", "secret_soon")}


def test_a_partner_in_test_mode_and_one_that_left_are_told_nothing(team: dict[MemberRole, User], ngo: Caller) -> None:
    Secret.objects.update(expires_at=timezone.now() + timedelta(days=5))
    for change in ({"active": False}, {"mode": Mode.TEST}):
        Partner.objects.filter(pk=ngo.partner.pk).update(**change)
        assert told() == set()
        Partner.objects.filter(pk=ngo.partner.pk).update(active=True, mode=Mode.LIVE)
    assert told()


@pytest.mark.parametrize("role", [*STAFF_ROLES, None])
def test_staff_are_told_on_monday_where_something_waits_that_they_may_do(
    role: str | None, ngo: Caller, mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = staff("one", role)
    give_address(user)
    monday = stopped(monkeypatch)(MONDAY)
    assert told(monday) == set()
    first, second = sorted((case(ngo.partner) for _ in range(2)), key=lambda each: each.pk)
    Duplicate.objects.create(case_a=first, case_b=second, reasons=["pattern"], score=1)
    assert told(monday) == ({("one", "staff")} if role == "case_manager" else set())
    Duplicate.objects.all().delete()
    ask_invitation(by=Actor.of(staff("asker", "partner_manager")), role="READER", partner=ngo.partner)
    manages = {("one", "staff")} if role == "partner_manager" else set()
    assert told(monday) == manages
    assert told(monday + timedelta(days=1)) == set()


def test_nobody_is_told_of_the_own_request(ngo: Caller, mail_on: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    user = staff("one", "partner_manager")
    give_address(user)
    ask_invitation(by=Actor.of(user), role="READER", partner=ngo.partner)
    assert told(stopped(monkeypatch)(MONDAY)) == set()


def test_a_mail_that_came_back_is_told_to_who_can_call(
    team: dict[MemberRole, User], mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_address(staff("one", "partner_manager"))
    monday = stopped(monkeypatch)(MONDAY)
    sending.mark(team[MemberRole.READER].pk)
    assert told(monday) == {("one", "staff")}


def command(*words: str) -> list[str]:
    """What the command says."""
    out = io.StringIO()
    call_command("remind", *words, stdout=out)
    return out.getvalue().splitlines()


def test_a_dry_run_says_who_would_be_told_what_and_tells_nobody(team: dict[MemberRole, User], mail_on: Box) -> None:
    ends = timezone.now() + timedelta(days=5)
    Secret.objects.update(expires_at=ends)
    expected = f"manager secret_now {timezone.localtime(ends):%Y-%m-%d} en"
    at = timezone.localtime(ends - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert expected in command("--dry-run")
    assert expected in command("--dry-run", "--at", at)
    assert not Mailing.objects.exists()
    assert [line for line in command() if "sent" in line]
    assert len(mail_on) >= 1
    assert expected not in command("--dry-run")
    assert "partner.example" not in "".join(command("--dry-run"))


def test_the_command_refuses_what_it_cannot_mean(settings: Any, db: None) -> None:
    with pytest.raises(CommandError, match="for --dry-run"):
        command("--at", "2025-01-01T08:00")
    with pytest.raises(CommandError, match="HENVIS_MAIL_FROM"):
        command()


def test_another_screen_does_not_send(team: dict[MemberRole, User]) -> None:
    """Staff look at mail and send none by hand."""
    manager = signed_in(staff("one", "partner_manager"))
    for path in ("mailbox/add/", "mailing/add/"):
        assert manager.get(f"/admin/mail/{path}").status_code == 403
