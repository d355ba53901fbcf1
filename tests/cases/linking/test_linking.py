"""Merging, splitting and undoing: the counts that follow, and the refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases import tokens
from cases.linking.decisions import LinkRefused, merge, split, undo
from cases.linking.models import CaseLink, LinkDecision, RecordLink
from cases.linking.persons import records_of
from cases.models import Case, Referral
from partners.audit import COMMAND, Actor
from partners.kinds import Mode
from partners.models import AuditEvent, Partner
from stats.counting import build as release
from tests.cases.linking.world import merge_cases, person, persons, rows, split_case, staff, undo_decision
from tests.stats.reading import table, total
from tests.stats.records import NOTES, assessment, case, identified, partner, referral, supersede

pytestmark = pytest.mark.django_db


def test_merged_cases_are_one_person_and_every_referral_still_counts(centre: Partner, ngo: Partner) -> None:
    one, other = person(centre, ngo), person(centre, ngo, ngo)
    referrals = rows("referrals")
    decision = merge_cases(one, other)
    assert persons() == {min(one.pk, other.pk)}  # opened at the same moment
    assert rows("referrals") == referrals
    assert len(referrals) == 3
    undo_decision(decision)
    assert persons() == {one.pk, other.pk}


def test_the_case_that_was_opened_first_stands_for_the_person(centre: Partner) -> None:
    later = identified(centre)
    first = Case.objects.create(token=tokens.mint(), opened_at=later.opened_at.replace(year=2001), opened_by=centre)
    merge_cases(later, first)
    assert persons() == {first.pk}  # though only the other was identified


def test_the_earliest_decision_on_any_of_the_cases_gives_the_month_and_its_values(
    centre: Partner, ngo: Partner
) -> None:
    one = identified(centre, decided_in="2023-06", verified_gender="F")
    other = identified(centre, decided_in="2022-02", verified_gender="M")
    referral(one, ngo, gender="X", region="DK04", referred_in="2023-01")
    merge_cases(one, other)
    ((record, _, month, *codes),) = rows()
    assert (record, str(month)) == (min(one.pk, other.pk), "2022-02-01")
    assert {"M", "DK04"} <= set(codes)
    assert not {"F", "X"} & set(codes)


def test_a_merge_counts_from_its_moment_and_an_undo_too(centre: Partner) -> None:
    one, other = identified(centre), identified(centre)
    before = timezone.now()
    decision = merge_cases(one, other)
    between = timezone.now()
    undo_decision(decision)
    assert [len(persons(moment)) for moment in (before, between, None)] == [2, 1, 2]


def test_a_release_built_before_is_unchanged_and_one_as_of_before_is_the_same(centre: Partner) -> None:
    one, other = (identified(centre, decided_in="2023-03") for _ in range(2))
    first = release.build(by=COMMAND, period="2023", depth=1).release
    merge_cases(one, other)
    second = release.build(by=COMMAND, period="2023", depth=1, change_notes=NOTES).release
    assert [total(each.pk) for each in (first, second)] == [2, 1]
    again = release.build(by=COMMAND, period="2023", depth=1, as_of=first.as_of)
    assert (again.release, again.created) == (first, False)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_merges_are_undone_in_any_order(centre: Partner, order: tuple[int, int]) -> None:
    a, b, c = (identified(centre) for _ in range(3))
    before = rows()
    made = [merge_cases(a, b), merge_cases(b, c)]
    assert len(persons()) == 1
    undo_decision(made[order[0]])
    left = {0: {b.pk, c.pk}, 1: {a.pk, b.pk}}[order[0]]
    assert persons() == ({a.pk, b.pk, c.pk} - left) | {min(left)}
    undo_decision(made[order[1]])
    assert rows() == before
    assert not CaseLink.objects.current().exists()


def test_one_merge_of_many_cases_and_one_that_joins_two_groups(centre: Partner) -> None:
    cases = [identified(centre) for _ in range(6)]
    merge_cases(*cases[:3])
    second = merge_cases(*cases[3:])
    joining = merge_cases(cases[2], cases[5])
    assert len(persons()) == 1
    undo_decision(second)
    assert len(persons()) == 3
    undo_decision(joining)
    assert len(persons()) == 4


def refusals() -> dict[str, Callable[[Case, Case, Partner], Any]]:
    """What cannot be decided of two cases of one world."""

    def of(cases: list[Any], reason: str = "CONFIRMED") -> Any:
        return merge(by=COMMAND, cases=cases, reason_code=reason)

    def off(**changes: Any) -> Any:
        said = {"referrals": [], "assessments": [], "reason_code": "TWO_PERSONS", **changes}
        return split(by=COMMAND, **said)

    return {
        "one case": lambda a, b, p: of([a.pk]),
        "the same case twice": lambda a, b, p: of([a.pk, a.pk]),
        "an unknown case": lambda a, b, p: of([a.pk, uuid4()]),
        "a reason that is none": lambda a, b, p: of([a.pk, b.pk], "BECAUSE"),
        "a test case": lambda a, b, p: of([a.pk, case(p, test=True).pk]),
        "nothing to move": lambda a, b, p: off(case=a.pk),
        "nothing left": lambda a, b, p: off(
            case=a.pk,
            referrals=[(r.partner_id, r.reference) for r in Referral.objects.filter(case=a)],
            assessments=[p.pk],
        ),
        "another's record": lambda a, b, p: off(
            case=a.pk, referrals=[(r.partner_id, r.reference) for r in Referral.objects.filter(case=b)]
        ),
        "an assessment that is not there": lambda a, b, p: off(case=a.pk, assessments=[uuid4()]),
        "a split of an unknown case": lambda a, b, p: off(case=uuid4(), assessments=[p.pk]),
        "undoing nothing": lambda a, b, p: undo(by=COMMAND, decision=uuid4(), reason_code="WRONG_DECISION"),
    }


@pytest.mark.parametrize("name", refusals())
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(centre: Partner, ngo: Partner, name: str) -> None:
    one, other = person(centre, ngo), person(centre, ngo)
    written = AuditEvent.objects.count()
    with pytest.raises(LinkRefused):
        refusals()[name](one, other, centre)
    assert not LinkDecision.objects.exists()
    assert AuditEvent.objects.count() == written


def test_cases_that_are_one_person_are_not_merged_again(centre: Partner) -> None:
    a, b, c = (identified(centre) for _ in range(3))
    merge_cases(a, b)
    merge_cases(b, c)
    with pytest.raises(LinkRefused):
        merge_cases(a, c)


def test_what_is_undone_is_not_undone_again_and_an_undoing_never(centre: Partner) -> None:
    decision = merge_cases(identified(centre), identified(centre))
    undoing = undo_decision(decision)
    for each in (decision, undoing):
        with pytest.raises(LinkRefused):
            undo_decision(each)
    with pytest.raises(DatabaseError), transaction.atomic():
        LinkDecision.objects.create(kind="UNDO", undoes=decision, reason_code="_O", decided_at=timezone.now())


def test_a_merge_of_test_cases_is_theirs_alone(centre: Partner) -> None:
    tester = partner("CENTRE", Mode.TEST)
    one, other = case(tester, test=True), case(tester, test=True)
    merge_cases(one, other)
    assert persons() == set()


def test_a_split_moves_records_to_a_case_with_a_token_of_its_own(centre: Partner, ngo: Partner) -> None:
    mixed = identified(centre, decided_in="2023-03")
    hers = referral(mixed, ngo, gender="F", referred_in="2023-02")
    referral(mixed, ngo, gender="M", referred_in="2023-01")
    _, new = split_case(mixed, hers)
    assert tokens.canonical(new.token) == new.token != mixed.token
    assert (new.test, new.token_unknown, new.opened_by) == (False, False, ngo)
    ((record, *codes),) = rows()
    assert record == mixed.pk
    assert "M" in codes
    assert Referral.objects.get(pk=hers.pk).case == mixed  # as the partner submitted it
    assert len(rows("referrals")) == 2


def test_a_split_of_an_assessment_makes_two_persons(centre: Partner, ngo: Partner) -> None:
    service = partner("IMMIGRATION")
    mixed = person(centre, ngo)
    assessment(mixed, service, decided_in="2022-01")
    decision, new = split_case(mixed, assessed=(service,))
    assert {(row[0], row[1]) for row in rows()} == {(mixed.pk, centre.pk), (new.pk, service.pk)}
    again = assessment_again(mixed, service)
    assert {(row[0], str(row[2])) for row in rows()} == {(mixed.pk, "2023-05-01"), (new.pk, "2021-01-01")}
    assert again.case == mixed
    undo_decision(decision)
    assert {(row[0], row[1]) for row in rows()} == {(mixed.pk, service.pk)}


def assessment_again(of: Case, by: Partner) -> Any:
    """A later version of the authority's assessment, under the token that it knows."""
    now = timezone.now()
    supersede(of.assessment_set.get(partner=by, superseded_at=None), now)
    return assessment(of, by, decided_in="2021-01", version=2, recorded_at=now)


