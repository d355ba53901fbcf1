"""The home of the desk, and *nothing to report*."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from cases.months import later, month_id, month_words, this_month, today
from cases.services.periods import CountPeriod
from cases.services.shapes import CountPeriodKind
from oversight.reporting.models import MonthCompletion
from partners.audit import COMMAND, Actor
from partners.credentials import add_client
from partners.models import AuditEvent, Partner
from partners.organisations import mandates
from partners.people.invitations import invite
from partners.people.partner_clients import see_client, unseen_clients
from partners.roles import MemberRole
from tests.callers import Browser, Caller, make_caller
from tests.notices import world
from tests.oversight.returns.world import send_back
from tests.pages.desk.conftest import at
from tests.people.visitors import account, code, member, password, signed_in, staff, strict, text, with_app

pytestmark = pytest.mark.django_db

LAST = month_id(later(this_month(), -1))
COMPLETE, NOTHING = f"/send/complete/{LAST}/", {"referrals": "0"}


@pytest.fixture
def agreed_by_nobody(db: None) -> Caller:
    """An NGO that has confirmed no agreement."""
    return make_caller("NGO", agreed=False)


@pytest.mark.parametrize(("language", "words"), [("da", "hvornår I skal indberette"), ("en", "when to report")])
def test_the_home_shows_what_is_expected_in_the_reader_s_language(
    caseworker: Browser, language: str, words: str
) -> None:
    caseworker.post("/account/language/", {"language": language, "next": "/send/"})
    answer = caseworker.get("/send/")
    strict(answer)
    page = text(answer)
    assert f'<html lang="{language}">' in page
    assert words in page
    assert month_words(later(this_month(), -1), language) in page
    assert "no-store" in answer["Cache-Control"]


def test_test_mode_is_an_address_of_its_own_and_expects_nothing(caseworker: Browser, shelter: Partner) -> None:
    Partner.objects.filter(twin_of=shelter).update(reporting="MONTHLY", reporting_since=later(this_month(), -3))
    page = text(caseworker.get("/send/test/"))
    assert "never counted" in page
    assert month_words(later(this_month(), -1), "en") not in page and "Deadlines" not in page
    assert re.search(r'<span class="modes"><a href="/send/">Real referrals</a> <strong[^>]*>Test mode</strong>', page)


def test_a_partner_without_a_twin_has_no_test_mode(shelter: Partner) -> None:
    Partner.objects.filter(twin_of=shelter).update(active=False)
    browser = at(shelter, MemberRole.CASEWORKER)
    assert browser.get("/send/test/").status_code == 404
    assert "/send/test/" not in text(browser.get("/send/"))


def test_all_deadlines_are_one_list_and_the_next_one_is_bold(caseworker: Browser) -> None:
    """A week of a crisis is due within ten days, this month's referrals in a fortnight at the earliest, and the year after it."""
    world.declare(started_on=today(), declared_at=timezone.now())
    page = text(caseworker.get("/send/"))
    with override("en"):
        days = {date_format(day, "DATE_FORMAT"): day for day in (today() + timedelta(days=n) for n in range(500))}
    listed = page.partition('<ul aria-labelledby="deadlines">')[2].partition("</ul>")[0]
    found = re.findall(r"<li>(<strong>)?([^:]+): <a href=\"[^\"]+\">([^<]+)", listed)
    assert [bool(bold) for bold, _, _ in found] == [True, *[False] * (len(found) - 1)]
    due = [(days[day], words) for _, day, words in found]
    assert [day for day, _ in due] == sorted(day for day, _ in due)
    week = CountPeriod.holding(CountPeriodKind.WEEK, today())
    month, after = month_words(this_month(), "en"), later(this_month(), 1) + timedelta(days=13)
    assert (week.last + timedelta(days=3), f"The situation in a crisis, {week.words('en')}") in due
    assert (after, f"Referrals, {month}") in due
    assert (date(today().year + 1, 1, 14), f"Sign the year {today().year}") in due


