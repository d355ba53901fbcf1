"""A person with several cases is erased with all of them; links of other persons stay correct."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases import tokens
from cases.duplicates.models import Duplicate, DuplicateDecision, LinkageCode
from cases.erased.models import ErasedToken, Tombstone
from cases.linking.decisions import decide_attribute, merge, split, undo
from cases.linking.models import AttributeDecision, CaseLink, LinkDecision, MergedCase, RecordLink
from cases.linking.persons import records_of
from cases.models import Assessment, Case, Referral
from oversight.rights.person import find
from partners.audit import COMMAND
from tests.callers import Caller, assessment, referral
from tests.oversight.rights.world import Person, arrive, contents, erase_person, remaining_rows, staff

pytestmark = pytest.mark.django_db
LINKS = (LinkDecision, MergedCase, CaseLink, RecordLink, AttributeDecision, Duplicate, DuplicateDecision, LinkageCode)


def merge_people(*people: Person) -> LinkDecision:
    """Merge."""
    return merge(by=COMMAND, cases=[each.case.pk for each in people], reason_code="CONFIRMED")


def nothing_of_links() -> bool:
    """Whether no decision, link, candidate or code is left."""
    return not any(model._default_manager.exists() for model in LINKS)


def test_all_cases_of_a_merged_person_go_whichever_token_is_quoted(ngo: Caller, police: Caller, centre: Caller) -> None:
    one, two, three = arrive(ngo, decider=centre), arrive(police, decider=centre), arrive(ngo, police)
    needles = [each for person in (one, two, three) for each in person.needles]
    first = merge_people(one, two)
    undo(by=COMMAND, decision=first.pk, reason_code="WRONG_DECISION")
    merge_people(two, three)
    merge_people(one, three)
    decide_attribute(by=COMMAND, case=one.case.pk, field="gender", code="F", reason_code="CONFIRMED")
    code = {"linkage_code": "0" * 64}
    assert ngo.put(f"{one.paths[0]}/linkage-code", code).status_code == 204
    pair = dict(zip(("case_a_id", "case_b_id"), sorted((one.case.pk, three.case.pk)), strict=True))
    Duplicate.objects.create(**pair, reasons=["pattern"], score=1)
    by = {"user": staff(), "reasons": ["pattern"], "score": 1}
    DuplicateDecision.objects.create(**pair, **by, decision="DIFFERENT", reason_code="COINCIDENCE")
    seen = find(two.token, test=False)
    assert seen.counts() == {"cases": 3, "referrals": 4, "assessments": 2}
    assert seen.fingerprint == find(three.token, test=False).fingerprint
    erase_person(two)
    assert remaining_rows(needles) == {}
    assert nothing_of_links()
    assert ErasedToken.objects.count() == 3
    counts = Tombstone.objects.get().counts
    told = ("cases", "linkage_codes", "duplicate_candidates", "duplicate_decisions", "attribute_decisions")
    assert [counts[name] for name in told] == [3, 1, 1, 1, 1]
    for caller, person in ((ngo, one), (police, two), (ngo, three)):
        assert caller.get(person.paths[0]).status_code == 410
    assert ngo.put(f"{one.paths[0]}/linkage-code", code).status_code == 410
    assert ngo.call("DELETE", f"{one.paths[0]}/linkage-code").status_code == 410


def test_of_a_merge_that_was_undone_the_other_stays_and_stays_alone(ngo: Caller, police: Caller) -> None:
    one, two, three = arrive(ngo), arrive(police), arrive(ngo)
    wrong = merge_people(one, two, three)
    undo(by=COMMAND, decision=wrong.pk, reason_code="WRONG_DECISION")
    right = merge_people(two, three)
    needles = one.needles
    erase_person(one)
    assert remaining_rows(needles) == {}
    assert find(two.token, test=False).counts()["cases"] == 2
    assert set(LinkDecision.objects.values_list("kind", flat=True)) == {"MERGE", "UNDO"}
    undo(by=COMMAND, decision=right.pk, reason_code="WRONG_DECISION")
    assert find(two.token, test=False).counts()["cases"] == 1
    assert find(three.token, test=False).counts()["cases"] == 1


def test_a_record_that_a_split_moved_to_her_goes_and_the_rest_of_its_case_stays(
    ngo: Caller, police: Caller, centre: Caller, immigration: Caller
) -> None:
    mixed = arrive(ngo, police, decider=centre)
    place = f"/api/v1/cases/{mixed.token}/assessment"
    immigration.put(place, assessment())
    moved = (police.partner.pk, Referral.objects.get(partner=police.partner).reference)
    _, hers = split(
        by=COMMAND,
        case=mixed.case.pk,
        referrals=[moved],
        assessments=[immigration.partner.pk],
        reason_code="TWO_PERSONS",
    )
    needles = [hers.token, str(hers.pk), str(moved[1])]
    held = find(hers.token, test=False)
    assert held.counts() == {"cases": 1, "referrals": 1, "assessments": 1}
    erase_person(Person(hers.token))
    assert remaining_rows(needles) == {}
    assert nothing_of_links()
    assert find(mixed.token, test=False).counts() == {"cases": 1, "referrals": 1, "assessments": 1}
    assert police.get(mixed.paths[1]).status_code == 410
    assert (immigration.get(place).status_code, centre.get(place).status_code) == (404, 200)


def test_a_record_that_a_split_moved_away_from_her_stays_the_other_s(
    ngo: Caller, police: Caller, centre: Caller, immigration: Caller
) -> None:
    mixed = arrive(ngo, police, decider=centre)
    place = f"/api/v1/cases/{mixed.token}/assessment"
    immigration.put(place, assessment())
    moved = (police.partner.pk, Referral.objects.get(partner=police.partner).reference)
    _, other = split(
        by=COMMAND,
        case=mixed.case.pk,
        referrals=[moved],
        assessments=[immigration.partner.pk],
        reason_code="TWO_PERSONS",
    )
    # The authority assesses the other by her own token as well: two series that must not collide.
    immigration.put(f"/api/v1/cases/{other.token}/assessment", assessment())
    needles = [mixed.token, str(mixed.case.pk), mixed.references[0]]
    erase_person(mixed)
    assert remaining_rows(needles) == {}
    assert Tombstone.objects.get().counts["cases_kept_for_others"] == 1
    records = records_of(other.pk)
    assert len(records) == 3
    assert {(r.partner, r.reference) for r in records} == {moved, (immigration.partner.pk, None)}
    assert Assessment.objects.of(centre.partner.pk).count() == 0
    answer = json.loads(police.get(mixed.paths[1]).content)
    assert answer["case_token"] not in (mixed.token, other.token)
    assert tokens.canonical(answer["case_token"]) == answer["case_token"]
    assert ngo.get(mixed.paths[0]).status_code == 410


def test_a_referral_that_was_corrected_to_another_token_is_the_other_s(ngo: Caller, police: Caller) -> None:
    one, two = arrive(ngo), arrive(police)
    path = f"/api/v1/referrals/{uuid4()}"
    ngo.put(path, referral(case_token=one.token))
    ngo.put(path, referral(case_token=two.token), If_Match='"1"')
    needles = one.needles
    before = contents("public.cases_case", "public.cases_referral")["public.partners_partner"]
    erase_person(one)
    assert remaining_rows(needles) == {}
    versions = json.loads(ngo.get(f"{path}/versions").content)["items"]
    (change,) = versions[1]["changes"]
    assert (change["field"], change["to"]) == ("case_token", two.token)
    assert change["from"] != one.token
    assert find(two.token, test=False).counts()["referrals"] == 2
    assert contents()["public.partners_partner"] == before
    assert Case.objects.count() == 2


def test_what_an_earlier_split_said_of_a_record_that_stays_is_kept(
    ngo: Caller, police: Caller, centre: Caller, immigration: Caller
) -> None:
    """The records were moved to one person, then some of them to a third, which was wrong."""
    mixed = arrive(ngo, police, ngo, decider=centre)
    immigration.put(f"/api/v1/cases/{mixed.token}/assessment", assessment())
    hers, theirs = (UUID(reference) for reference in mixed.references[::2])
    kept = [(ngo.partner.pk, theirs), (police.partner.pk, UUID(mixed.references[1]))]
    because: dict[str, Any] = {"by": COMMAND, "reason_code": "TWO_PERSONS"}
    authority = [immigration.partner.pk]
    _, second = split(case=mixed.case.pk, referrals=kept, assessments=authority, **because)
    later, third = split(case=second.pk, referrals=kept[1:], assessments=authority, **because)
    back, fourth = split(case=mixed.case.pk, referrals=[], assessments=[centre.partner.pk], **because)
    undo(by=COMMAND, decision=back.pk, reason_code="WRONG_DECISION")
    needles = [mixed.token, str(mixed.case.pk), str(hers)]
    erase_person(mixed)
    assert remaining_rows(needles) == {}
    assert not RecordLink.objects.filter(case_id=fourth.pk).exists()
    undo(by=COMMAND, decision=later.pk, reason_code="WRONG_DECISION")
    assert records_of(third.pk) == []
    assert {(r.partner, r.reference) for r in records_of(second.pk)} == {*kept, (authority[0], None)}
