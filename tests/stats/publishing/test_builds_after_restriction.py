"""What is built while a person's processing is restricted does not count her, and once it is lifted it does (article 18)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cases.linking import restriction
from cases.linking.decisions import merge
from cases.models import Case, Referral
from oversight.rights.erasure import erase_data
from oversight.rights.person import data_of_case
from partners.audit import COMMAND
from stats.counting import build as exact
from stats.counting import erasures, verification
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, EXACT, PUBLIC, Release
from stats.publishing import checks, sources
from stats.publishing.insiders import find_insiders
from tests.callers import as_web_server
from tests.oversight.rights.restricting import inform, lift_from, restrict_case
from tests.oversight.rights.world import officer
from tests.sql.calls import value
from tests.stats.publishing.erasing import GENDER, counted, outcomes, spied
from tests.stats.publishing.test_facts import figure, tell
from tests.stats.publishing.test_figures_after_erasure import plan_facts, women_of
from tests.stats.publishing.town import Town, build, cells, issue, proof, publish
from tests.stats.records import NOTES, at

SAME_CELLS = "protecting the same records again gives the same cells"


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
def test_a_later_vintage_leaves_her_out_says_so_and_the_first_one_still_holds(
    town: Town, crowd: list[Case], audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue("2012", audience, GENDER)
    before = Release.objects.get(pk=first).snapshots, cells(first, "gender")
    restrict_case(crowd[0])
    town.enter(11, "2012-05", minutes=70, gender="M")
    plans = spied(monkeypatch)
    second = build("2012", audience, GENDER, as_of=timezone.now())
    assert second.passed
    assert second.release.change_notes_en == f"{NOTES.en} {erasures.RESTRICTION_NOTE.en}"
    assert first in proof(second.release.pk).against
    assert counted(first) - counted(second.release.pk) == {crowd[0].pk}
    (block,) = plans[0].blocks
    assert sorted((tie.added, tie.removed) for tie in block.ties()) == [(11, 1)]
    known = find_insiders(sources.records_of(first)).records_referred.values()
    assert crowd[0].pk in set().union(*known)  # whoever referred her knows her still
    assert publish(second) == second.release.pk
    assert (Release.objects.get(pk=first).snapshots, cells(first, "gender")) == before
    assert all(each.passed for each in checks.verify(first))


def test_who_is_lifted_is_counted_again(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    town.enter(11, "2012-05", minutes=70, gender="M")
    row = inform(restrict_case(crowd[0]))
    second = build("2012", PUBLIC, GENDER, as_of=timezone.now())
    assert crowd[0].pk not in counted(second.release.pk)
    publish(second)
    lift_from(row)
    third = build("2012", PUBLIC, GENDER, as_of=timezone.now())
    assert crowd[0].pk in counted(third.release.pk)
    assert third.release.change_notes_en == f"{NOTES.en} {erasures.RESTRICTION_NOTE.en}"
    assert publish(third) == third.release.pk
    # As of then she was not counted.
    assert [each for each in checks.verify(second.release.pk) if not each.passed] == []


def test_a_draft_that_counts_her_is_published_no_more(town: Town, crowd: list[Case]) -> None:
    draft = build("2012", PUBLIC, GENDER)
    restrict_case(crowd[0])
    with pytest.raises(ReleaseRefused, match="is stale"):
        publish(draft)
    again = build("2012", PUBLIC, GENDER, as_of=timezone.now())
    assert len(counted(again.release.pk)) == len(crowd) - 1
    assert publish(again) == "2012.p2"


def test_no_build_goes_back_to_a_moment_at_which_she_was_counted(town: Town, crowd: list[Case]) -> None:
    row = inform(restrict_case(crowd[0]))
    with pytest.raises(ReleaseRefused, match="restricted after the as-of moment"):
        build("2012", PUBLIC, GENDER)
    with pytest.raises(ReleaseRefused, match="restricted after the as-of moment"):
        exact.build(by=COMMAND, period="2012", as_of=at(60))
    lift_from(row)
    assert build("2012", PUBLIC, GENDER).passed


def test_who_is_restricted_while_a_release_is_built_does_not_come_in_with_it(town: Town, crowd: list[Case]) -> None:
    rows = []

    def tell_of(said: str) -> None:
        if said.startswith("gender: 5 cells"):
            rows.append(restrict_case(crowd[0]))
            # Lifted at once: a build reckons with what it read at its beginning, or it is refused.
            lift_from(inform(rows[0]))

    with pytest.raises(ReleaseRefused, match="or the processing restricted: build again"):
        build("2012", PUBLIC, GENDER, tell=tell_of)
    assert rows


def test_exact_figures_leave_her_out_and_a_recount_of_before_holds(town: Town, crowd: list[Case]) -> None:
    before = exact.build(by=COMMAND, period="2012", as_of=at(60)).release
    restrict_case(crowd[0])
    after = exact.build(by=COMMAND, period="2012", change_notes=NOTES).release
    assert after.audience == EXACT and after.pk != before.pk
    assert (before.records, after.records) == (
        before.records,
        {**before.records, **{name: n - 1 for name, n in before.records.items() if n}},
    )
    assert after.change_notes_en.endswith(erasures.RESTRICTION_NOTE.en)
    for release in (before, after):
        assert set(outcomes(verification.verify(release.pk)).values()) == {True}


def test_a_merge_that_came_later_restricts_the_other_case_too(town: Town, crowd: list[Case]) -> None:
    one, two, *_ = crowd
    restrict_case(one)
    assert set(restriction.case_ids()) == {one.pk}
    between = timezone.now()
    merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    assert restriction.case_ids() == {one.pk, two.pk}
    with pytest.raises(ReleaseRefused, match="restricted after the as-of moment"):
        build("2012", PUBLIC, GENDER, as_of=between)
    second = build("2012", PUBLIC, GENDER, as_of=timezone.now())
    assert counted(second.release.pk).isdisjoint({one.pk, two.pk})
    assert len(counted(second.release.pk)) == len(crowd) - 2


@pytest.mark.parametrize("place", [0, 1])
def test_a_draft_that_counts_who_is_one_person_with_her_since_is_published_no_more(
    town: Town, crowd: list[Case], place: int
) -> None:
    """Whichever of the two stands for the person."""
    one, two, three, four, *_ = sorted(crowd, key=lambda case: case.opened_at)
    restrict_case((one, two)[place])
    draft = build("2012", PUBLIC, GENDER, as_of=timezone.now())
    merge(by=COMMAND, cases=[three.pk, four.pk], reason_code="CONFIRMED")
    assert value("SELECT stale FROM henvis_proof(%s)", draft.release.pk) is False
    merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    with pytest.raises(ReleaseRefused, match="is stale"):
        publish(draft)


def test_figures_of_others_stay_exact(town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """What others published counts her still, and so does the audit, as after an erasure."""
    women = women_of(crowd)
    tell(monkeypatch, figure(len(crowd)), figure(len(women), gender="F"))
    issue("2012", PUBLIC, GENDER)
    restrict_case(women[0])
    town.year(2013)
    town.enter(11, "2012-05", minutes=70, gender="M")
    tell(monkeypatch, figure(len(crowd) + 11), figure(len(women), gender="F"))
    plans = spied(monkeypatch)
    second = build("2012", PUBLIC, GENDER, as_of=timezone.now())
    assert second.passed
    ((plan,),) = (plans,)
    assert {(fact.low, fact.high) for fact in plan.facts} == {(98, 98), (44, 44)}
    assert sum(map(len, (plan.source.records, plan.everyone))) == 97 + 98
    assert {each["low"] - each["high"] for each in plan_facts(second.release.pk)} == {0}


def test_she_is_put_back_once_for_figures_of_others(town: Town, crowd: list[Case]) -> None:
    """A release counted her two cases as two persons; a later one, after the merge, as one."""
    one, two, *_ = crowd
    issue("2012-Q1", AUTHORITY, GENDER, as_of=at(10))
    merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    issue("2012", PUBLIC, GENDER, as_of=timezone.now())
    restrict_case(*sorted((one, two), key=lambda case: case.opened_at))
    span = date(2012, 1, 1), date(2012, 12, 1)
    assert len(sources.erased_records(*span, timezone.now())) == 1
    assert sources.erased_records(*span, at(60)) == ()  # at that moment she was not restricted


def test_an_erasure_of_a_restricted_person_keeps_what_releases_counted(town: Town, crowd: list[Case]) -> None:
    before = exact.build(by=COMMAND, period="2012", as_of=at(60)).release
    restrict_case(crowd[0])
    after = exact.build(by=COMMAND, period="2012", change_notes=NOTES).release
    with as_web_server():
        erase_data(by=officer(), data=data_of_case(crowd[0]), reason_code="OBJECTED")
    for release in (before, after):
        assert set(outcomes(verification.verify(release.pk)).values()) == {True}


def test_referrals_of_hers_are_not_counted_either(town: Town, crowd: list[Case]) -> None:
    mine = Referral.objects.filter(case=crowd[0]).count()
    restrict_case(crowd[0])
    assert mine
    assert restriction.readable(Referral.objects.current()).count() == Referral.objects.current().count() - mine