def test_records_that_came_to_the_new_case_otherwise_keep_it_when_the_split_is_undone(
    centre: Partner, ngo: Partner
) -> None:
    mixed = person(centre, ngo, ngo)
    moved = Referral.objects.filter(case=mixed)[0]
    before = rows()
    decision, new = split_case(mixed, moved)
    own = referral(new, ngo)
    assessment(new, centre, decided_in="2023-07")
    assert persons() == {mixed.pk, new.pk}
    undo_decision(decision)
    assert {record.reference for record in records_of(new.pk)} == {own.reference, None}
    assert [row for row in rows() if row[0] == mixed.pk] == before
    assert persons() == {mixed.pk, new.pk}


def test_a_record_that_its_partner_gives_another_case_leaves_the_split(centre: Partner, ngo: Partner) -> None:
    mixed, other = person(centre, ngo, ngo), case(ngo)
    moved = Referral.objects.filter(case=mixed)[0]
    _, new = split_case(mixed, moved)
    now = timezone.now()
    supersede(moved, now)
    said = {"reference": moved.reference, "version": 2, "recorded_at": now, "status": "corrected"}
    corrected = referral(other, ngo, **said)
    assert records_of(new.pk) == []
    assert [record.version for record in records_of(other.pk)] == [corrected.pk]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_record_that_was_moved_twice_is_where_the_last_standing_split_put_it(
    centre: Partner, ngo: Partner, order: tuple[int, int]
) -> None:
    mixed = person(centre, ngo, ngo, ngo)
    first, second = Referral.objects.filter(case=mixed)[:2]
    one, middle = split_case(mixed, first, second)
    two, last = split_case(middle, first)
    where = {one: mixed, two: middle}
    assert first.pk in {record.version for record in records_of(last.pk)}
    made = [one, two]
    undo_decision(made[order[0]])
    expected = last if order[0] == 0 else middle
    assert first.pk in {record.version for record in records_of(expected.pk)}
    undo_decision(made[order[1]])
    assert first.pk in {record.version for record in records_of(where[one].pk)}
    assert not RecordLink.objects.current().exists()