def test_nothing_to_report_is_asked_about_and_stored_once(caseworker: Browser, shelter: Partner) -> None:
    asked = caseworker.post(COMPLETE, NOTHING)
    assert "Is there nothing to report?" in text(asked)
    assert not MonthCompletion.objects.exists()
    for _ in range(2):
        assert caseworker.sure(COMPLETE, NOTHING)["Location"] == "/send/"
    nil = MonthCompletion.objects.get()
    assert (nil.partner, nil.client.is_desk, month_id(nil.month)) == (shelter, True, LAST)
    event = AuditEvent.objects.filter(action="report.complete").earliest("at")
    assert event.user is not None
    assert event.user.username == "mette"
    assert "You have reported that there was nothing." in text(caseworker.get("/send/"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_that_was_all_is_asked_about_with_the_number_that_stands(ngo: Caller, language: str) -> None:
    words = {
        "da": ("Begyndt, ikke meldt færdig", "Det var alt", "Var det alt?", "Henvisninger: 2", "Modtaget"),
        "en": ("Begun, not complete", "That was all", "Was that all?", "Referrals: 2", "Received"),
    }[language]
    since = later(this_month(), -1)
    Partner.objects.filter(pk=ngo.partner.pk).update(reporting="MONTHLY", reporting_since=since, report_due_days=60)
    for _ in range(2):
        ngo.referral(referred_in=LAST)
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    browser.post("/account/language/", {"language": language, "next": "/send/"})
    home = browser.get("/send/")
    strict(home)
    assert words[0] in text(home) and words[1] in text(home)
    assert '<input type="hidden" name="referrals" value="2">' in text(home)
    question = browser.post(COMPLETE, {"referrals": "2"})
    strict(question)
    assert words[2] in text(question) and words[3] in text(question)
    assert not MonthCompletion.objects.exists()
    assert browser.sure(COMPLETE, {"referrals": "2"})["Location"] == "/send/"
    assert MonthCompletion.objects.get().client.is_desk
    page = text(browser.get("/send/"))
    assert words[4] in page and words[0] not in page and f'action="{COMPLETE}"' not in page


@pytest.mark.parametrize("number", ["0", "2", "", "x"])
def test_a_period_is_not_complete_where_another_number_stands_than_was_seen(ngo: Caller, number: str) -> None:
    Partner.objects.filter(pk=ngo.partner.pk).update(reporting="MONTHLY", reporting_since=later(this_month(), -3))
    ngo.referral(referred_in=LAST)
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    assert browser.sure(COMPLETE, {"referrals": number}).status_code == 409
    assert not MonthCompletion.objects.exists()


def test_a_reader_reports_nothing_and_a_stranger_sees_nothing(reader: Browser, shelter: Partner) -> None:
    assert reader.sure(COMPLETE, NOTHING).status_code == 403
    assert f'action="{COMPLETE}"' not in text(reader.get("/send/"))
    for other in (staff("boss", is_superuser=True), account("nobody")):
        assert signed_in(other).get("/send/").status_code == 403
    Partner.objects.filter(pk=shelter.pk).update(active=False)
    assert reader.get("/send/").status_code == 403
    assert Browser().get("/send/")["Location"].startswith("/account/login/")
    assert not MonthCompletion.objects.exists()


@pytest.mark.parametrize("period", ["2019-01", "x", "2026-13"])
def test_only_expected_periods_are_reported(caseworker: Browser, period: str) -> None:
    assert caseworker.sure(f"/send/complete/{period}/", NOTHING).status_code == 404


def test_the_calendar_has_a_column_of_acts_where_there_are_some(
    caseworker: Browser, reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = 'data-name="Action"'
    assert column in text(caseworker.get("/send/")) and column not in text(reader.get("/send/"))
    monkeypatch.setattr("pages.desk.home.may_be_completed", lambda _: False)
    assert column not in text(caseworker.get("/send/"))


def test_a_manager_sees_keys_and_people(manager: Browser, caseworker: Browser, ngo: Caller, shelter: Partner) -> None:
    assert "API access" in text(manager.get("/send/"))
    assert "API access" not in text(caseworker.get("/send/"))
    for words in ("1 open invitation<", "2 open invitations<"):
        invite(by=COMMAND, role="READER", partner=shelter)
        assert words in text(manager.get("/send/"))
    mine: Any = at(ngo.partner, MemberRole.MANAGER)
    assert f"…{ngo.secret[-4:]}" in text(mine.get("/send/"))


def test_a_client_that_nobody_here_knows_is_told_to_who_manages_clients(
    manager: Browser, caseworker: Browser, shelter: Partner
) -> None:
    add_client(by=COMMAND, partner=shelter)
    assert "Check that you know them" in text(manager.get("/send/"))
    assert "Check that you know them" not in text(caseworker.get("/send/"))
    for client in unseen_clients(shelter):
        see_client(by=COMMAND, client=client)
    assert "Check that you know them" not in text(manager.get("/send/"))


def test_who_may_not_confirm_the_agreement_is_told_who_does(agreed_by_nobody: Caller) -> None:
    for role, words in ((MemberRole.MANAGER, "Confirm the data-protection"), (MemberRole.CASEWORKER, "A manager must")):
        assert words in text(at(agreed_by_nobody.partner, role).get("/send/"))


def test_who_signs_in_lands_where_the_work_is(shelter: Partner) -> None:
    for person, place in ((member(shelter).user, "/send/"), (staff("boss", is_superuser=True), "/account/")):
        secret, browser = with_app(person), Browser()
        password(browser, person.username)
        assert browser.post("/account/login/factor/", {"code": code(secret)})["Location"] == place


def test_a_mandate_that_is_offered_waits_for_a_manager(manager: Browser, caseworker: Browser, shelter: Partner) -> None:
    giver = member(make_caller("NGO").partner)
    offered = mandates.give(by=Actor.of(giver.user), giver=giver.partner, taker=shelter, since=timezone.localdate())
    words = "Another organisation gives you a mandate."
    assert words in text(manager.get("/send/"))
    assert words not in text(caseworker.get("/send/"))
    mandates.accept(by=Actor.of(User.objects.get(username="maja")), mandate=offered)
    assert words not in text(manager.get("/send/"))


def test_what_has_a_deadline_stands_before_what_can_wait(ngo: Caller) -> None:
    send_back(ngo.referral()[0])
    add_client(by=COMMAND, partner=ngo.partner)
    page = text(at(ngo.partner, MemberRole.MANAGER).get("/send/"))
    assert 0 < page.index("1 referral is returned to you") < page.index("Check that you know them")


@pytest.mark.parametrize("page", ["/send/", "/send/test/", "/account/"])
def test_the_head_leads_home_and_folds_its_menu(caseworker: Browser, page: str) -> None:
    shown = text(caseworker.get(page))
    home = page if page.startswith("/send/") else "/send/"
    assert f'class="brand" href="{home}"' in shown
    inside, _, _ = shown.partition('<details class="menu-fold">')[2].partition("</nav>")
    assert 'href="/account/logout/"' in inside


def test_the_account_does_not_repeat_the_menu(manager: Browser) -> None:
    _, _, main = text(manager.get("/account/")).partition("<main")
    for page in ("secrets", "people", "reads", "agreement", "mandates"):
        assert f'href="/account/{page}/"' not in main
