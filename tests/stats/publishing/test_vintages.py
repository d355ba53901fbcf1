"""When there is a new vintage, what the earlier one remains, and which releases may not stand beside each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Case
from stats import published
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, Release, Withdrawal
from stats.protection.suppress.complementary import Suppression
from stats.publishing import suppression
from stats.publishing.proposals import start_study
from tests.stats.published import staff
from tests.stats.publishing.erasing import spied
from tests.stats.publishing.town import Town, build, cells, correct, issue, proof, publish, without_gate
from tests.stats.records import at, referral, say_nil

GENDER = ["gender"]
FORM = ["gender,exploitation.form"]
NEXT_YEAR = at(60) + timedelta(days=365)


@pytest.fixture
def crowd(town: Town) -> list[Case]:
    """The persons of 2012."""
    return town.year(2012)


def test_the_same_records_are_the_same_draft_and_the_same_release(crowd: list[Case]) -> None:
    first, second = build("2012", PUBLIC, GENDER), build("2012", PUBLIC, GENDER, as_of=at(90))
    assert (first.created, second.created) == (True, False)
    assert second.release == first.release
    publish(first)
    assert build("2012", PUBLIC, GENDER, as_of=at(90)).release == first.release
    assert Release.objects.count() == 1


def test_what_was_withdrawn_is_no_equivalent(crowd: list[Case]) -> None:
    """Nobody is to use it. Another vintage of the same records is wanted then."""
    first = issue("2012", PUBLIC, GENDER)
    Withdrawal.objects.create(release_id=first, reason="It was wrong.", user=staff("approver"))
    again = build("2012", PUBLIC, GENDER, as_of=NEXT_YEAR)
    assert (again.release.pk, again.created) == ("2012.p2", True)


def test_what_another_replaced_is_no_equivalent(crowd: list[Case]) -> None:
    first = issue("2012", PUBLIC, GENDER)
    other = issue("2012", PUBLIC, [*GENDER, "region"], as_of=NEXT_YEAR)
    assert build("2012", PUBLIC, GENDER, as_of=NEXT_YEAR).release.pk == first
    Withdrawal.objects.create(release_id=first, replacement_id=other, reason="It was wrong.", user=staff("approver"))
    with pytest.raises(ReleaseRefused, match=r"every table of 2012\.p2"):
        build("2012", PUBLIC, GENDER, as_of=NEXT_YEAR + timedelta(days=365))


def test_another_choice_is_another_draft(crowd: list[Case]) -> None:
    build("2012", PUBLIC, GENDER)
    for number, (tables, parameters) in enumerate(([["region"], {}], [GENDER, {"threshold": 4}]), start=2):
        assert build("2012", PUBLIC, tables, **parameters).release.pk == f"2012.p{number}"  # type: ignore[arg-type]


def test_a_draft_that_does_not_know_what_is_published_since_is_built_anew(town: Town, crowd: list[Case]) -> None:
    town.year(2013)
    stale = build("2012", PUBLIC, GENDER)
    other = issue("2013", PUBLIC, GENDER)
    fresh = build("2012", PUBLIC, GENDER)
    assert (stale.release.pk, fresh.release.pk, fresh.created) == ("2012.p1", "2012.p2", True)
    assert proof("2012.p2").against == [other]
    publish(fresh)


def test_a_draft_of_another_version_of_the_program_is_built_anew(
    crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build("2012", PUBLIC, GENDER)
    monkeypatch.setattr("django.conf.settings.HENVIS_VERSION", "another")
    second = build("2012", PUBLIC, GENDER)
    assert (first.release.pk, second.release.pk) == ("2012.p1", "2012.p2")
    publish(second)
    monkeypatch.setattr("django.conf.settings.HENVIS_VERSION", "a third")
    assert build("2012", PUBLIC, GENDER).release == second.release


def test_a_draft_is_built_anew_when_somebody_knows_more(town: Town, crowd: list[Case]) -> None:
    """A partner referred some of the same persons and withdrew it: nothing that is counted changed, but it knows them."""
    build("2012", PUBLIC, GENDER)
    for known in crowd[:3]:
        referral(known, town.ngos[2], recorded_at=at(5), status="withdrawn", reason_code="DUPLICATE")
        referral(known, town.ngos[1], recorded_at=at(5), status="withdrawn", reason_code="DUPLICATE")
    second = build("2012", PUBLIC, GENDER)
    assert second.release.pk == "2012.p2"
    assert second.release.snapshots == Release.objects.get(pk="2012.p1").snapshots


def test_authorities_get_no_vintage_of_fewer_than_ten_changed_records(town: Town, crowd: list[Case]) -> None:
    issue("2012", AUTHORITY, GENDER)
    town.enter(4, "2012-05", minutes=70)
    for case in crowd[:5]:
        correct(case, 70, gender="M")
    with pytest.raises(ReleaseRefused, match=r"fewer than 10 records have changed.* until 1 Jan 2025"):
        build("2012", AUTHORITY, GENDER, as_of=at(90))
    town.enter(1, "2012-05", minutes=80)
    assert build("2012", AUTHORITY, GENDER, as_of=at(90)).release.pk == "2012.a2"


def test_the_new_calendar_year_allows_authorities_a_vintage_of_fewer_changes(town: Town, crowd: list[Case]) -> None:
    issue("2012", AUTHORITY, GENDER)
    town.enter(6, "2012-05", minutes=70)
    built = build("2012", AUTHORITY, GENDER, as_of=NEXT_YEAR)
    assert (built.release.pk, built.passed) == ("2012.a2", True)


def test_a_public_year_that_has_ended_is_corrected_whenever_its_audit_passes(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    correct(crowd[0], 70, gender="M")
    town.enter(1, "2012-05", minutes=70)
    assert issue("2012", PUBLIC, GENDER, as_of=at(90)) == "2012.p2"
    assert cells("2012.p2", "") == {"": 88}


def test_a_public_year_that_has_not_ended_waits_for_ten(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two totals of a week apart would tell in which week somebody was identified."""
    monkeypatch.setattr(published, "OF_RECENT_YEARS", ())  # as it was before anybody had published the year
    town.enter(20, "2024-02")
    issue("2024", PUBLIC, [""])
    town.enter(9, "2024-02", minutes=70)
    with pytest.raises(ReleaseRefused, match=r"fewer than 10 records have changed.* until 1 Jan 2025"):
        build("2024", PUBLIC, [""], as_of=at(90))
    town.enter(1, "2024-02", minutes=80)
    assert build("2024", PUBLIC, [""], as_of=at(90)).passed