def test_a_case_that_a_split_opened_can_be_merged_and_the_split_undone(centre: Partner, ngo: Partner) -> None:
    mixed, third = person(centre, ngo, ngo, region="DK02"), identified(centre, decided_in="2023-05")
    before = rows()
    decision, new = split_case(mixed, Referral.objects.filter(case=mixed)[0])
    merged = merge_cases(new, third)
    assert persons() == {mixed.pk, third.pk}
    assert sum("DK02" in row for row in rows()) == 2
    undo_decision(decision)
    assert sum("DK02" in row for row in rows()) == 1
    undo_decision(merged)
    assert rows() == before


def test_the_audit_tells_who_and_why_and_no_token(centre: Partner, ngo: Partner) -> None:
    one, other = person(centre, ngo, ngo), person(centre, ngo)
    merged = merge_cases(one, other)
    moved, new = split_case(one, Referral.objects.filter(case=one)[0])
    undone = undo(by=Actor.of(staff()), decision=merged.pk, reason_code="WRONG_DECISION")
    events = {event.action: event for event in AuditEvent.objects.filter(action__startswith="case.")}
    assert {name: event.subject for name, event in events.items()} == {
        "case.merge": str(merged.pk),
        "case.split": str(moved.pk),
        "case.undo": str(undone.pk),
    }
    assert {event.user for event in events.values()} == {staff()} == {merged.user, moved.user, undone.user}
    assert events["case.merge"].detail == {"reason": "CONFIRMED", "cases": 2}
    assert events["case.split"].detail == {"reason": "TOKEN_MIXED_UP", "records": 1}
    assert events["case.undo"].detail == {"reason": "WRONG_DECISION", "undoes": str(merged.pk)}
    said = " ".join(f"{event.subject} {event.detail}" for event in AuditEvent.objects.all())
    assert not any(each.token in said for each in (one, other, new))


def test_the_merged_persons_attributes_are_of_all_her_referrals(centre: Partner, ngo: Partner) -> None:
    one, other = person(centre, ngo, citizenship="NG"), person(centre, ngo, citizenship="RO", referred_in="2020-01")
    merge_cases(one, other)
    built = release.build(by=COMMAND, period="2023", depth=1).release
    assert table(built.pk, "persons", "citizenship") == {("NG",): 1}
