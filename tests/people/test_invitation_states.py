"""For whom an invitation is, and what became of it: on the page of a partner's manager, and on the staff's."""

from __future__ import annotations

import html
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from partners.audit import COMMAND, Actor
from partners.models import AccessRequest, AuditEvent
from partners.people import invitations
from partners.people.invitations import accept, invite
from partners.people.models import Invitation
from partners.roles import MemberRole
from partners.staff.naming import moment_of
from tests.callers import Browser, Caller
from tests.pages.tables import rows
from tests.people.test_invitations import NEW
from tests.people.visitors import invited_by_two, member, signed_in, staff, text

pytestmark = pytest.mark.django_db
PEOPLE, LIST = "/account/people/", "/admin/people/invitation/"
TOO_LONG = "a" * 81


@pytest.fixture
def manager(ngo: Caller) -> Browser:
    """A manager of the NGO."""
    return signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user)


def lines(manager: Browser) -> list[list[str]]:
    """For whom each invitation on the manager's page is, to which role, and what became of it."""
    table = rows(text(manager.get(PEOPLE)))
    head = table.index(["For whom", "Role", "State", "Made", "Action"])
    return [line[:3] for line in table[head + 1 :]]


def make(ngo: Caller, recipient: str, **changes: datetime) -> tuple[Invitation, str]:
    """An invitation of a manager's, and its token."""
    token = invite(by=Actor.of(member(ngo.partner).user), role="READER", partner=ngo.partner, recipient=recipient)
    row = Invitation.objects.get(recipient=recipient)
    if changes:
        Invitation.objects.filter(pk=row.pk).update(**changes)
        row.refresh_from_db()
    return row, token


def test_a_manager_says_for_whom_and_reads_what_became_of_it(manager: Browser, ngo: Caller) -> None:
    assert "/account/invitation/#" in text(
        manager.post(f"{PEOPLE}invite/", {"role": "READER", "recipient": " Ida \t Holm "})
    )
    opened = Invitation.objects.get()
    assert lines(manager) == [["Ida Holm", "Reader", f"open until {moment_of(opened.expires_at)}"]]
    asked = html.unescape(text(manager.post(f"{PEOPLE}withdraw/", {"row": str(opened.pk)})))
    assert "For whom: Ida Holm" in asked and "Role: Reader" in asked
    manager.sure(f"{PEOPLE}withdraw/", {"row": str(opened.pk)})
    opened.refresh_from_db()
    revoked = f"revoked {moment_of(opened.revoked_at)} by maja"
    assert lines(manager) == [["Ida Holm", "Reader", revoked]]
    assert str(opened.pk) not in text(manager.get(PEOPLE))  # nothing is left to revoke
    used, token = make(ngo, "Bo")
    accept(token=token, username="bo", password=NEW)
    used.refresh_from_db()
    late, _ = make(ngo, "Eva", expires_at=timezone.now() - timedelta(days=2))
    centre, _ = make(ngo, "Pia")
    invitations.revoke(by=Actor.of(staff("office", is_superuser=True)), invitation=centre)
    centre.refresh_from_db()
    assert {name: state for name, _, state in lines(manager)} == {
        "Pia": f"revoked {moment_of(centre.revoked_at)} by the centre",
        "Eva": f"expired {moment_of(late.expires_at)}",
        "–": f"used {moment_of(used.used_at)} by bo",
        "Ida Holm": revoked,
    }


def test_a_manager_does_not_read_what_her_invitation_said_of_her(ngo: Caller) -> None:
    """Not on the page, and not where she asks to revoke it by its number. The centre reads it until it is erased."""
    token = invite(by=COMMAND, role="MANAGER", partner=ngo.partner, recipient="The new one in debt")
    maja = signed_in(accept(token=token, username="maja", password=NEW))
    row = Invitation.objects.get()
    assert lines(maja) == [["–", "Manager", f"used {moment_of(row.used_at)} by maja"]]
    for page in (maja.get(PEOPLE), maja.post(f"{PEOPLE}withdraw/", {"row": str(row.pk)})):
        assert page.status_code == 200 and "in debt" not in text(page)
    assert "in debt" in text(signed_in(staff("office", "partner_manager")).get(LIST))


@pytest.mark.parametrize(
    ("language", "told"), [("da", ("brugt, trukket tilbage eller", "37 dage")), ("en", ("was revoked or", "37 days"))]
)
def test_who_writes_for_whom_it_is_reads_who_sees_it_and_until_when(
    manager: Browser, language: str, told: tuple[str, str]
) -> None:
    asks = {"Accept-Language": language}
    office = signed_in(staff("office", "partner_manager"))
    own, of_staff = (text(who.get(path, headers=asks)) for who, path in ((manager, PEOPLE), (office, f"{LIST}add/")))
    assert told[0] in own and told[1] not in own
    assert all(each in of_staff for each in told)


