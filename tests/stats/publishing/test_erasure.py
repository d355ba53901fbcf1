"""Erasing a person whom releases counted: they stay to the last digit, lose her, and what is built later does not count her."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from cases.linking.decisions import merge, split, undo
from cases.linking.persons import records_of
from cases.models import Case, Referral
from oversight.rights.database import RightsRefused, ask
from oversight.rights.erasure import KEEP
from partners.audit import COMMAND
from stats.counting import build as release
from stats.counting import erasures, verification
from stats.models import (
    AUTHORITY,
    EXACT,
    PUBLIC,
    Certificate,
    ErasedCount,
    ErasedKnowledge,
    PublishedTable,
    Release,
    SnapshotRecord,
)
from stats.protection.verify.certificate import check_certificate
from stats.publishing import checks, insiders, sources
from tests.callers import as_web_server
from tests.oversight.rights.world import remaining_rows
from tests.stats.publishing.erasing import GENDER, counted, erased, frozen, known_of, outcomes, records_in
from tests.stats.publishing.town import Town, issue
from tests.stats.records import NOTES, at


def test_not_a_digit_of_a_release_changes(town: Town, crowd: list[Case]) -> None:
    exact = release.build(by=COMMAND, period="2012", as_of=at(60)).release
    public, authority = issue("2012", PUBLIC, GENDER), issue("2012-Q1", AUTHORITY, GENDER)
    before, digests = frozen(), {each: outcomes(checks.verify(each)) for each in (public, authority)}
    assert all(all(each.values()) for each in digests.values())
    erased(crowd[0])
    assert frozen() == before
    assert remaining_rows([str(crowd[0].pk), crowd[0].token]) == {}
    assert all(each.passed for each in (*verification.verify(exact.pk), *checks.verify(public)))
    found = outcomes(checks.verify(authority))
    assert found.pop("protecting the same records again gives the same cells") is None
    assert all(found.values())
    certificate = Certificate.objects.get(pk=public)
    assert all(each.passed for each in check_certificate(certificate.body))
    assert PublishedTable.objects.filter(release=public).exists()


RECORDS, AGAIN = "the records are those counted", "a new count gives the same cells"
Happens = Callable[[Town, list[Case]], object]


def together_and_apart(town: Town, crowd: list[Case]) -> None:
    """Two cases are merged, an exact release counts them as one person, and that is undone."""
    wrong = merge(by=COMMAND, cases=[crowd[0].pk, crowd[1].pk], reason_code="CONFIRMED")
    release.build(by=COMMAND, period="2012", change_notes=NOTES)
    undo(by=COMMAND, decision=wrong.pk, reason_code="WRONG_DECISION")


def her_referral_was_anothers(town: Town, crowd: list[Case]) -> None:
    """Her referral is found to be somebody else's, and the assessment stays hers."""
    (moved,) = (each for each in records_of(crowd[0].pk) if each.reference is not None)
    named: list[tuple[UUID, UUID]] = [(moved.partner, moved.reference)] if moved.reference else []
    split(by=COMMAND, case=crowd[0].pk, referrals=named, assessments=[], reason_code="TWO_PERSONS")


def her_assessment_was_anothers(town: Town, crowd: list[Case]) -> None:
    """Her assessment is, which made her a person that counts, and the referral stays hers."""
    (moved,) = (each for each in records_of(crowd[0].pk) if each.reference is None)
    split(by=COMMAND, case=crowd[0].pk, referrals=[], assessments=[moved.partner], reason_code="TWO_PERSONS")


HAPPENS: dict[str, Happens] = {
    "nothing more": lambda town, crowd: None,
    "she was of a group": together_and_apart,
    "her referral was another's": her_referral_was_anothers,
    "her assessment was another's": her_assessment_was_anothers,
}


@pytest.mark.parametrize("name", HAPPENS)
def test_what_releases_counted_is_counted_again_after_erasures(town: Town, crowd: list[Case], name: str) -> None:
    release.build(by=COMMAND, period="2012", as_of=at(60))
    issue("2012", PUBLIC, GENDER)
    HAPPENS[name](town, crowd)
    for whom in crowd[:3]:
        erased(whom)
        releases = list(Release.objects.all())
        assert len(releases) >= 2
        for each in releases:
            found = (verification.verify if each.audience == EXACT else checks.verify)(each.pk)
            assert found and [check for check in found if not check.passed] == []


def test_who_is_smuggled_in_after_an_erasure_is_seen(town: Town, crowd: list[Case]) -> None:
    """Dated back past the database's clock: counted as of then, and by no release."""
    exact = release.build(by=COMMAND, period="2012", as_of=at(60)).release.pk
    public, authority = issue("2012", PUBLIC, GENDER), issue("2012-Q1", AUTHORITY, GENDER)
    erased(crowd[0])
    town.enter(1, "2012-02", gender="F")
    found = outcomes(verification.verify(exact))
    assert (found[RECORDS], found[AGAIN]) == (False, False)
    for each in (public, authority):
        assert outcomes(checks.verify(each))[RECORDS] is False


