"""Erasing a person whom releases counted: they stay to the last digit, lose her, and what is built later does not count her."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from cases.erased.models import Tombstone
from cases.linking.decide import merge, split, undo
from cases.linking.records import records_of
from cases.models import Case, Referral
from cases.rights.database import RightsRefused, ask
from cases.rights.erase import KEEP, erase_data
from cases.rights.person import of_case
from cases.statistics import erasures
from cases.statistics.counting import build as release
from cases.statistics.counting import verify
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import (
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
from cases.statistics.protection.verify.certificate import check_certificate
from cases.statistics.publishing import build as building
from cases.statistics.publishing import checks, facts, insiders, records, sources
from cases.statistics.publishing.plan import ProtectionResult, ReleasePlan
from partners.audit import COMMAND
from tests.callers import as_web_server
from tests.cases.rights.world import contents, officer, remaining_rows
from tests.cases.statistics.publishing.test_facts import figure, record, tell
from tests.cases.statistics.publishing.town import Town, build, cells, correct, issue, proof, publish
from tests.cases.statistics.records import NOTES, at

GENDER = ["gender"]
NEVER = (
    "public.statistics_release",
    "public.statistics_publishedtable",
    "public.statistics_certificate",
    "public.statistics_publication",
    "build.statistics_releasetable",
    "build.statistics_protectedtable",
    "build.statistics_proof",
)


@pytest.fixture
def crowd(town: Town) -> list[Case]:
    """The persons of 2012."""
    return town.year(2012)


def erased(*people: Case) -> None:
    """Erase persons as the web server does. A town's tokens are none that one could type."""
    for case in people:
        with as_web_server():
            erase_data(by=officer(), data=of_case(case), reason_code="REQUESTED")


def frozen() -> dict[str, list[str]]:
    """Everything of every release but the records that it counted."""
    rows = contents()
    return {table: rows[table] for table in NEVER}


def counted(release_id: str) -> set[UUID]:
    """The ids of the records that a release counted."""
    return set(SnapshotRecord.objects.filter(release_id=release_id).values_list("record", flat=True))


def spied(monkeypatch: pytest.MonkeyPatch) -> list[ReleasePlan]:
    """The plans that are carried out from now on."""
    plans: list[ReleasePlan] = []
    protect = building.protect

    def spy(plan: ReleasePlan) -> ProtectionResult:
        plans.append(plan)
        return protect(plan)

    monkeypatch.setattr(building, "protect", spy)
    return plans


def outcomes(found: Iterable[verify.Check]) -> dict[str, bool | None]:
    """Which checks passed."""
    return {each.name: each.passed for each in found}


def test_not_a_digit_of_a_release_changes(town: Town, crowd: list[Case]) -> None:
    exact = release.build(by=COMMAND, period="2012", as_of=at(60)).release
    public, authority = issue("2012", PUBLIC, GENDER), issue("2012-Q1", AUTHORITY, GENDER)
    before, digests = frozen(), {each: outcomes(checks.verify(each)) for each in (public, authority)}
    assert all(all(each.values()) for each in digests.values())
    erased(crowd[0])
    assert frozen() == before
    assert remaining_rows([str(crowd[0].pk), crowd[0].token]) == {}
    assert all(each.passed for each in (*verify.verify(exact.pk), *checks.verify(public)))
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
            found = (verify.verify if each.audience == EXACT else checks.verify)(each.pk)
            assert found and [check for check in found if not check.passed] == []


def test_who_is_smuggled_in_after_an_erasure_is_seen(town: Town, crowd: list[Case]) -> None:
    """Dated back past the database's clock: counted as of then, and by no release."""
    exact = release.build(by=COMMAND, period="2012", as_of=at(60)).release.pk
    public, authority = issue("2012", PUBLIC, GENDER), issue("2012-Q1", AUTHORITY, GENDER)
    erased(crowd[0])
    town.enter(1, "2012-02", gender="F")
    found = outcomes(verify.verify(exact))
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
        patch.setattr(records, "rule", lambda: "another")
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
    told = [each for each in (*verify.verify(exact), *checks.verify(public)) if not each.passed]
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
    assert sorted(kept.values_list("dataset", "month")) == [("persons", None), ("referrals", None)]
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


def records_in(release_id: str) -> tuple[records.CountedRecord, ...]:
    """The records of a release."""
    return sources.records_of(release_id)


