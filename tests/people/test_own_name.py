"""The name of a person, which others read: asked for with the account, changed by oneself, and nobody else's."""

from __future__ import annotations

import pytest

from partners.audit import COMMAND
from partners.models import AuditEvent
from partners.people.invitations import invite
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR
from tests.people.test_invitations import PAGE, chosen
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
NAME, ACCOUNT = "/account/name/", "/account/"


@pytest.fixture
def mette(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return signed_in(member(ngo.partner, MemberRole.CASEWORKER, "mette").user)


def name_of(username: str) -> str:
    """What a person is called."""
    return str(Membership.objects.get(user__username=username).user.get_full_name())


def test_who_accepts_an_invitation_is_asked_for_a_name_and_told_what_a_password_must_be(ngo: Caller) -> None:
    page = text(Browser().get(PAGE))
    assert "Your name" in page
    assert "At least 12 characters" in page
    token = invite(by=COMMAND, role="READER", partner=ngo.partner)
    assert Browser().post(PAGE, chosen(token, full_name="Ida  Holm")).status_code == 302
    assert name_of("ida") == "Ida Holm"
    assert AuditEvent.objects.get(action="person.name").detail == {}


def test_a_new_password_is_explained_before_it_is_chosen(mette: Browser) -> None:
    assert "At least 12 characters" in text(mette.get("/account/password/"))


def test_an_invitation_stays_open_where_the_name_is_a_colleague_s(ngo: Caller, mette: Browser) -> None:
    mette.post(NAME, {"full_name": "Mette Holm"})
    token = invite(by=COMMAND, role="READER", partner=ngo.partner)
    refused = Browser().post(PAGE, chosen(token, full_name="mette holm"))
    assert "Somebody else of yours has this name." in text(refused)
    assert Browser().post(PAGE, chosen(token)).status_code == 302


def test_one_s_own_name_is_changed_and_taken_back_and_colleagues_read_it(ngo: Caller, mette: Browser) -> None:
    assert "You have not entered your name." in text(mette.get(ACCOUNT))
    said = text(mette.post(NAME, {"full_name": "Mette Holm"}, follow=True))
    assert "Others now read your name as Mette Holm." in said
    assert "Mette Holm</strong> (mette)" in said
    manager = signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user)
    assert "Mette Holm (mette)" in text(manager.get("/account/people/"))
    mette.post(NAME, {"full_name": ""})
    assert name_of("mette") == ""
    assert [each.detail for each in AuditEvent.objects.filter(action="person.name")] == [{}, {}]


@pytest.mark.parametrize("name", ["maja", "Maja Lund", "MAJA  LUND", "Maja\u202e Lund", "\uff2daja Lund"])
def test_nobody_takes_a_colleague_s_name_nor_user_name(ngo: Caller, mette: Browser, name: str) -> None:
    signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user).post(NAME, {"full_name": "Maja Lund"})
    assert "Somebody else of yours" in text(mette.post(NAME, {"full_name": name}))
    assert name_of("mette") == ""


def test_people_of_others_may_be_called_the_same(ngo: Caller, other_ngo: Caller, mette: Browser) -> None:
    signed_in(member(other_ngo.partner, MemberRole.MANAGER, "maja").user).post(NAME, {"full_name": "Maja Lund"})
    mette.post(NAME, {"full_name": "Maja Lund"})
    assert name_of("mette") == "Maja Lund"


def test_staff_tell_each_other_apart_too() -> None:
    staff("approving", "approver")
    assert "Somebody else of yours" in text(
        signed_in(staff("ida", "statistician")).post(NAME, {"full_name": "Approving"})
    )


def test_the_desk_asks_who_can_sign_for_a_name(ngo: Caller, mette: Browser) -> None:
    reader = signed_in(member(ngo.partner, MemberRole.READER, "rolf").user)
    asked = "Enter your name: it stands on what you send and sign."
    assert [asked in text(each.get("/send/")) for each in (mette, reader)] == [True, False]
    mette.post(NAME, {"full_name": "Mette Holm"})
    assert asked not in text(mette.get("/send/"))


def test_the_year_says_before_it_is_signed_in_whose_name_it_is(ngo: Caller, mette: Browser) -> None:
    mette.post(NAME, {"full_name": "Mette Holm"})
    assert "<strong>Mette Holm</strong>" in text(mette.post(f"/send/year/{LAST_YEAR}/sign/"))


def test_who_is_invited_is_told_of_each_role_and_gets_the_least_first(ngo: Caller) -> None:
    page = text(signed_in(member(ngo.partner).user).get("/account/people/"))
    values = [page.index(f'value="{role}"') for role in ("READER", "CASEWORKER", "MANAGER")]
    assert values == sorted(values)
    assert "Sends and changes nothing." in page
    assert "signs the year" in page