def test_who_is_smuggled_in_is_seen_after_an_upgrade_too(town: Town, crowd: list[Case], settings: Any) -> None:
    """Only where that counts by another rule it cannot be told."""
    public = issue("2012", PUBLIC, GENDER)
    settings.HENVIS_VERSION = "99"
    assert all(each.passed for each in checks.verify(public))
    town.enter(1, "2012-02", gender="F")
    assert outcomes(checks.verify(public))[RECORDS] is False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "rule_of_records", lambda: "another")
        assert outcomes(checks.verify(public))[RECORDS] is None


def test_where_an_earlier_version_erased_it_is_said_that_this_cannot_be_checked(town: Town, crowd: list[Case]) -> None:
    exact, public = release.build(by=COMMAND, period="2012", as_of=at(60)).release.pk, issue("2012", PUBLIC, GENDER)
    erased(crowd[0])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("erased_tombstone", "statistics_erasedcount"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE erased_tombstone SET kept = false")
        cursor.execute("DELETE FROM statistics_erasedcount")
    told = [each for each in (*verification.verify(exact), *checks.verify(public)) if not each.passed]
    assert {each.name for each in told} >= {RECORDS, AGAIN}
    assert {each.passed for each in told} == {None}
    assert {each.detail for each in told if each.name in {RECORDS, AGAIN}} == {erasures.WHY}


def test_where_code_lists_have_new_versions_it_is_said_that_the_records_cannot_be_read_as_then(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    public = issue("2012", PUBLIC, GENDER)
    erased(crowd[0])
    monkeypatch.setattr(checks, "codelists", lambda _: {"gender": "9.0"})
    told = [each for each in checks.verify(public) if not each.passed]
    assert [(each.passed, each.detail) for each in told] == [(None, "code lists have new versions: gender")]


def test_what_is_kept_of_her_leads_nowhere(town: Town, crowd: list[Case]) -> None:
    exact = release.build(by=COMMAND, period="2012", as_of=at(60)).release.pk
    (reference,) = Referral.objects.filter(case=crowd[0]).values_list("reference", flat=True)
    erased(crowd[0])
    kept = ErasedCount.objects.filter(release=exact)
    assert sorted(kept.values_list("dataset", "month")) == [("persons", None), ("presumed", None), ("referrals", None)]
    assert {each.pk.version for each in kept} == {4}  # a number would tie the two together, and both to their tombstone
    assert remaining_rows([str(crowd[0].pk), str(reference), crowd[0].token]) == {}
    with as_web_server(), pytest.raises(RightsRefused, match="while a person is erased"):
        ask(KEEP, uuid4(), "[]")


def test_what_was_counted_stays_under_one_id_that_leads_nowhere(town: Town, crowd: list[Case]) -> None:
    public, authority = issue("2012", PUBLIC, GENDER), issue("2012-Q1", AUTHORITY, GENDER)
    rows = SnapshotRecord.objects.order_by("release_id", "month", "codes").values_list("release_id", "month", "codes")
    before, whom = list(rows), crowd[0]
    assert whom.pk in counted(public) & counted(authority)
    partners = set(Referral.objects.filter(case=whom).values_list("partner_id", flat=True))
    erased(whom)
    assert list(rows) == before
    (fresh,) = (counted(public) - {case.pk for case in crowd}) & counted(authority)
    (record,) = (each for each in records_in(public) if each.id == fresh)
    known = insiders.referred_by([record])
    assert {who for who, ids in known.items() if fresh in ids} == partners
    assert set(ErasedKnowledge.objects.values_list("record", flat=True)) == {fresh}
    assert insiders.decided_by([record]) == {}  # by the centre, which is no intruder


def test_who_decided_on_her_still_knows_her(town: Town) -> None:
    police = town.ngos[0]
    (whom, *_) = town.enter(20, "2012-02", decider=police)
    public = issue("2012", PUBLIC, GENDER)
    erased(whom)
    known = insiders.decided_by(records_in(public))
    assert len(known[police.pk]) == 20


def test_both_records_of_a_person_who_was_merged_later_stay_counted(town: Town, crowd: list[Case]) -> None:
    public = issue("2012", PUBLIC, GENDER)
    merge(by=COMMAND, cases=[crowd[0].pk, crowd[1].pk], reason_code="CONFIRMED")
    erased(crowd[1])
    assert len(counted(public)) == len(crowd)
    assert len(counted(public) - {case.pk for case in crowd}) == 2
    assert remaining_rows([str(case.pk) for case in crowd[:2]]) == {}


def test_who_knew_her_by_a_merge_that_was_undone_still_knows_the_other(town: Town, crowd: list[Case]) -> None:
    public = issue("2012", PUBLIC, GENDER)
    one, two = crowd[0], crowd[1]
    wrong = merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    undo(by=COMMAND, decision=wrong.pk, reason_code="WRONG_DECISION")
    before = known_of(public, two.pk)
    assert len(before) == 2
    erased(one)
    assert known_of(public, two.pk) == before
    erased(two)
    assert remaining_rows([str(two.pk)]) == {}
    assert len(counted(public) - {case.pk for case in crowd}) == 2
