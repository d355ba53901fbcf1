"""A search over stored referrals: which referrals are compared, which pairs are listed, and how decisions change the list."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.duplicates.decisions import decide
from cases.duplicates.models import Decision, Duplicate, DuplicateDecision, LinkageCode
from cases.duplicates.search import search
from cases.linking.decisions import LinkRefused, merge, split, undo
from cases.linking.models import CaseLink, LinkDecision
from partners.audit import COMMAND, Actor
from partners.kinds import Mode
from partners.models import AuditEvent, Partner
from tests.callers import as_web_server
from tests.cases.duplicates.world import (
    CODE,
    OTHER_CODE,
    RARE,
    add_linkage_code,
    common,
    crowd,
    decide_pair,
    of,
    pairs,
    rare,
    refer_again,
    run_search,
    staff,
)
from tests.stats.records import case, month, partner, referral

pytestmark = pytest.mark.django_db
SAME, DIFFERENT = Decision.SAME, Decision.DIFFERENT


@pytest.fixture
def ngo() -> Partner:
    """A partner with referrals of all sorts."""
    made = partner()
    crowd(made)
    return made


@pytest.fixture
def police() -> Partner:
    """Another one."""
    return partner("POLICE")


def test_a_rare_pattern_is_listed_within_a_partner_and_across(ngo: Partner, police: Partner) -> None:
    for other in (ngo, police):
        with transaction.atomic():
            alike = rare(ngo), rare(other)
            run_search()
            assert of(*alike) in pairs()
            [listed] = [each for each in Duplicate.objects.all() if frozenset((each.case_a, each.case_b)) == of(*alike)]
            assert listed.reasons == ["pattern"]
            assert listed.case_a_id < listed.case_b_id
            transaction.set_rollback(True)


def test_equal_codes_are_listed_whatever_else_is_said(ngo: Partner, police: Partner) -> None:
    one, other, third = common(ngo), common(police, referred_in="2019-01"), common(police)
    add_linkage_code(one)
    add_linkage_code(other)
    add_linkage_code(third, OTHER_CODE)
    result = run_search()
    assert of(one, other) in pairs()
    assert result.by_code == 1
    assert not any(third.case in pair for pair in pairs())


def test_deleted_replaced_and_withdrawn_codes_are_not_known(ngo: Partner) -> None:
    one, other = common(ngo), common(ngo)
    add_linkage_code(one)
    add_linkage_code(other)
    assert run_search().by_code == 1
    LinkageCode.objects.filter(reference=one.reference).delete()
    assert run_search().by_code == 0
    assert pairs() == set()
    add_linkage_code(one)
    refer_again(other, status="withdrawn", reason_code="DUPLICATE")
    assert run_search().by_code == 0


def test_only_current_referrals_of_live_partners_are_compared(ngo: Partner, police: Partner) -> None:
    tester = partner(mode=Mode.TEST)
    tests = rare(tester), rare(tester)
    for each in tests:
        add_linkage_code(each)
    one, other = rare(ngo), rare(police)
    before = run_search()
    assert of(one, other) in pairs()
    assert not any(each.case in pair for each in tests for pair in pairs())
    refer_again(other, citizenship="UG", gender="M", exploitation="LABOUR", exploitation_detail="_U")
    assert run_search().referrals == before.referrals
    assert of(one, other) not in pairs()


def test_a_person_is_not_compared_with_herself(ngo: Partner, police: Partner) -> None:
    one = rare(ngo)
    referral(one.case, police, **RARE)
    run_search()
    assert pairs() == set()


def test_a_case_that_was_split_is_two_persons(ngo: Partner, police: Partner) -> None:
    one = rare(ngo)
    other = referral(one.case, police, **RARE)
    _, new = split(
        by=Actor.of(staff()),
        case=one.case_id,
        referrals=[(police.pk, other.reference)],
        assessments=[],
        reason_code="TWO_PERSONS",
    )
    run_search()
    assert pairs() == {frozenset((one.case, new))}


def test_one_person_is_merged_and_listed_no_more(ngo: Partner, police: Partner) -> None:
    one, other = rare(ngo), rare(police)
    run_search()
    made = decide_pair(SAME, "MATCH")
    assert (made.decision, made.reason_code, made.reasons, made.user) == (SAME, "MATCH", ["pattern"], staff())
    assert made.merge == LinkDecision.objects.get(kind="MERGE")
    assert {link.case for link in CaseLink.objects.current()} | {
        link.person for link in CaseLink.objects.current()
    } == {
        one.case,
        other.case,
    }
    assert not Duplicate.objects.exists()
    result = run_search()
    assert (result.listed, result.decided) == (0, 0)
    event = AuditEvent.objects.get(action="duplicate.same")
    assert (event.subject, event.detail, event.user) == (str(made.pk), {"reason": "MATCH"}, staff())


def test_when_the_merge_is_undone_the_pair_comes_back(ngo: Partner) -> None:
    alike = rare(ngo), rare(ngo)
    run_search()
    made = decide_pair(SAME, "CONFIRMED")
    assert made.merge is not None
    undo(by=Actor.of(staff()), decision=made.merge.pk, reason_code="WRONG_DECISION")
    run_search()
    assert pairs() == {of(*alike)}


def test_two_persons_are_listed_no_more_until_there_is_a_new_reason(ngo: Partner, police: Partner) -> None:
    one, other = rare(ngo), rare(police)
    run_search()
    made = decide_pair(DIFFERENT, "COINCIDENCE")
    assert (made.decision, made.merge, made.reasons) == (DIFFERENT, None, ["pattern"])
    assert not CaseLink.objects.exists()
    result = run_search()
    assert (result.found, result.decided, result.listed) == (1, 1, 0)
    add_linkage_code(one)
    add_linkage_code(other)
    run_search()
    assert Duplicate.objects.get().reasons == ["linkage_code", "pattern"]
    decide_pair(DIFFERENT, "TWO_KNOWN")
    assert run_search().listed == 0
    assert AuditEvent.objects.filter(action="duplicate.different").count() == 2


def test_who_was_told_apart_stays_so_when_one_of_them_turns_out_to_be_a_third(ngo: Partner, police: Partner) -> None:
    first = common(ngo)
    one, other = rare(ngo), rare(police)
    run_search()
    decide_pair(DIFFERENT, "TWO_KNOWN")
    joined = merge(by=Actor.of(staff()), cases=[first.case_id, one.case_id], reason_code="CONFIRMED")
    assert run_search().listed == 0
    undo(by=Actor.of(staff()), decision=joined.pk, reason_code="WRONG_DECISION")
    assert (run_search().listed, run_search().decided) == (0, 1)
    assert of(one, other) not in pairs()


def test_a_pair_that_is_found_again_keeps_its_id_and_one_that_is_not_goes(ngo: Partner) -> None:
    one, other = rare(ngo), rare(ngo)
    run_search()
    first = Duplicate.objects.get()
    add_linkage_code(one)
    add_linkage_code(other)
    run_search()
    second = Duplicate.objects.get()
    assert (second.pk, second.found_at) == (first.pk, first.found_at)
    assert second.score > first.score
    assert second.reasons == ["linkage_code", "pattern"]
    refer_again(one, status="withdrawn", reason_code="DUPLICATE")
    run_search()
    assert not Duplicate.objects.exists()


def test_a_search_since_a_month_leaves_earlier_pairs(ngo: Partner) -> None:
    early = rare(ngo, referred_in="2024-01"), rare(ngo, referred_in="2024-01")
    run_search()
    late = [rare(ngo, gender="M", citizenship="UG", region="DK03") for _ in range(2)]
    for each in late:
        add_linkage_code(each)
    result = search(by=COMMAND, since=month("2025-03"))
    assert pairs() == {of(*early), of(*late)}
    assert result.referrals < run_search().referrals
    merge(by=Actor.of(staff()), cases=[each.case_id for each in early], reason_code="MATCH")
    search(by=COMMAND, since=month("2025-03"))
    assert pairs() == {of(*late)}
    LinkageCode.objects.all().delete()
    for each in late:
        refer_again(each, referred_in="2025-03", **dict.fromkeys(("gender", "citizenship", "region"), "_U"))
    search(by=COMMAND, since=month("2025-03"))
    assert pairs() == set()


def test_a_decision_is_refused_in_words(ngo: Partner) -> None:
    one, other = rare(ngo), rare(ngo)
    run_search()
    pair, by = Duplicate.objects.get(), Actor.of(staff())
    for decision, reason in ((SAME, "COINCIDENCE"), (SAME, "TWO_PERSONS"), (DIFFERENT, "MATCH"), (DIFFERENT, "")):
        with pytest.raises(LinkRefused, match="does not belong to this decision"):
            decide(by=by, duplicate=pair.pk, decision=decision, reason_code=reason)
    with pytest.raises(LinkRefused, match="member of staff"):
        decide(by=COMMAND, duplicate=pair.pk, decision=SAME, reason_code="MATCH")
    with pytest.raises(LinkRefused, match="no longer finds it"):
        decide(by=by, duplicate=uuid4(), decision=SAME, reason_code="MATCH")
    merge(by=by, cases=[one.case_id, other.case_id], reason_code="MATCH")
    for decision, reason in ((SAME, "MATCH"), (DIFFERENT, "TWO_KNOWN")):
        with pytest.raises(LinkRefused, match="already one person"):
            decide(by=by, duplicate=pair.pk, decision=decision, reason_code=reason)
    assert Duplicate.objects.filter(pk=pair.pk).exists()
    assert not DuplicateDecision.objects.exists()


def test_the_web_server_s_role_decides_and_lists_nothing(ngo: Partner) -> None:
    _ = rare(ngo), rare(ngo)
    run_search()
    pair = Duplicate.objects.get()
    with as_web_server():
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Duplicate.objects.update(score=1)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run_search()
        decide_pair(SAME, "MATCH", pair)
    assert DuplicateDecision.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"swap": True},
        {"reasons": []},
        {"reasons": ["a hunch"]},
        {"decision": "SAME"},
        {"decision": "PERHAPS"},
        {"reason_code": "MATCH"},
    ],
)
def test_the_database_knows_what_a_decision_is(ngo: Partner, wrong: dict[str, Any]) -> None:
    first, second = sorted((case(ngo), case(ngo)), key=lambda each: each.pk)
    row = {"decision": "DIFFERENT", "reasons": ["pattern"], "reason_code": "TWO_KNOWN", "score": 1, **wrong}
    ids = {"case_a": first, "case_b": second}
    if row.pop("swap", False):
        ids = {"case_a": second, "case_b": first}
    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicateDecision.objects.create(**ids, **row, user=staff())


def test_a_test_code_is_not_a_live_one(ngo: Partner) -> None:
    tester = partner(mode=Mode.TEST)
    live, test = common(ngo), common(tester)
    add_linkage_code(live, CODE)
    add_linkage_code(test, CODE)
    assert len(set(LinkageCode.objects.values_list("digest", flat=True))) == 2
    assert run_search().by_code == 0
