"""The staff page: the token is sent in a POST and never shown again, and browsers must not store what is produced."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from cases.erased.models import Tombstone
from cases.linking.decisions import merge
from cases.models import Case
from partners.audit import COMMAND
from partners.models import AuditEvent
from tests.callers import Browser, Caller, referral
from tests.oversight.rights.world import arrive, remaining_rows, staff

pytestmark = pytest.mark.django_db
LIST, PAGE = "/admin/erased/tombstone/", "/admin/erased/tombstone/person/"
RIGHTS = ("view_tombstone", "produce_case", "erase_case")


def signed_in(*rights: str) -> Browser:
    """A browser of a member of staff with these rights."""
    browser = Browser()
    browser.force_login(staff("officer", *rights))
    return browser


def content_of(response: Any) -> str:
    """The text of a page that must not be kept."""
    assert response.status_code == 200, response.content
    assert "no-store" in response["Cache-Control"]
    return str(response.content.decode())


def fingerprint(page: str) -> str:
    """What the page saw."""
    found = re.search(r'name="fingerprint" value="([0-9a-f]{16})"', page)
    assert found
    return found[1]


def test_look_then_erase(ngo: Caller, police: Caller, caplog: pytest.LogCaptureFixture) -> None:
    one, two = arrive(ngo), arrive(police)
    merge(by=COMMAND, cases=[one.case.pk, two.case.pk], reason_code="CONFIRMED")
    needles, browser = [*one.needles, *two.needles], signed_in(*RIGHTS)
    pages = [content_of(browser.get(PAGE)), content_of(browser.post(PAGE, {"act": "look", "token": one.token.lower()}))]
    assert "2 cases" in pages[1]
    assert "2 referrals" in pages[1]
    assert "The cases are merged into one person" in pages[1]
    assert f"•••••-••{one.token[7:10]}-{one.token[10:]}" in pages[1]
    seen = {"act": "erase", "token": one.token, "reason": "REQUESTED", "fingerprint": fingerprint(pages[1])}
    pages.append(content_of(browser.post(PAGE, seen)))
    assert "enter the token again, choose a reason and confirm" in pages[-1]
    assert Case.objects.count() == 2
    answer = browser.post(PAGE, {**seen, "confirm": "on"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    pages.append(content_of(browser.get(PAGE)))
    assert f"The erasure is called {Tombstone.objects.get()}." in pages[-1]
    assert remaining_rows(needles) == {}
    kept = " ".join([*(Session.objects.values_list("session_data", flat=True)), caplog.text, *pages])
    assert not any(needle in kept for needle in needles)
    assert not LogEntry.objects.exists()


def test_of_a_changed_person_nothing_is_erased(ngo: Caller) -> None:
    person, browser = arrive(ngo), signed_in(*RIGHTS)
    page = content_of(browser.post(PAGE, {"act": "look", "token": person.token}))
    ngo.put(person.paths[0], referral(gender="X"), If_Match='"2"')
    seen = {
        "act": "erase",
        "token": person.token,
        "reason": "REQUESTED",
        "fingerprint": fingerprint(page),
        "confirm": "on",
    }
    assert "look again" in content_of(browser.post(PAGE, seen))
    assert Case.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "7KQ2M8XW4A4", "7KQ2M8XW4A5"])
def test_a_token_of_nobody_is_answered_without_it(db: None, token: str) -> None:
    browser = signed_in(*RIGHTS)
    for act in ("look", "produce", "erase", "other"):
        page = content_of(browser.post(PAGE, {"act": act, "token": token}))
        assert "Erase this person" not in page
        assert not token or token not in page


def test_producing_is_a_file_that_is_not_kept(ngo: Caller, centre: Caller) -> None:
    person, browser = arrive(ngo, decider=centre), signed_in("produce_case")
    page = browser.post(PAGE, {"act": "produce", "token": person.token})
    assert person.references[0] in content_of(page)
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="person.html"'
    file = browser.post(PAGE, {"act": "produce", "token": person.token, "json": "on", "kinds_only": "on"})
    document = json.loads(content_of(file))
    assert (file["Content-Type"], document["cases"][0]["token"]) == ("application/json", person.token)
    assert "name" not in document["referrals"][0]["partner"]
    assert AuditEvent.objects.filter(action="case.produce").count() == 2


def test_each_act_needs_its_right(ngo: Caller) -> None:
    person = arrive(ngo)
    assert signed_in().get(PAGE).status_code == 403
    assert signed_in("view_tombstone").post(PAGE, {"act": "look", "token": person.token}).status_code == 403
    assert Browser().post(PAGE, {"act": "produce", "token": person.token}).status_code == 302
    eraser = signed_in("erase_case")
    assert "data protection staff produce" in content_of(eraser.post(PAGE, {"act": "produce", "token": person.token}))
    looked = content_of(eraser.post(PAGE, {"act": "look", "token": person.token}))
    reader = signed_in("produce_case")
    assert "Erase this person" not in content_of(reader.post(PAGE, {"act": "look", "token": person.token}))
    seen = {"token": person.token, "reason": "REQUESTED", "fingerprint": fingerprint(looked), "confirm": "on"}
    assert "data protection staff erase" in content_of(reader.post(PAGE, {"act": "erase", **seen}))
    assert Case.objects.exists()


def test_tombstones_are_listed_and_who_came_again(ngo: Caller, police: Caller) -> None:
    browser = signed_in(*RIGHTS)
    person = arrive(ngo)
    page = content_of(browser.post(PAGE, {"act": "look", "token": person.token}))
    seen = {"token": person.token, "reason": "OBLIGED", "fingerprint": fingerprint(page), "confirm": "on"}
    browser.post(PAGE, {"act": "erase", **seen})
    assert "Opened again" not in browser.get(LIST).content.decode()
    police.referral(case_token=person.token)
    listed = browser.get(LIST).content.decode()
    assert "OBLIGED" in listed
    assert PAGE in listed
    assert "Opened again with an erased token" in listed
    assert str(Case.objects.get().pk)[:8] in listed
    assert str(Case.objects.get().pk) not in listed
    assert person.token not in listed
    stone = Tombstone.objects.get()
    assert "referral versions: 2" in browser.get(f"{LIST}{stone.pk}/change/").content.decode()
    assert browser.post(f"{LIST}{stone.pk}/delete/", {"post": "yes"}).status_code == 403
    assert PAGE not in signed_in("view_tombstone").get(LIST).content.decode()


def test_a_case_of_the_test_world_is_asked_for(ngo: Caller) -> None:
    person, browser = arrive(ngo), signed_in(*RIGHTS)
    assert "no case has it" in content_of(browser.post(PAGE, {"act": "look", "token": person.token, "test": "on"}))


def test_a_look_is_written_down(ngo: Caller) -> None:
    person, browser = arrive(ngo), signed_in(*RIGHTS)
    content_of(browser.post(PAGE, {"act": "look", "token": person.token}))
    event = AuditEvent.objects.get(action="case.look")
    assert (event.subject, event.detail) == (str(person.case.pk), {})


def test_a_look_at_merged_cases_is_written_down_for_each(ngo: Caller, police: Caller) -> None:
    one, two, browser = arrive(ngo), arrive(police), signed_in(*RIGHTS)
    merge(by=COMMAND, cases=[one.case.pk, two.case.pk], reason_code="CONFIRMED")
    content_of(browser.post(PAGE, {"act": "look", "token": two.token}))
    looks = AuditEvent.objects.filter(action="case.look").values_list("subject", flat=True)
    assert sorted(looks) == sorted([str(one.case.pk), str(two.case.pk)])
