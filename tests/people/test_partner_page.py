"""The page of a partner: what to do next is told from the first day on, and what every room knows of it is one click away."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partners.access.requests import approve_client, ask_client
from partners.audit import Actor
from partners.kinds import Mode
from partners.mail import sending
from partners.models import AccessRequest, Partner, Secret
from partners.organisations import agreements
from partners.people.models import Invitation
from tests.callers import Browser, Caller, make_caller
from tests.cases.windows.world import LAST_YEAR, expected
from tests.mail.boxes import give_address
from tests.partners.organisations.world import begin_life
from tests.people.visitors import member, signed_in, staff, with_app

pytestmark = pytest.mark.django_db
STEPS = re.compile(r'<h2 id="steps">.*?</section>', re.DOTALL)


@pytest.fixture
def office() -> Browser:
    """A partner manager's browser."""
    return signed_in(staff("office", "partner_manager"))


def page_of(browser: Browser, partner: Partner, language: str = "en") -> str:
    """The page of a partner."""
    path = f"/admin/partners/partner/{partner.pk}/change/"
    answer: Any = browser.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def steps(browser: Browser, partner: Partner, language: str = "en") -> str:
    """What its page says to do next; empty where nothing is."""
    found = STEPS.search(page_of(browser, partner, language))
    return found[0] if found else ""


def test_the_first_day_of_a_partner_is_told_step_by_step(office: Browser) -> None:
    colleague = signed_in(staff("colleague", "partner_manager"))
    form = {"name": "Havnehuset", "kind": "NGO", "mode": "LIVE", "active": "on"}
    added = office.post("/admin/partners/partner/add/", form, follow=True)
    partner = Partner.objects.get(name="Havnehuset", mode="LIVE")
    assert added.redirect_chain == [(f"/admin/partners/partner/{partner.pk}/change/", 302)]
    assert "what to do next" in added.content.decode()

    changed = office.post(f"/admin/partners/partner/{partner.pk}/change/", {"active": "on", "umbrella": "Havnen"})
    assert changed.headers["Location"] == f"/admin/partners/partner/{partner.pk}/change/"
    told = steps(office, partner)
    invite = re.search(r'href="(/admin/people/invitation/add/\?[^"]+)"', told)
    assert invite and "has no manager" in told and "confirm the agreement" in told
    assert re.search(rf'value="{partner.pk}" selected', office.get(invite[1]).content.decode())
    office.post("/admin/people/invitation/add/", {"recipient": "Ida", "partner": str(partner.pk), "role": "MANAGER"})
    told = steps(office, partner)
    assert "has no manager" not in told
    assert "It can be approved by colleague." in told
    decide = f"/admin/partners/accessrequest/{AccessRequest.objects.get().pk}/decide/"
    assert decide in told
    colleague.post(decide, {"approve": "1"})
    assert f"/admin/people/invitation/{Invitation.objects.get().pk}/change/" in steps(office, partner)

    manager = member(partner).user
    told = steps(office, partner)
    assert "Invitation" not in told and "choose a second factor" in told
    with_app(manager)
    assert "second factor" not in steps(office, partner)
    agreements.confirm(user=manager, partner=partner, version=agreements.current_of(partner))
    assert steps(office, partner) == ""


@pytest.mark.parametrize("mode", Mode)
def test_a_partner_without_people_is_told_what_to_do_in_the_order_in_which_it_can_be_done(
    office: Browser, mode: Mode
) -> None:
    partner = make_caller("NGO", mode=mode, agreed=False).partner
    Secret.objects.all().delete()
    agreement = ["confirm the agreement"] if mode == Mode.LIVE else []

    def told_in_order(*what: str) -> str:
        told = steps(office, partner)
        places = [told.find(each) for each in what]
        assert -1 not in places and places == sorted(places)
        return told

    # Only a manager makes a secret: without one there is nobody to ask.
    assert "make a secret" not in told_in_order("has no manager", *agreement)
    member(partner)
    told_in_order("choose a second factor", *agreement, "make a secret for the client")


def test_who_may_not_ask_for_a_manager_is_told_who_may(office: Browser, centre: Caller) -> None:
    Secret.objects.all().delete()
    told = steps(office, centre.partner)
    assert "has no manager" in told and "only a superuser can ask" in told
    assert "href" not in told and "make a secret" not in told
    assert "kun en superbruger kan bede om" in steps(office, centre.partner, "da")
    told = steps(signed_in(staff("boss", is_superuser=True)), centre.partner)
    assert f"/admin/people/invitation/add/?partner={centre.partner.pk}&role=MANAGER" in told
    assert "superuser" not in told