def test_the_total_alone_may_follow_tables_and_those_come_back_together(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, [*GENDER, "region"])
    town.enter(1, "2012-05", minutes=70)
    assert issue("2012", PUBLIC, [""], as_of=at(80)) == "2012.p2"
    town.enter(12, "2012-05", minutes=90)
    with pytest.raises(ReleaseRefused, match=r"the total alone, or has every table of 2012\.p1"):
        build("2012", PUBLIC, GENDER, as_of=at(100))
    assert build("2012", PUBLIC, [*GENDER, "region"], as_of=at(100)).passed


def test_a_later_vintage_may_have_more_tables_and_none_less(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    town.enter(12, "2012-05", minutes=70)
    with pytest.raises(ReleaseRefused, match=r"is the total alone, or has every table of 2012\.p1; it may have more"):
        build("2012", PUBLIC, ["region"], as_of=at(90))
    assert issue("2012", PUBLIC, [*GENDER, "region"], as_of=at(90)) == "2012.p2"
    assert cells("2012.p2", "region")["DK01"] == 99


def test_what_changed_in_tables_that_the_last_vintage_lacks_does_not_count(town: Town, crowd: list[Case]) -> None:
    """Twelve of another region are no news of gender: the two vintages would differ there in one person alone."""
    issue("2012", AUTHORITY, GENDER)
    town.enter(1, "2012-05", minutes=70)
    for case in crowd[:12]:
        correct(case, 70, region="DK02")
    with pytest.raises(ReleaseRefused, match="fewer than 10 records have changed"):
        build("2012", AUTHORITY, [*GENDER, "region"], as_of=at(90))


def test_a_vintage_looks_at_a_later_moment(town: Town, crowd: list[Case]) -> None:
    town.enter(20, "2012-05", minutes=70)
    issue("2012", PUBLIC, GENDER, as_of=at(90))
    with pytest.raises(ReleaseRefused, match=r"2012\.p1 is as of a later moment"):
        build("2012", PUBLIC, GENDER, as_of=at(60))


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
def test_the_vintage_before_remains_a_constraint(
    town: Town, crowd: list[Case], audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue("2012", audience, GENDER)
    town.enter(7, "2012-05", minutes=70, gender="M")
    town.enter(4, "2012-08", minutes=70, gender="X")
    for case in crowd[:3]:
        correct(case, 70, gender="M")
    plans = spied(monkeypatch)
    second = build("2012", audience, GENDER, as_of=at(90))
    assert second.passed
    assert proof(second.release.pk).against == [first]
    (plan,) = plans
    (block,) = plan.blocks
    assert [(tie.added, tie.removed) for tie in block.ties()] == [(14, 3)]
    assert publish(second) == second.release.pk


def test_a_vintage_that_would_tell_the_one_before_is_not_safe(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gender X is hidden in the first, and then there are ten more women. Who shows X of the second tells that of the first."""
    issue("2012", PUBLIC, GENDER)
    town.enter(10, "2012-05", minutes=70)
    assert build("2012", PUBLIC, GENDER, as_of=at(90)).passed

    without_gate(monkeypatch)
    monkeypatch.setattr(suppression, "suppress", lambda **given: Suppression(frozenset(), 0, 0))
    shown = build("2012", PUBLIC, GENDER, as_of=at(90), threshold=4)
    assert not shown.passed
    failing = proof(shown.release.pk).report["audit"]["gender"]["failing"]
    assert any(each["id"].startswith("2012.p1;gender=X") for each in failing)


def test_a_closed_year_has_two_vintages_for_authorities(town: Town, crowd: list[Case]) -> None:
    issue("2012-Q4", AUTHORITY, GENDER)
    for number in (1, 2):
        town.enter(10, "2012-11", minutes=60 + 10 * number)
        as_of = at(65 + 10 * number)
        if number == 1:
            issue("2012-Q4", AUTHORITY, GENDER, as_of=as_of)
    with pytest.raises(ReleaseRefused, match="at most 2 vintages for authorities"):
        build("2012-Q4", AUTHORITY, GENDER, as_of=at(85))


def test_a_year_that_is_not_over_has_more(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "OF_RECENT_YEARS", ())  # as it was before anybody had published the year
    for number in range(4):
        town.enter(20, "2024-02", minutes=10 * number)
        issue("2024-Q1", AUTHORITY, GENDER, as_of=at(10 * number + 5))


def test_pools_never_overlap(town: Town, crowd: list[Case]) -> None:
    town.year(2013)
    issue("2012-2013", PUBLIC, GENDER)
    for pool in ("2011-2012", "2013-2014", "2010-2014"):
        with pytest.raises(ReleaseRefused, match="Pools never overlap, and 2012-2013 is published"):
            build(pool, PUBLIC, GENDER)
    town.enter(30, "2010-03")
    say_nil(2011)
    issue("2010-2011", PUBLIC, GENDER)
    assert cells("2010-2011.p1", "gender") == {"F": 30, "M": 0, "X": 0, "_U": 0}


def test_a_pool_has_no_year_of_which_nobody_reported(town: Town, crowd: list[Case]) -> None:
    """It would count the year as zero, and nobody knows that."""
    with pytest.raises(ReleaseRefused, match=r"There are no data of 2013, 2014: no expected report has come"):
        build("2012-2014", PUBLIC, GENDER)
    with pytest.raises(ReleaseRefused, match=r"There are no data of 2013: "):
        start_study("2012-2013", PUBLIC, None, lambda _: None)
    say_nil(2013)
    assert build("2012-2013", PUBLIC, GENDER).passed


def test_a_pool_waits_for_a_year_that_was_withdrawn(town: Town, crowd: list[Case]) -> None:
    """Less its other years it would be the figure that nobody is to use."""
    town.year(2013)
    gone = issue("2012", PUBLIC, GENDER)
    Withdrawal.objects.create(release_id=gone, reason="It was wrong.", user=staff("approver"))
    with pytest.raises(ReleaseRefused, match=r"no new vintage stands: 2012\. Publish it first"):
        build("2012-2013", PUBLIC, GENDER, as_of=NEXT_YEAR)
    issue("2012", PUBLIC, GENDER, as_of=NEXT_YEAR)
    assert build("2012-2013", PUBLIC, GENDER, as_of=NEXT_YEAR).passed


def test_a_release_meanwhile_makes_the_build_void(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    town.year(2013)
    other = build("2013", PUBLIC, GENDER)

    def tell(said: str) -> None:
        if said.startswith("gender: 5 cells"):
            publish(other)

    with pytest.raises(ReleaseRefused, match="built or published meanwhile"):
        build("2012", PUBLIC, GENDER, tell=tell)
    assert not Release.objects.filter(pk="2012.p1").exists()
    assert build("2012", PUBLIC, GENDER).passed
