"""Reads of records by partner and user, how many records they are together, and as a file; and all events about one thing."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest

from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.people.test_audit_lists import lines
from tests.people.test_auditor import EVENTS, LANGUAGES, auditor, page, rows
from tests.people.visitors import member, signed_in, staff

pytestmark = pytest.mark.django_db
__all__ = ["auditor"]
READS = "/admin/partners/recordread/"


@LANGUAGES
def test_what_a_person_of_a_partner_has_read_is_one_click_from_the_account(
    auditor: Browser, ngo: Caller, other_ngo: Caller, language: str
) -> None:
    mette, other = (member(ngo.partner, MemberRole.READER, name).user for name in ("mette", "other"))
    for user, number in ((mette, 3), (mette, 4), (other, 50)):
        audit.read(client_id=ngo.client.pk, operation="listReferrals", rows=number, user_id=user.pk)
    audit.read(client_id=other_ngo.client.pk, operation="listReferrals", rows=600)
    account = page(auditor, f"/admin/auth/user/{mette.pk}/change/", language)
    way = f"{READS}?who={mette.pk}"
    words = "Hvilke oplysninger personen har læst" if language == "da" else "Which records the person has read"
    assert f'<a href="{way}">{words}</a>' in account
    total = "Antal oplysninger i alt:" if language == "da" else "Records in all:"
    shown = page(auditor, way, language)
    assert "mette" in rows(shown) and "other" not in rows(shown) and f"<p>{total} 7</p>" in shown
    assert f"<p>{total} 57</p>" in page(auditor, f"{READS}?partner={ngo.partner.pk}", language)
    # Both are chosen from the list itself.
    listed = page(auditor, READS, language)
    assert f"?who={mette.pk}" in listed and f"?partner={ngo.partner.pk}" in listed and total not in listed


def test_what_a_member_of_staff_has_looked_at_is_one_click_from_the_account(auditor: Browser) -> None:
    ida = staff("ida", "case_manager")
    for action in ("case.view", "case.merge"):
        audit.record(by=Actor.of(ida), action=action, subject=str(uuid4()))
    account = page(auditor, f"/admin/auth/user/{ida.pk}/change/")
    way = re.search(r'<a href="([^"]+)">Which records the person has read', account)
    assert way
    assert rows(page(auditor, way[1])).count("<tr") == 2  # the head and one look


@LANGUAGES
def test_the_reads_are_taken_as_a_file_of_what_is_filtered_and_that_is_an_event(
    auditor: Browser, ngo: Caller, other_ngo: Caller, language: str
) -> None:
    for caller in (ngo, other_ngo):
        audit.read(client_id=caller.client.pk, operation="listReferrals", rows=3)
    link = re.search(rf'href="({READS}csv/\?[^"]*)"', page(auditor, f"{READS}?partner={ngo.partner.pk}", language))
    assert link
    asked = page(auditor, link[1], language)
    assert ("Hent læsningerne" if language == "da" else "Download the reads") in asked
    assert not AuditEvent.objects.filter(action="read.export").exists()
    head, *found = lines(auditor.post(link[1], {"sure": "yes"}, headers={"Accept-Language": language}), language)
    assert len(head) == 7 and [(line[1], line[6]) for line in found] == [(str(ngo.partner), "3")]
    taken = AuditEvent.objects.get(action="read.export")
    assert taken.user is not None and taken.user.username == "auditor" and taken.detail == {"rows": 1}
    assert signed_in(staff("office", "partner_manager")).post(link[1]).status_code == 403


@LANGUAGES
def test_an_event_leads_to_all_about_the_same_and_no_key_of_a_case_is_in_the_address(
    auditor: Browser, language: str
) -> None:
    case, another = str(uuid4()), str(uuid4())
    ida, nina = staff("ida", "case_manager"), staff("nina", "data_protection")
    audit.record(by=Actor.of(ida), action="case.view", subject=case)
    audit.record(by=Actor.of(nina), action="case.produce", subject=case)
    audit.record(by=COMMAND, action="case.view", subject=another)
    event = AuditEvent.objects.get(subject=case, action="case.view")
    shown = page(auditor, f"{EVENTS}{event.pk}/change/", language)
    words = "Alle hændelser om det samme" if language == "da" else "All events about the same"
    way = re.search(rf'<a href="([^"]+)">{words}</a>', shown)
    assert way and case not in way[1]
    listed = rows(page(auditor, html.unescape(way[1]), language))
    assert case[:8] in listed and another[:8] not in listed and "ida" in listed and "nina" in listed
    # What names no event filters nothing.
    assert another[:8] in rows(page(auditor, f"{EVENTS}?same={uuid4()}", language))


def test_a_number_is_one_kind_of_thing_alone(auditor: Browser) -> None:
    ida = staff("ida")
    audit.record(by=COMMAND, action="person.off", subject=str(ida.pk))
    audit.record(by=COMMAND, action="factor.remove", subject=str(ida.pk), kind="totp")
    audit.record(by=COMMAND, action="job.cancel", subject=str(ida.pk))
    event = AuditEvent.objects.get(action="person.off")
    listed = rows(page(auditor, f"{EVENTS}?same={event.pk}"))
    assert "User switched off" in listed and "Second factor removed" in listed and "Job cancelled" not in listed


def test_what_an_event_is_about_is_a_link_where_the_reader_may_see_it(auditor: Browser, ngo: Caller) -> None:
    ida = staff("ida")
    audit.record(by=COMMAND, action="partner.change", subject=str(ngo.partner.pk), active=True)
    audit.record(by=COMMAND, action="person.off", subject=str(ida.pk))
    audit.record(by=COMMAND, action="person.on", subject="999999")
    audit.record(by=COMMAND, action="case.view", subject=str(uuid4()))

    def about(action: str) -> str:
        """What the page of an event says of its subject."""
        event = AuditEvent.objects.get(action=action)
        return page(auditor, f"{EVENTS}{event.pk}/change/").partition("field-about")[2].partition("field-details")[0]

    assert f'<a href="/admin/partners/partner/{ngo.partner.pk}/change/">{ngo.partner}</a>' in about("partner.change")
    assert f'<a href="/admin/auth/user/{ida.pk}/change/">ida</a>' in about("person.off")
    assert "<a " not in about("person.on") and "<a " not in about("case.view")


def test_an_account_that_the_audit_does_not_know_says_so(auditor: Browser) -> None:
    ida = staff("ida")
    assert "Not in the audit." in page(auditor, f"/admin/auth/user/{ida.pk}/change/")
    danish = page(auditor, f"/admin/auth/user/{ida.pk}/change/", "da")
    assert "Står ikke i revisionssporet." in danish
    assert "Hvem havde hvilke rettigheder på en given dag" in page(auditor, "/admin/auth/user/on-day/", "da")


@LANGUAGES
def test_an_auditor_reads_no_name_of_the_api(auditor: Browser, ngo: Caller, language: str) -> None:
    for operation in ("referrals", "referrals/{reference}/versions"):
        audit.read(client_id=ngo.client.pk, operation=operation, rows=1)
    shown = rows(page(auditor, READS, language))
    wanted = (
        ["API: Listen over henvisninger", "API: Alle versioner af en henvisning"]
        if language == "da"
        else ["API: The list of referrals", "API: Every version of a referral"]
    )
    assert [each for each in wanted if each not in shown] == [] and "{" not in shown
