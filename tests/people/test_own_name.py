"""The name of a person, which others read: asked for with the account, changed by oneself, and nobody else's."""

from __future__ import annotations

import json
import re
from unicodedata import normalize

import pytest
from django.contrib.auth.models import User
from django.db import connection

from cases.windows.models import ReceiptSignature, YearReceipt
from oversight.reporting.receipts import keys
from oversight.reporting.receipts.files import data
from oversight.reporting.receipts.signing import sign
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from partners.people.invitations import invite
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR
from tests.people.test_invitations import PAGE, chosen
from tests.people.visitors import member, signed_in, staff, text, words

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
    assert "Others now read your name as Mette Holm (mette)." in said
    assert "<strong>Mette Holm (mette)</strong>" in said
    manager = signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user)
    assert "Mette Holm (mette)" in text(manager.get("/account/people/"))
    mette.post(NAME, {"full_name": ""})
    assert name_of("mette") == ""
    assert [each.detail for each in AuditEvent.objects.filter(action="person.name")] == [{}, {}]


@pytest.mark.parametrize("name", ["maja", "Maja Lund", "MAJA  LUND", "Maja-Lund.", "MajaIund", "\uff2daja Lund"])
def test_nobody_takes_a_colleague_s_name_nor_user_name(ngo: Caller, mette: Browser, name: str) -> None:
    signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user).post(NAME, {"full_name": "Maja Lund"})
    assert "Somebody else of yours" in text(mette.post(NAME, {"full_name": name}))
    assert name_of("mette") == ""


@pytest.mark.parametrize(
    "name",
    [
        *(f"Maja{mark} Lund" for mark in "\ufe0f\u034f\u3164\u115f\u17b4\u2800\u202e\u0430"),
        *("Maja (maja)", "Maja, Bo", "\u2800", "\u3164", "-", "7"),
    ],
)
def test_a_name_has_letters_of_one_alphabet(mette: Browser, name: str) -> None:
    assert "in letters of one alphabet." in text(mette.post(NAME, {"full_name": name}))
    assert name_of("mette") == ""


@pytest.mark.parametrize("name", ["Søren O'Neill-Åkesson Jr.", "Оксана Шевченко", "محمد علي", "Zoe\u0308"])
def test_names_of_any_alphabet_are_taken(mette: Browser, name: str) -> None:
    mette.post(NAME, {"full_name": name})
    assert name_of("mette") == normalize("NFC", name)


@pytest.mark.parametrize("username", ["majalund", "Maja.Lund", "ma_ja", "maj\u0430", "maja\u3164"])
def test_nobody_comes_with_a_user_name_that_is_heard_as_a_colleague(
    ngo: Caller, other_ngo: Caller, username: str
) -> None:
    signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user).post(NAME, {"full_name": "Maja Lund"})
    token = invite(by=COMMAND, role="READER", partner=ngo.partner)
    assert "Choose another user name." in text(Browser().post(PAGE, chosen(token, username=username)))
    # At another partner, nobody is called so.
    if username.isascii():
        other = invite(by=COMMAND, role="READER", partner=other_ngo.partner)
        assert Browser().post(PAGE, chosen(other, username=username)).status_code == 302


def test_what_is_signed_has_the_user_name_whatever_name_was_given(ngo: Caller, mette: Browser) -> None:
    mette.post(NAME, {"full_name": "Maja Lund"})
    receipt = sign(Membership.objects.get(user__username="mette"), LAST_YEAR)[0]
    signature = keys.sign(receipt)
    mette.post(NAME, {"full_name": "Mette Holm"})
    signer = json.loads(receipt.document)["signed_by"]
    assert signer == {"name": "Maja Lund", "user_name": "mette", "role": "CASEWORKER"}
    assert ["Underskrevet af", "Maja Lund (mette), Sagsbehandler"] in data(receipt, "da")["facts"]
    before = YearReceipt(
        document=receipt.document.replace('"user_name":"mette"', '"none":""'), signed_at=receipt.signed_at
    )
    ReceiptSignature(receipt=before, public_key=signature.public_key)
    assert ["Signed by", "Maja Lund, Caseworker"] in data(before, "en")["facts"]
    assert "Mette Holm (mette)" in text(mette.get(f"/send/year/{LAST_YEAR}/"))


def test_two_who_give_themselves_a_name_at_once_wait_for_each_other(mette: Browser) -> None:
    mette.post(NAME, {"full_name": "Mette Holm"})
    with connection.cursor() as cursor:
        # The test's transaction is open still, and holds what the page's would have held to its end.
        cursor.execute("SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert ("ExclusiveLock",) in cursor.fetchall()


def test_a_person_of_a_partner_that_is_switched_off_learns_no_name_of_staff(ngo: Caller, mette: Browser) -> None:
    staff("approving", "approver")
    signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user)
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    assert "Somebody else of yours" in text(mette.post(NAME, {"full_name": "maja"}))
    mette.post(NAME, {"full_name": "Approving"})
    assert name_of("mette") == "Approving"


def test_who_is_neither_of_a_partner_nor_of_the_staff_gets_no_name() -> None:
    user = staff("leaver", "approver")
    browser = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_staff=False)
    assert browser.post(NAME, {"full_name": "Approving"}).status_code == 403


def test_names_are_not_guessed_one_after_the_other(mette: Browser) -> None:
    answers = [mette.post(NAME, {"full_name": "7"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


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
    assert "<strong>To be signed by: Mette Holm (mette)</strong>" in text(mette.post(f"/send/year/{LAST_YEAR}/sign/"))


def test_who_is_invited_is_told_of_each_role_and_gets_the_least_first(ngo: Caller) -> None:
    page = text(signed_in(member(ngo.partner).user).get("/account/people/"))
    values = [page.index(f'value="{role}"') for role in ("READER", "CASEWORKER", "MANAGER")]
    assert values == sorted(values)
    assert "Sends and changes nothing." in page
    assert "signs the year" in page


@pytest.mark.parametrize(("language", "label"), [("da", "Navn"), ("en", "Name")])
def test_the_centre_s_pages_of_users_show_the_name_beside_the_user_name_and_find_it(
    mette: Browser, language: str, label: str
) -> None:
    mette.post(NAME, {"full_name": "Sørine Holm"})
    auditor = signed_in(staff("auditor", "auditor"))
    headers = {"Accept-Language": language}
    found = auditor.get("/admin/auth/user/?q=sørine", headers=headers)
    table = found.content.decode().partition('id="result_list"')[2]
    assert table.count('class="field-own_name') == 1
    assert "mette" in table and "Sørine Holm" in table and "auditor" not in table.partition("</table>")[0]
    assert label in table.partition("</thead>")[0]
    row = User.objects.get(username="mette")
    page = words(auditor.get(f"/admin/auth/user/{row.pk}/change/", headers=headers))
    assert re.search(rf"{label}:? Sørine Holm", page)
