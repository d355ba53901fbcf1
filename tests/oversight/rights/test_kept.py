"""A record that an erasure keeps for another person gets another token, and holders of a copy or an ETag see the change."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from cases import tokens
from cases.linking.decisions import split
from cases.models import Assessment, Referral
from partners.audit import COMMAND
from tests.callers import Browser, Caller, assessment, referral
from tests.oversight.rights.world import Person, arrive, body, erase_person, staff

pytestmark = pytest.mark.django_db
SINCE = "changed_since"


def moved_away(ngo: Caller, police: Caller, authority: Caller) -> tuple[Person, Any]:
    """Somebody on whose case the police and an authority had somebody else, who has a case of her own since."""
    mixed = arrive(ngo, police)
    authority.put(f"/api/v1/cases/{mixed.token}/assessment", assessment())
    moved = (police.partner.pk, Referral.objects.get(partner=police.partner).reference)
    assessed = [authority.partner.pk]
    _, other = split(by=COMMAND, case=mixed.case.pk, referrals=[moved], assessments=assessed, reason_code="TWO_PERSONS")
    return mixed, other


def changed(caller: Caller, since: str) -> Any:
    """The caller's referrals that were recorded since a moment."""
    return body(caller.get(f"/api/v1/referrals?{urlencode({SINCE: since})}"))


def test_a_kept_referral_has_a_new_version_and_its_old_etag_holds_no_more(
    ngo: Caller, police: Caller, centre: Caller
) -> None:
    person, _ = moved_away(ngo, police, centre)
    path = person.paths[1]
    before = police.get(path)
    assert before["ETag"] == '"1"'
    since = body(police.get("/api/v1/referrals"))[SINCE]
    erase_person(person)
    after = police.get(path, If_None_Match='"1"')
    assert (after.status_code, after["ETag"]) == (200, '"2"')
    differing = {name for name, value in body(after).items() if body(before)[name] != value}
    assert differing == {"version", "case_token", "recorded_at"}
    assert tokens.canonical(body(after)["case_token"]) == body(after)["case_token"]
    assert police.put(path, referral(gender="X"), If_Match='"1"').status_code == 412
    assert police.put(path, referral(case_token=person.token), If_Match='"1"').status_code == 412
    assert [(row["version"], row["changes"]) for row in body(police.get(f"{path}/versions"))["items"]] == [
        (1, []),
        (2, []),
    ]
    told = [row for row in changed(police, since)["items"] if row["version"] == 2]
    assert told == [body(after)]
    assert police.put(path, referral(gender="X"), If_Match='"2"').status_code == 200


def test_what_was_sent_is_still_stored_just_so(ngo: Caller, police: Caller, centre: Caller) -> None:
    person, _ = moved_away(ngo, police, centre)
    erase_person(person)
    again = police.put(person.paths[1], referral())
    assert (again.status_code, again["ETag"]) == (200, '"2"')
    assert Referral.objects.of(police.partner.pk).count() == 2


def test_a_withdrawn_one_is_kept_withdrawn(ngo: Caller, police: Caller, centre: Caller) -> None:
    person, _ = moved_away(ngo, police, centre)
    path = person.paths[1]
    assert police.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}).status_code == 200
    erase_person(person)
    kept = body(police.get(path))
    assert (kept["version"], kept["status"], kept["reason_code"]) == (3, "withdrawn", "DUPLICATE")


def test_an_assessment_keeps_its_version_and_its_moment(ngo: Caller, police: Caller, centre: Caller) -> None:
    person, _ = moved_away(ngo, police, centre)
    before = Assessment.objects.values_list("pk", "version", "recorded_at", "superseded_at").get()
    erase_person(person)
    assert Assessment.objects.values_list("pk", "version", "recorded_at", "superseded_at").get() == before
    assert centre.get(f"/api/v1/cases/{person.token}/assessment").status_code == 404


def test_staff_find_the_new_token_of_what_is_kept(ngo: Caller, police: Caller, centre: Caller) -> None:
    """Nothing else tells the authority of it: whoever erases hands it on."""
    person, other = moved_away(ngo, police, centre)
    erase_person(person)
    browser = Browser()
    browser.force_login(staff("decider", "decide_links"))
    page = browser.get(f"/admin/cases/case/{other.pk}/change/").content.decode()
    (address,) = set(re.findall(r'<a href="([^"]+)">moved here by a split', page))
    token = body(police.get(person.paths[1]))["case_token"]
    assert tokens.in_groups(token) in browser.get(address).content.decode()
    assert centre.get(f"/api/v1/cases/{token}/assessment").status_code == 200


def test_what_was_erased_is_missing_from_the_whole_list_and_gone_when_asked_for(ngo: Caller, police: Caller) -> None:
    """As docs/persons-rights.md tells whoever keeps a copy."""
    person, other = arrive(ngo, police), arrive(ngo)
    since = body(ngo.get("/api/v1/referrals"))[SINCE]
    erase_person(person)
    assert [row["reference"] for row in changed(ngo, since)["items"]] == other.references
    lines = [json.loads(line) for line in b"".join(ngo.get("/api/v1/referrals?format=ndjson")).splitlines()]
    assert {line["reference"] for line in lines if "reference" in line} == set(other.references)
    assert ngo.get(person.paths[0]).status_code == 410
