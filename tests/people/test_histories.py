"""The history of a row is what the audit has of it, in the reader's language, on every screen."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry

from partners import audit
from partners.audit import COMMAND, Actor
from partners.staff import links
from partners.staff.subjects import history_of
from tests.callers import Browser, Caller
from tests.oversight.returns.world import send_back
from tests.people.own_pages import address
from tests.people.staff_pages import SCREENS, every_page, row
from tests.people.test_auditor import LANGUAGES, page
from tests.people.test_words_of_pages import FOREIGN, NAMES, texts
from tests.people.visitors import member, signed_in, staff

pytestmark = pytest.mark.django_db


@LANGUAGES
def test_every_history_is_in_the_reader_s_language(ngo: Caller, language: str) -> None:
    every_page(ngo.partner)
    boss = signed_in(staff("boss", is_superuser=True))
    told = 0
    for label in SCREENS:
        stored = row(label)
        if stored is None:
            continue
        shown = page(boss, address(label, f"{stored.pk}/history/"), language)
        says = texts(shown)
        told += len(re.findall(r'<tr><th scope="row">', shown))
        assert f"<h1>{'Historik' if language == 'da' else 'History'}: " in shown, label
        assert [each for each in says if FOREIGN[language].search(NAMES.sub("", each))] == [], label
        assert ("<table" in shown.partition('id="content"')[2]) == history_of(stored).exists(), label
    assert told > 5


@LANGUAGES
def test_a_change_of_a_partner_is_in_its_history_and_who_looked_at_it_is_not(ngo: Caller, language: str) -> None:
    office = staff("office", "partner_manager")
    browser, path = signed_in(office), address("partners.partner", f"{ngo.partner.pk}/")
    form = {
        "active": "on",
        "reporting": "MONTHLY",
        "report_due_days": "20",
        "reporting_since": "2026-01-01",
        "umbrella": "Umbrella",
    }
    assert browser.post(f"{path}change/", form).status_code == 302
    audit.record(by=Actor.of(staff("looker")), action="desk.look", subject=str(ngo.partner.pk), page="feedback")
    audit.record(by=COMMAND, action="partner.rename", subject=str(ngo.partner.pk), in_force=True)
    assert ("Historik" if language == "da" else "History") in page(browser, f"{path}change/", language)
    shown = page(browser, f"{path}history/", language)
    assert "office" in shown and "looker" not in shown
    if language == "da":
        wanted = ("Partner ændret", "paraplyorganisation: Umbrella", "en kommando på serveren", "Partner omdøbt")
    else:
        wanted = ("Partner changed", "umbrella organisation: Umbrella", "a command on the server", "Partner renamed")
    assert [each for each in wanted if each not in shown] == []
    # One history, and no second one beside it.
    assert not LogEntry.objects.exists()


def test_a_row_of_which_the_audit_says_nothing_leads_to_no_history(ngo: Caller, boss: Browser) -> None:
    path = address("people.membership", f"{member(ngo.partner).pk}/")
    assert "historylink" not in page(boss, f"{path}change/")
    assert "The audit says nothing" in page(boss, f"{path}history/")
    path = address("partners.client", f"{ngo.client.pk}/")
    audit.record(by=COMMAND, action="secret.revoke", subject=ngo.client.client_id)
    assert "historylink" in page(boss, f"{path}change/")
    assert "Secret revoked" in page(boss, f"{path}history/")


def test_a_long_history_ends_and_says_so(ngo: Caller, boss: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_EVENTS", 2)
    for version in range(3):
        audit.record(by=COMMAND, action="agreement.confirm", subject=str(ngo.partner.pk), version=version)
    shown = page(boss, address("partners.partner", f"{ngo.partner.pk}/history/"))
    assert shown.count("Agreement confirmed") == 2 and "Earlier ones are in the audit" in shown


def test_who_answered_at_a_partner_is_not_told_on_the_page_of_a_return(ngo: Caller) -> None:
    inquiry = send_back(ngo.referral()[0])
    audit.record(
        by=Actor.of(member(ngo.partner, name="answerer").user), action="return.answer", subject=str(inquiry.pk)
    )
    looker = signed_in(staff("looker", "case_manager"))
    path = address("returns.return", f"{inquiry.pk}/")
    assert "answerer" not in page(looker, f"{path}change/") + page(looker, f"{path}history/")
