"""Asking for access: offered is what this person may ask for, before and after it is said who else is needed, in words."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.access.requests import ask_client, ask_invitation
from partners.audit import Actor
from partners.kinds import SCOPE_WORDS, Scope
from partners.models import AccessRequest, AuditEvent
from partners.organisations import successions
from partners.people.models import Invitation
from partners.roles import STAFF_ROLES, MemberRole
from tests.callers import Browser, Caller, make_caller
from tests.people.visitors import member, signed_in, staff

pytestmark = pytest.mark.django_db
REQUESTS, SUCCESSIONS = "/admin/partners/accessrequest/", "/admin/organisations/successionrequest/"
INVITE, CLIENT = "/admin/people/invitation/add/", "/admin/partners/client/add/"
SUCCESSION = "/admin/organisations/successionrequest/add/"


def text_of(browser: Browser, path: str, language: str = "en") -> str:
    """A page."""
    answer: Any = browser.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_partner_manager_is_offered_roles_at_partners_and_no_partner_that_reads_exact_figures(
    ngo: Caller, centre: Caller
) -> None:
    office, boss = signed_in(staff("office", "partner_manager")), signed_in(staff("boss", is_superuser=True))
    page = text_of(office, INVITE)
    offered = set(re.findall(r'<option value="([^"]+)"', page))
    assert {"MANAGER", "CASEWORKER", "READER", str(ngo.partner.pk)} <= offered
    assert not offered & {*STAFF_ROLES, str(centre.partner.pk)}
    assert {*STAFF_ROLES, str(centre.partner.pk)} <= set(re.findall(r'<option value="([^"]+)"', text_of(boss, INVITE)))


@pytest.mark.parametrize("path", [INVITE, CLIENT])
def test_before_one_asks_it_is_said_that_another_must_approve_and_who_that_may_be(path: str) -> None:
    office = signed_in(staff("office", "partner_manager"))
    assert "No other member of staff can approve it yet" in text_of(office, path)
    staff("colleague", "partner_manager")
    staff("gone", "partner_manager", is_active=False)
    staff("looker", "auditor")
    page = text_of(office, path)
    assert "It can be approved by colleague." in page
    assert "waits for seven days" in page
    assert "Det kan godkendes af colleague." in text_of(office, path, "da")
    assert "It can be approved by colleague." in text_of(office, SUCCESSION)
    # One button, which says what it does.
    assert len(re.findall(r'<input type="submit"', page)) == 1
    assert re.search(r'<input type="submit" value="Ask for the (invitation|client)"', page)


def test_after_one_has_asked_it_is_said_where_it_waits_and_for_whom(ngo: Caller) -> None:
    office = signed_in(staff("office", "partner_manager"))
    staff("colleague", "partner_manager")
    form = {"recipient": "Ida Holm", "partner": str(ngo.partner.pk), "role": "READER"}
    asked = office.post(INVITE, form).content.decode()
    assert "It can be approved by colleague." in asked and "?state=waiting" in asked
    assert (
        f'<a href="{REQUESTS}{AccessRequest.objects.get().pk}/decide/">You can withdraw the request here.</a>' in asked
    )
    answer = office.post(CLIENT, {"partner": str(ngo.partner.pk), "name": "machine"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/admin/partners/accessrequest/?state=waiting", 302)]
    assert "Another member of staff must approve the client. It can be approved by colleague." in page
    assert page.count("waits. It can be approved by colleague.") == 2
    client = AccessRequest.objects.get(act="CLIENT")
    assert f'<a href="{REQUESTS}{client.pk}/decide/">You can withdraw the request here.</a>' in page
    assert page.count(">Open the request</a>") == 2 and ">Decide<" not in page


def test_for_whom_an_invitation_is_stands_wherever_two_of_staff_read_of_it(ngo: Caller) -> None:
    """The approver gives the link to a person, and the requester the second code."""
    office, other = (signed_in(staff(name, "partner_manager")) for name in ("office", "other"))
    form = {"recipient": " Ida  Holm ", "partner": str(ngo.partner.pk), "role": "READER"}
    for wrong in ("", "ida@example.dk", "010190-1234", "a" * 81):
        office.post(INVITE, {**form, "recipient": wrong})
    assert not AccessRequest.objects.exists()
    assert "(Ida Holm): <code>" in office.post(INVITE, form).content.decode()
    row = f"{REQUESTS}{AccessRequest.objects.get().pk}/"
    for path in (REQUESTS, f"{row}change/", f"{row}decide/"):
        assert "Ida Holm" in text_of(other, path), path
    handed = html.unescape(other.post(f"{row}decide/", {"approve": "1"}).content.decode())
    assert "Reader (Ida Holm): <code>http" in handed and "in the way in which you asked the partner." in handed
    assert Invitation.objects.get().recipient == "Ida Holm"
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert f"{ngo.partner} Reader (Ida Holm)" in text_of(office, "/admin/")
    assert "Ida Holm" in text_of(office, "/admin/people/invitation/")
    assert "Ida" not in str(list(AuditEvent.objects.values()))


def test_whoever_hands_over_the_link_reads_whose_account_it_restores_and_of_staff_no_word_of_a_partner(
    ngo: Caller,
) -> None:
    one, two = (staff(name, "auditor", is_superuser=True) for name in ("one", "two"))
    ida = member(ngo.partner, MemberRole.READER, "ida").user
    of_partner, _ = ask_invitation(by=Actor.of(one), role="READER", partner=ngo.partner, user=ida)
    of_staff, _ = ask_invitation(by=Actor.of(one), role="auditor", recipient="Bo")
    for asked, whom in ((of_partner, "ida"), (of_staff, "Bo")):
        answer = signed_in(two).post(f"{REQUESTS}{asked.pk}/decide/", {"approve": "1"}).content.decode()
        assert f"({whom}): <code>http" in answer
        assert ("you asked the partner" in answer) is (asked == of_partner)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert f"{ngo.partner} Reader (ida)" in text_of(signed_in(two), "/admin/")


@pytest.mark.parametrize("language", ["da", "en"])
def test_requests_say_in_words_what_a_client_may_do(ngo: Caller, language: str) -> None:
    asked = ask_client(by=Actor.of(staff("office", "partner_manager")), partner=ngo.partner, name="machine")
    other = signed_in(staff("other", "partner_manager"))
    for page in ("change", "decide"):
        shown = text_of(other, f"/admin/partners/accessrequest/{asked.pk}/{page}/", language)
        assert SCOPE_WORDS[Scope.REFERRALS_WRITE](language) in shown
        assert "referrals:write" not in shown


def test_whoever_may_not_approve_is_offered_no_button(ngo: Caller) -> None:
    office = staff("office", "partner_manager")
    asked, _ = ask_invitation(by=Actor.of(office), role="READER", partner=ngo.partner)
    path = f"/admin/partners/accessrequest/{asked.pk}/decide/"
    staff("colleague", "partner_manager")
    looker = text_of(signed_in(staff("looker", "auditor")), path)
    assert 'type="submit" name' not in looker and "It can be approved by colleague." in looker
    own = text_of(signed_in(office), path)
    assert 'name="refuse"' in own and 'name="approve"' not in own


def statements(browser: Browser, path: str) -> int:
    """How many statements a list takes."""
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_a_list_of_requests_asks_once_who_may_approve_however_many_wait(
    ngo: Caller, other_ngo: Caller, police: Caller, centre: Caller
) -> None:
    """Requests of one right: those for clients, and those for people."""
    asker, other = staff("asker", "partner_manager"), staff("other", "partner_manager")
    third, boss = staff("third", "partner_manager"), staff("boss", is_superuser=True)
    browser, by = signed_in(staff("reader", "auditor")), Actor.of(asker)

    def ask(caller: Caller, other_caller: Caller) -> None:
        ask_client(by=by, partner=caller.partner, name="machine")
        ask_invitation(by=by, role="READER", partner=caller.partner)
        successions.ask(by=by, old=caller.partner, new=other_caller.partner, since=timezone.localdate())

    ask(ngo, other_ngo)
    before = [statements(browser, path) for path in (REQUESTS, SUCCESSIONS)]
    ask_client(by=Actor.of(other), partner=police.partner, name="machine")
    ask_client(by=Actor.of(boss), partner=centre.partner, name="machine")
    ask_invitation(by=Actor.of(third), role="READER", partner=other_ngo.partner)
    successions.ask(
        by=Actor.of(other), old=make_caller("NGO").partner, new=other_ngo.partner, since=timezone.localdate()
    )
    assert [statements(browser, path) for path in (REQUESTS, SUCCESSIONS)] == before
    page = text_of(browser, REQUESTS)
    assert page.count("It can be approved by boss, other, third.") == 2
    assert "It can be approved by asker, boss, third." in page and "It can be approved by asker, boss, other." in page
    # Of the centre's clients only superusers decide, and nobody on what was the own wish.
    assert "No other member of staff can approve it yet" in page
    page = text_of(browser, SUCCESSIONS)
    assert "It can be approved by boss, other, third." in page and "It can be approved by asker, boss, third." in page
