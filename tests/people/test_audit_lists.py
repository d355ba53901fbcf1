"""The audit by partner, account and kind, and as a file: what an auditor is given, and what an address or a name can do to it."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from core import formats
from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent, Partner
from partners.people.invitations import accept
from partners.roles import MemberRole
from partners.staff import lists
from tests.callers import Browser, Caller
from tests.oversight.returns.world import send_back
from tests.people.test_auditor import EVENTS, LANGUAGES, auditor, page, rows
from tests.people.visitors import PASSWORD, invited_by_two, member, signed_in, staff

pytestmark = pytest.mark.django_db
__all__ = ["auditor"]
FILE = f"{EVENTS}csv/"


def lines(answer: Any, language: str = "en") -> list[list[str]]:
    """The cells of a file, as a spreadsheet of the language reads them."""
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return [*csv.reader(io.StringIO(text[1:]), delimiter=";" if language == "da" else ",")]


@LANGUAGES
def test_the_audit_is_taken_as_a_file_of_what_is_filtered_and_that_is_an_event(
    auditor: Browser, ngo: Caller, language: str
) -> None:
    ida = staff("ida")
    audit.record(by=Actor.of(ida), action="partner.change", subject=str(ngo.partner.pk), active=True, umbrella="=1+1")
    link = re.search(rf'href="({FILE}\?[^"]*)"', page(auditor, f"{EVENTS}?who={ida.pk}", language))
    assert link
    asked = page(auditor, link[1], language)
    assert ("skrives i revisionssporet" if language == "da" else "is written in the audit") in asked
    # A link takes nothing: only the button does.
    assert not AuditEvent.objects.filter(action="audit.export").exists()
    answer: Any = auditor.post(link[1], {"sure": "yes"}, headers={"Accept-Language": language})
    head, *found = lines(answer, language)
    assert len(head) == 7 and head[:2] == (["tidspunkt", "hvem"] if language == "da" else ["time", "who"])
    [line] = found
    assert line[1:5] == [
        "ida",
        "Partner ændret" if language == "da" else "Partner changed",
        "partner.change",
        str(ngo.partner),
    ]
    taken = AuditEvent.objects.get(action="audit.export")
    assert taken.user is not None and taken.user.username == "auditor" and taken.detail == {"rows": 1}
    for way in (signed_in(staff("office", "partner_manager")).get, signed_in(staff("other", "partner_manager")).post):
        assert way(link[1]).status_code == 403


def test_a_file_has_so_many_events_at_most_and_says_so(auditor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 2)
    for _ in range(3):
        audit.record(by=COMMAND, action="roles.sync", subject="roles")
    for answer in (auditor.get(f"{FILE}?action=roles.sync"), auditor.post(f"{FILE}?action=roles.sync")):
        shown = answer.content.decode()
        assert "at most 10,000 events" in shown and 'name="sure"' not in shown
    assert "no events to download" in auditor.get(f"{FILE}?action=job.cancel").content.decode()
    assert not AuditEvent.objects.filter(action="audit.export").exists()


def test_a_file_has_no_whole_id_that_stands_for_a_person(auditor: Browser) -> None:
    case = str(uuid4())
    audit.record(by=COMMAND, action="case.view", subject=case)
    text = auditor.post(f"{FILE}?action=case.view").content.decode()
    assert case[:8] in text and case[:9] not in text


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "x;=cmd|'/C calc'!A0;",
        "x,=1+1,",
        "x; +1+1",
        'x;"=1+1',
        "x\t@SUM(1)",
        "x\n-1+1",
        "x\r\n =1+1",
    ],
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@LANGUAGES
def test_no_cell_begins_a_formula_however_a_spreadsheet_splits_the_line(
    auditor: Browser, ngo: Caller, name: str, separator: str, language: str
) -> None:
    ngo.client.name = name
    ngo.client.save()
    audit.record(by=COMMAND, action="client.change", subject=ngo.client.client_id)
    answer = auditor.post(f"{FILE}?action=client.change", headers={"Accept-Language": language})
    # A spreadsheet that splits elsewhere heeds no quote within a cell.
    for line in answer.content.decode().removeprefix("\ufeff").splitlines():
        cells = [each for row in csv.reader([line], delimiter=separator) for each in row] + line.split(separator)
        assert [each for each in cells if re.match(r"[\s\"]*[=+@-].", each)] == []


def test_a_name_with_a_separator_stays_readable() -> None:
    assert formats.harmless_wherever_split("Natcafé; Aarhus, 8-12 – +") == "Natcafé; Aarhus, 8-12 – +"


@pytest.mark.parametrize(
    "query",
    [
        "at__gte=x",
        "at__gte=0001-01-01T00:00:00Z",
        "at__gte=9999-12-31T23:59:59Z",
        "at__year=2026&at__month=13",
        "at__year=9999&at__month=12&at__day=31",
        "at__year=9999",
        "at__year=1",
        "at__year=0",
        "at__year=x",
        "at__month=13",
        "at__day=x",
    ],
)
def test_days_that_there_are_not_break_no_list_and_no_file(auditor: Browser, query: str) -> None:
    for path in (EVENTS, FILE, "/admin/partners/recordread/"):
        answer: Any = auditor.get(f"{path}?{query}")
        assert answer.status_code in {200, 302} or (path.endswith("recordread/") and answer.status_code == 400), path
    looked_at = query.replace("at__", "looked_at__")
    assert auditor.get(f"/admin/quality/desklook/?{looked_at}").status_code in {200, 302, 400}
    assert auditor.post(f"{FILE}?{query}").status_code in {200, 302}


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_without_accounts_is_refused_in_words(auditor: Browser, day: str) -> None:
    assert "errorlist" in page(auditor, f"/admin/auth/user/on-day/?day={day}")


def test_a_partner_has_what_was_done_to_what_is_its_own(auditor: Browser, ngo: Caller, other_ngo: Caller) -> None:
    def some_of(caller: Caller, name: str) -> User:
        """Something of each kind that belongs to a partner."""
        person = member(caller.partner, MemberRole.MANAGER, f"person-{name}").user
        asker = staff(f"asker-{name}", is_superuser=True)
        by = Actor.of(asker)
        audit.record(by=by, action="secret.revoke", subject=caller.client.client_id)
        audit.record(by=COMMAND, action="person.off", subject=str(person.pk))
        audit.record(by=Actor.of(person), action="audit.export", subject="audit")
        invited_by_two(asker, staff(f"second-{name}", is_superuser=True), role="READER", partner=caller.partner)
        send_back(caller.referral()[0])
        return person

    hers, theirs = some_of(ngo, "one"), some_of(other_ngo, "two")
    asked = rows(page(auditor, f"{EVENTS}?partner={ngo.partner.pk}"))
    for words in ("Secret revoked", "User switched off", "Audit taken", "Access approved", "Referral returned"):
        assert asked.count(words) == 1, words
    assert hers.username in asked and theirs.username not in asked and "asker-two" not in asked


def test_an_account_has_the_invitations_by_which_it_began(auditor: Browser) -> None:
    boss, other = (staff(name, is_superuser=True) for name in ("boss", "other"))
    ida = accept(username="ida", password=PASSWORD, **invited_by_two(boss, other, role="approver"))
    accept(username="nina", password=PASSWORD, **invited_by_two(boss, other, role="auditor"))
    about = rows(page(auditor, f"{EVENTS}?about={ida.pk}"))
    for words in ("Access requested", "Access approved", "Invitation used"):
        assert about.count(words) == 1, words


@LANGUAGES
def test_all_looks_at_records_are_asked_for_at_once(auditor: Browser, language: str) -> None:
    for action in ("case.view", "case.look", "case.produce", "case.merge"):
        audit.record(by=COMMAND, action=action, subject=str(uuid4()))
    listed = page(auditor, f"{EVENTS}?action=looks", language)
    assert (
        "alle visninger af personers oplysninger" if language == "da" else "all looks at persons' records"
    ) in listed
    assert rows(listed).count("<tr") == 4
    assert ("Sager lagt sammen" if language == "da" else "Cases merged") not in rows(listed)


def test_the_first_page_leads_to_the_changes_that_it_counts(auditor: Browser, ngo: Caller) -> None:
    boss, ida = staff("boss", is_superuser=True), staff("ida")
    person = member(ngo.partner, MemberRole.READER, "reader").user
    for user in (ida, person):
        audit.record(by=Actor.of(boss), action="person.change", subject=str(user.pk), active=True)
    audit.record(by=Actor.of(boss), action="partner.change", subject=str(ngo.partner.pk), active=True)
    audit.record(
        by=Actor.of(User.objects.get(username="auditor")), action="person.roles", subject=str(ida.pk), roles=[]
    )
    first = page(auditor, "/admin/")
    assert "Rights of staff changed in the last seven days" in first
    assert "User changed: ida (active: yes)" in first
    link = re.search(r'href="([^"]+action=rights[^"]+)"', first)
    assert link
    listed = rows(page(auditor, html.unescape(link[1])))
    assert listed.count("User changed: ida") == 1 and listed.count("<tr") == 2


def test_a_change_of_an_account_that_is_gone_is_told_by_its_number(auditor: Browser) -> None:
    audit.record(by=COMMAND, action="person.change", subject="987654", active=False)
    first = page(auditor, "/admin/")
    assert "User changed: 987654 (active: no)" in first and "User changed: None" not in first


def test_people_of_a_partner_that_is_switched_off_see_no_records(auditor: Browser, ngo: Caller) -> None:
    reader = member(ngo.partner, MemberRole.READER, "reader").user
    on_day = f"/admin/auth/user/on-day/?day={timezone.localdate().isoformat()}"

    def sees() -> bool:
        """Whether the page says so."""
        row = re.search(rf">{reader.username}</a>.*?</tr>", page(auditor, on_day), re.DOTALL)
        assert row
        return "<strong>yes</strong>" in row[0]

    assert sees()
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    assert not sees()
    audit.record(by=COMMAND, action="partner.change", subject=str(ngo.partner.pk), active=True)
    assert sees()
    audit.record(by=COMMAND, action="partner.change", subject=str(ngo.partner.pk), active=False)
    assert not sees() and "not programs" in page(auditor, on_day)