def test_who_decided_on_her_still_knows_her(town: Town) -> None:
    police = town.ngos[0]
    (whom, *_) = town.enter(20, "2012-02", decider=police)
    public = issue("2012", PUBLIC, GENDER)
    erased(whom)
    known = insiders.decided_by(records_in(public))
    assert len(known[police.pk]) == 20


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
def test_a_later_vintage_is_built_audited_against_the_first_and_without_her(
    town: Town, crowd: list[Case], audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue("2012", audience, GENDER)
    issue("2012-Q1", AUTHORITY, GENDER)
    erased(crowd[0])
    town.enter(11, "2012-05", minutes=70, gender="M")
    plans = spied(monkeypatch)
    second = build("2012", audience, GENDER, as_of=at(90))
    assert second.passed
    assert second.release.change_notes_en == f"{NOTES.en} {erasures.CHANGE_NOTE.en}"
    assert first in proof(second.release.pk).against
    assert len(counted(second.release.pk)) == len(crowd) - 1 + 11
    ((plan,), (block,)) = plans, plans[0].blocks
    # The quarter tells the same persons as the year: one id in both, or the audit would take them for two vintages.
    assert sorted((tie.added, tie.removed) for tie in block.ties()) == [(0, 1), (11, 0)]
    knowing = {who: len(known) for who, known in plan.insiders.referred.items()}
    assert sum(knowing.values()) == len(crowd) + 11
    assert publish(second) == second.release.pk


def test_a_draft_that_counts_her_is_published_no_more(town: Town, crowd: list[Case]) -> None:
    draft = build("2012", PUBLIC, GENDER)
    erased(crowd[0])
    with pytest.raises(ReleaseRefused, match="is stale"):
        publish(draft)
    again = build("2012", PUBLIC, GENDER, as_of=at(90))
    assert (again.release.pk, again.created) == ("2012.p2", True)
    assert len(counted(again.release.pk)) == len(crowd) - 1
    assert publish(again) == "2012.p2"


def test_an_erasure_in_the_test_world_is_none(town: Town, crowd: list[Case]) -> None:
    draft = build("2012", PUBLIC, GENDER)
    erased(Case.objects.create(token="0" * 11, test=True, opened_at=at(0), opened_by=town.centre))
    with as_web_server(), pytest.raises(RightsRefused, match="while a person is erased"):
        ask(KEEP, Tombstone.objects.get().pk, "[]")
    assert publish(draft) == "2012.p1"
    assert outcomes(checks.verify("2012.p1"))["protecting the same records again gives the same cells"]


def test_who_is_erased_while_a_release_is_built_does_not_come_back_with_it(town: Town, crowd: list[Case]) -> None:
    def tell(said: str) -> None:
        if said.startswith("gender: 5 cells"):
            erased(crowd[0])

    with pytest.raises(ReleaseRefused, match="A person was erased meanwhile"):
        build("2012", PUBLIC, GENDER, tell=tell)
    assert remaining_rows([str(crowd[0].pk)]) == {}
    assert build("2012", PUBLIC, GENDER).passed
    assert len(counted("2012.p1")) == len(crowd) - 1


def test_a_pool_counts_what_its_years_published(town: Town, crowd: list[Case]) -> None:
    """Without her it would tell, less its years, who was erased."""
    town.year(2013)
    for year in ("2012", "2013"):
        issue(year, PUBLIC, GENDER)
    erased(crowd[0])
    pool = issue("2012-2013", PUBLIC, GENDER)
    assert counted(pool) == counted("2012.p1") | counted("2013.p1")
    assert cells(pool, "") == {"": 2 * len(crowd)}
    erased(crowd[1])
    again = build("2012-2013", PUBLIC, GENDER, as_of=at(90))
    assert (again.created, again.release.pk) == (False, pool)


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


def known_of(release_id: str, record: UUID) -> set[Any]:
    """Who knows a record by having referred her."""
    return {who for who, ids in insiders.referred_by(records_in(release_id)).items() if record in ids}


def test_the_change_notes_have_a_line_for_it(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    moment = timezone.now()
    assert erasures.change_note(moment) is None
    erased(crowd[0])
    note = erasures.change_note(moment)
    assert note is not None
    assert "no longer counted" in note.en
    assert "tælles ikke længere med" in note.da
    assert not any(letter.isdigit() for letter in note.en + note.da)
    assert erasures.change_note(timezone.now() + timedelta(days=1)) is None


def test_figures_of_others_tell_neither_staff_nor_readers_which_of_them_counted_her(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    women = sum(1 for case in crowd if Referral.objects.get(case=case).gender == "F")
    tell(monkeypatch, figure(len(crowd)), figure(women, gender="F"), figure(len(crowd) - women, gender=("M", "X")))
    issue("2012", PUBLIC, GENDER)
    town.year(2013)
    erased(crowd[0])
    plans = spied(monkeypatch)
    assert build("2012-2013", PUBLIC, GENDER).passed
    (room,) = {(fact.high or 0) - fact.low for fact in plans[0].facts}
    assert room == facts.STEP
    assert {fact.id for fact in plans[0].facts} == {"2012", "2012;gender=F", "2012;gender=M+X"}


def test_a_contradiction_for_another_reason_still_stops_the_build(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    women = [case for case in crowd if Referral.objects.get(case=case).gender == "F"]
    tell(monkeypatch, figure(len(women), gender="F"))
    issue("2012", PUBLIC, GENDER)
    erased(women[0])
    for case in women[1 : facts.STEP + 1]:
        correct(case, 30, gender="X")
    with pytest.raises(ReleaseRefused, match="contradict"):
        build("2012-2013", PUBLIC, GENDER)


@pytest.mark.parametrize(("erasures_of_2012", "room"), [(0, 0), (1, 5), (5, 5), (6, 10)])
def test_the_room_is_of_the_years_of_a_fact_and_no_less_than_who_was_erased(erasures_of_2012: int, room: int) -> None:
    told = [
        facts.Fact("a", 2012, 2012, (), 20, 20, ""),
        facts.Fact("b", 2010, 2013, (), 20, None, ""),
        facts.Fact("c", 2013, 2013, (), 20, 20, ""),
        facts.Fact("d", 2012, 2012, (), 3, 3, ""),
    ]
    gone = [record("2012-05") for _ in range(erasures_of_2012)]
    again = [replace(each, month=date(2012, 7, 1)) for each in gone]  # the same persons in another vintage
    found = facts.widen_for_erasures(told, [*gone, *again])
    assert [fact.low for fact in found] == [20 - room, 20 - room, 20, max(0, 3 - room)]
    assert [fact.high for fact in found] == [20, None, 20, 3]