def test_a_client_is_followed_from_the_request_to_its_last_secret(office: Browser) -> None:
    partner = make_caller("NGO").partner
    with_app(member(partner).user)
    asker, approver = (Actor.of(staff(name, "partner_manager")) for name in ("asker", "approver"))
    asked = ask_client(by=asker, partner=partner, name="machine")
    page = page_of(office, partner)
    assert "asked for by asker, waits" in page
    assert f"/admin/partners/client/add/?partner={partner.pk}" in page
    approve_client(by=approver, access_request=asked)
    assert "make a secret for the client machine" in steps(office, partner)
    assert "machine: no secret yet" in page_of(office, partner)
    Secret.objects.filter(client__partner=partner).update(expires_at=timezone.now() + timedelta(days=9))
    secret = Secret.objects.get(client__partner=partner)
    assert f"/admin/partners/secret/{secret.pk}/change/" in steps(office, partner)


def test_a_missing_report_is_told_with_the_page_from_which_one_reminds(office: Browser, ngo: Caller) -> None:
    expected(ngo, since=LAST_YEAR, days=0)
    told = steps(office, ngo.partner, "da")
    assert f"/admin/quality/ruletally/{ngo.partner.pk}/period/" in told
    assert "Indberetningen for" in told and "mangler; fristen var" in told
    assert told.count("Send en påmindelse") == 3
    assert re.search(r"Af det sidste års indberetninger mangler \d+ ældre\.", told)
    page = page_of(office, ngo.partner, "da")
    assert f"{LAST_YEAR}: ikke underskrevet" in page
    assert "I de sidste 12 måneder er intet indberettet." in page
    ngo.referral(referred_in=f"{date.today():%Y-%m}")  # noqa: DTZ011 (the month is enough)
    assert "Senest indberettet:" in page_of(office, ngo.partner, "da")


def test_people_whose_mail_comes_back_are_counted_and_not_named(office: Browser, ngo: Caller) -> None:
    for name in ("ida", "bo"):
        person = member(ngo.partner, name=name).user
        with_app(person)
        give_address(person)
        assert "comes back" not in steps(office, ngo.partner)
    sending.mark(person.pk)
    told = steps(office, ngo.partner)
    assert "Mail to one person comes back" in told and "/admin/mail/mailbox/" in told
    assert "Mail til én bruger kommer retur" in steps(office, ngo.partner, "da")


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_section_is_shown_to_whoever_has_its_right(ngo: Caller, language: str) -> None:
    begin_life(ngo.partner)
    titles = {
        "da": {"Klienter", "Brugere", "Aftale", "Fuldmagter", "Frister", "Indberetning", "Kvalitet"},
        "en": {"Clients", "People", "Agreement", "Mandates", "Deadlines", "Reports", "Quality"},
    }[language]
    for role in ("partner_manager", "auditor"):
        page = page_of(signed_in(staff(f"one-{role}", role)), ngo.partner, language)
        assert titles <= set(re.findall(r"<h2>([^<]+)</h2>", page)), role
    # Whoever changes nothing is told of nothing to do, and is offered nothing to add.
    assert not STEPS.search(page)
    assert not re.search(r'href="[^"]*/add/', page.partition('class="partner-sections"')[2])
    manager = page_of(signed_in(staff("another", "partner_manager")), ngo.partner, language)
    assert "/admin/partners/auditevent/" not in manager and "/admin/quality/desklook/" not in manager
    assert "/admin/quality/desklook/?partner__id__exact=" in page


def test_the_row_in_test_mode_and_the_live_one_lead_to_each_other(office: Browser) -> None:
    office.post("/admin/partners/partner/add/", {"name": "Havnehuset", "kind": "NGO", "mode": "LIVE", "active": "on"})
    live, twin = (Partner.objects.get(name="Havnehuset", mode=mode) for mode in ("LIVE", "TEST"))
    assert f"/admin/partners/partner/{twin.pk}/change/" in page_of(office, live)
    assert f"/admin/partners/partner/{live.pk}/change/" in page_of(office, twin)
    # The people of a row that follows the live one are that one's, and one of them makes its secret.
    assert f"/admin/people/invitation/add/?partner={live.pk}&role=MANAGER" in steps(office, twin)