def test_who_restores_an_account_is_told_whose(manager: Browser, ngo: Caller) -> None:
    other = member(ngo.partner, MemberRole.READER, "rolf")
    manager.sure(f"{PEOPLE}back/", {"row": str(other.pk)})
    colleague = signed_in(member(ngo.partner).user)
    colleague.sure(f"{PEOPLE}back/approve/", {"row": str(AccessRequest.objects.get().pk)})
    [[whom, _, state]] = lines(manager)
    assert whom == "rolf (new password and second factor)" and state.startswith("open until")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        " ",
        TOO_LONG,
        "ida@example.dk",
        "ida\uff20example.dk",
        "010190-1234",
        "+45 12 34 56 78",
        "sag 4 5 6 7",
        "a\u200bb",
        "\ufb03" * 27,  # 81 letters, as it is stored
    ],
)
def test_an_address_or_a_number_says_for_whom_nothing_is(manager: Browser, wrong: str) -> None:
    """What is typed stands there again, with what is wrong."""
    page = text(manager.post(f"{PEOPLE}invite/", {"role": "CASEWORKER", "recipient": wrong}))
    assert 'class="form-error-message"' in page and 'value="CASEWORKER" selected' in page
    assert f'name="next" value="{PEOPLE}"' in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("fine", ["Vagt 2, hus 3", "Ida Holm-Sørensen", "Team 24/7"])
def test_a_name_or_a_function_says_it(manager: Browser, fine: str) -> None:
    assert manager.post(f"{PEOPLE}invite/", {"role": "READER", "recipient": fine}).status_code == 200
    assert Invitation.objects.get().recipient == fine


def test_for_whom_it_is_stands_in_no_audit_and_not_where_it_is_used(manager: Browser) -> None:
    manager.post(f"{PEOPLE}invite/", {"role": "READER", "recipient": "Ida Holm"})
    assert "Ida Holm" not in str(list(AuditEvent.objects.values()))
    assert "Ida Holm" not in text(Browser().get("/account/invitation/"))


def test_thirty_days_after_its_end_for_whom_it_was_is_erased(manager: Browser, ngo: Caller) -> None:
    month_ago = timezone.now() - timedelta(days=30, minutes=1)
    make(ngo, "used", used_at=month_ago)
    make(ngo, "revoked", revoked_at=month_ago)
    make(ngo, "expired", expires_at=month_ago)
    make(ngo, "recent", revoked_at=month_ago + timedelta(hours=1))
    make(ngo, "open")
    call_command("tidy")
    assert sorted(Invitation.objects.values_list("recipient", flat=True)) == ["", "", "", "open", "recent"]
    assert sorted(line[0] for line in lines(manager)) == ["open", "recent"]


def test_for_whom_a_request_was_is_erased_thirty_days_after_it_could_be_approved(ngo: Caller) -> None:
    what = {"act": "INVITATION", "partner": ngo.partner, "role": "READER", "second_code": "0" * 64}
    for recipient, days in (("old", 37), ("recent", 36)):
        asked_at = timezone.now() - timedelta(days=days, minutes=1)
        AccessRequest.objects.create(**what, recipient=recipient, asked_at=asked_at, asked_by=staff(recipient))
    call_command("tidy")
    assert sorted(AccessRequest.objects.values_list("recipient", flat=True)) == ["", "recent"]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessRequest.objects.update(recipient="")


@pytest.mark.parametrize("language", ["da", "en"])
def test_staff_read_what_became_of_each(ngo: Caller, language: str) -> None:
    office, other = (staff(name, "partner_manager") for name in ("office", "other"))
    handed = invited_by_two(office, other, role="READER", partner=ngo.partner)
    accept(username="ida", password=NEW, **handed)
    row, _ = make(ngo, "Eva")
    invitations.revoke(by=Actor.of(other), invitation=row)
    invite(by=COMMAND, role="READER", partner=ngo.partner)
    page = html.unescape(text(signed_in(office).get(LIST, headers={"Accept-Language": language})))
    said = {
        "da": (
            "åben til ",
            "brugt ",
            " af ida",
            "trukket tilbage ",
            " af other",
            "Til hvem",
            "Eva",
        ),
        "en": ("open until ", "used ", " by ida", "revoked ", " by other", "For whom", "Eva"),
    }
    for words in said[language]:
        assert words in page, words


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_of_an_invitation_says_for_whom_it_is_or_which_account_it_restores(ngo: Caller, language: str) -> None:
    office, boss = staff("office", "partner_manager"), staff("boss", is_superuser=True)
    make(ngo, "Eva")
    invite(by=COMMAND, role="READER", partner=ngo.partner, user=member(ngo.partner, MemberRole.READER, "ida").user)
    for row, words in (
        (Invitation.objects.get(user=None), {"da": "Til hvem:</label>", "en": "For whom:</label>"}),
        (Invitation.objects.exclude(user=None).get(), {"da": "Konto, der genåbnes:", "en": "Account to restore:"}),
    ):
        for reader in (office, boss):
            page = text(signed_in(reader).get(f"{LIST}{row.pk}/change/", headers={"Accept-Language": language}))
            assert words[language] in page and ("ida" if row.user else "Eva") in page
            assert "None" not in page
            assert ("Konto, der" in page or "Account to" in page) is (row.user is not None)
