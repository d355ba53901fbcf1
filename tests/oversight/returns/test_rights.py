"""What was asked about a person goes with the person, with a purge and with a rehearsal, and is produced for who asks."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from cases.linking.decisions import split
from cases.models import Referral
from oversight.returns.models import Return, ReturnEnd
from oversight.rights.document import as_page
from oversight.rights.produce import produce
from partners.audit import COMMAND
from partners.kinds import Mode
from tests.callers import Caller, make_caller
from tests.oversight.returns.world import case_manager, send_back, state_of
from tests.oversight.rights.world import arrive, erase_person, officer, remaining_rows

pytestmark = pytest.mark.django_db


def test_an_erasure_takes_what_was_asked_and_answered(ngo: Caller, police: Caller) -> None:
    person, other = arrive(ngo, police), arrive(ngo)
    asked = [send_back(path) for path in person.paths]
    ngo.put(f"/api/v1/returns/{asked[0].pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    kept, needles = send_back(other.paths[0]), person.needles
    erase_person(person)
    assert remaining_rows(needles) == {}
    assert list(Return.objects.all()) == [kept]
    assert not ReturnEnd.objects.exists()
    answer = ngo.put(f"/api/v1/returns/{asked[0].pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    assert answer.status_code == 404
    assert ngo.get(f"{person.paths[0]}/progress").status_code == 410


def test_the_new_version_that_an_erasure_gives_another_s_referral_is_no_answer(ngo: Caller, police: Caller) -> None:
    """The token of what a split moved away goes with the erased person: the referral gets a version, and its question waits on."""
    person = arrive(ngo, police)
    moved = Referral.objects.current().get(partner=police.partner)
    keys = [(moved.partner_id, moved.reference)]
    split(by=COMMAND, case=moved.case_id, referrals=keys, assessments=[], reason_code="TWO_PERSONS")
    inquiry = send_back(person.paths[1])
    erase_person(person)
    inquiry.refresh_from_db()
    later = Referral.objects.current().get(reference=moved.reference)
    assert later.version == inquiry.version == moved.version + 1
    assert state_of(inquiry) == "OPEN"


def test_a_purge_takes_it_too(ngo: Caller) -> None:
    path, stored = ngo.referral()
    inquiry, kept = send_back(path), send_back(ngo.referral()[0])
    ngo.put(f"/api/v1/returns/{inquiry.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    call_command("purge", ngo.partner.name, stored["reference"], reason="ENTERED_IN_ERROR")
    assert list(Return.objects.all()) == [kept]


def test_a_rehearsal_is_returned_as_live_referrals_are_and_emptied_with_it() -> None:
    caller, other = make_caller("NGO", mode=Mode.TEST), make_caller("NGO", mode=Mode.TEST)
    send_back(caller.referral()[0])
    kept = send_back(other.referral()[0])
    assert len(json.loads(caller.get("/api/v1/returns").content)["items"]) == 1
    assert caller.call("DELETE", "/api/v1/rehearsal").status_code == 200
    assert list(Return.objects.all()) == [kept]


def test_what_was_asked_is_produced_without_who_asked(ngo: Caller) -> None:
    person = arrive(ngo)
    inquiry = send_back(person.paths[0], field="gender")
    ngo.put(f"/api/v1/returns/{inquiry.pk}/answer", {"answer_code": "NOTHING_MORE_KNOWN"})
    document = produce(by=officer(), token=person.token, test=False)
    [told] = document["referrals"][0]["returns"]
    assert (told["reason"]["code"], told["field"]["code"], told["state"]["code"]) == ("UNLIKELY", "gender", "ANSWERED")
    assert told["answer"] == {"da": "Vi ved ikke mere", "en": "We do not know more"}
    assert {each["action"]["code"] for each in document["events"]} >= {"return.ask", "return.answer"}
    page = as_page(document)
    assert "sendt retur / returned" in page
    assert case_manager().username not in page
