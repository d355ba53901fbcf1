"""What each step of an erasure deletes, keeps and unties.

Of `henvis_unlink_counts`, `henvis_keep_others`, `henvis_erase_records`, `henvis_erase_pairs`, `henvis_erase_links`,
`henvis_erase_answers`, `henvis_erase_deliveries` and `henvis_rename_in_logs`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from api.models import IdempotencyRecord
from cases.duplicates.models import Duplicate, DuplicateDecision, LinkageCode
from cases.erased.models import ErasedReference
from cases.intake.models import Batch, ColumnMapping, ErrorFile, RowResult
from cases.linking.decisions import decide_attribute, merge, split, undo
from cases.linking.models import AttributeDecision, CaseLink, LinkDecision, MergedCase, RecordLink
from cases.models import Assessment, Case, Referral
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from stats.models import PUBLIC, ErasedKnowledge, SnapshotRecord
from tests.oversight.rights.world import staff
from tests.sql.calls import rows, setting, undone, value
from tests.sql.erasing import ANSWERS, DELIVERIES, LINKS, OTHERS, PAIRS, RECORDS, RENAME, SPARE, UNLINK
from tests.stats.published import draft
from tests.stats.records import assessment, at, case, client, referral

pytestmark = pytest.mark.django_db


def delivery(partner: Partner, references: list[UUID]) -> Batch:
    """A batch with a result for each reference, and a file of errors."""
    batch = Batch.objects.create(
        partner=partner, client=client(partner), fingerprint="f", dry_run=False, handling="strict"
    )
    for index, reference in enumerate(references):
        RowResult.objects.create(batch=batch, index=index, line=index + 1, reference=reference, outcome="created")
    ErrorFile.objects.create(batch=batch, format="csv", content=b"rows")
    return batch


def test_what_releases_counted_stays_under_another_id_with_who_knows(ngo: Partner, authority: Partner) -> None:
    one, other = case(ngo), case(authority)
    merged = merge(by=COMMAND, cases=[one.pk, other.pk], reason_code="CONFIRMED")
    undo(by=COMMAND, decision=merged.pk, reason_code="WRONG_DECISION")
    referral(one, ngo)
    assessment(other, authority)
    for period in ("2022", "2023"):
        for record in (one.pk, other.pk):
            row = {"dataset": "persons", "month": "2023-01-01", "codes": ["F"]}
            SnapshotRecord.objects.create(release_id=f"{period}.p1", record=record, **row)
        draft(PUBLIC, period, {}, user=staff())
    setting("erase")
    assert value(UNLINK, [one.pk], [ngo.pk]) == 2
    records = set(SnapshotRecord.objects.values_list("record", flat=True))
    (fresh,) = records - {other.pk}
    assert fresh != one.pk
    known = ErasedKnowledge.objects.values_list("record", "partner_id", "decided")
    assert set(known) == {(each, *who) for each in (fresh, other.pk) for who in ((ngo.pk, False), (authority.pk, True))}
    assert value(UNLINK, [one.pk], [ngo.pk]) == 0


def test_records_of_others_get_a_case_and_a_version_of_their_own(ngo: Partner, authority: Partner) -> None:
    one, empty = case(ngo), case(ngo)
    kept = referral(one, authority, recorded_at=at(3))
    assessment(one, authority, recorded_at=at(4))
    setting("erase")
    assert value(OTHERS, [empty.pk, one.pk], ["UNUSEDTOKEN", SPARE]) == 1
    fresh = Case.objects.get(token=SPARE)
    assert (fresh.opened_by, fresh.opened_at, fresh.test) == (authority, at(3), False)
    before, after = Referral.objects.order_by("version")
    assert (before.pk, before.superseded_at, before.case_id) == (kept.pk, after.recorded_at, fresh.pk)
    assert (after.version, after.case_id, after.superseded_at) == (2, fresh.pk, None)
    assert (after.gender, after.client_id, after.reference) == (kept.gender, kept.client_id, kept.reference)
    assert list(Assessment.objects.values_list("case_id", "version")) == [(fresh.pk, 1)]


def test_what_a_split_said_of_records_that_are_kept_follows_them(ngo: Partner, authority: Partner) -> None:
    one = case(ngo)
    kept, hers, _ = referral(one, authority), referral(one, ngo), referral(one, ngo)
    also_hers = referral(one, authority)
    moved = [(authority.pk, kept.reference)]
    _, other = split(by=COMMAND, case=one.pk, referrals=moved, assessments=[], reason_code="TWO_PERSONS")
    moved = [(ngo.pk, hers.reference), (authority.pk, also_hers.reference)]
    split(by=COMMAND, case=one.pk, referrals=moved, assessments=[], reason_code="TWO_PERSONS")
    setting("erase")
    Referral.objects.exclude(pk=kept.pk)._raw_delete("default")
    value(OTHERS, [one.pk], [SPARE])
    fresh = Case.objects.get(token=SPARE).pk
    assert dict(RecordLink.objects.values_list("reference", "from_case_id")) == {
        kept.reference: fresh,
        hers.reference: one.pk,
        also_hers.reference: one.pk,
    }
    assert RecordLink.objects.get(reference=kept.reference).case_id == other.pk


def test_records_go_with_every_version_and_are_counted(ngo: Partner, authority: Partner) -> None:
    one = case(ngo)
    first = referral(one, ngo, superseded_at=at(5))
    referral(one, ngo, reference=first.reference, version=2, recorded_at=at(5))
    other = referral(one, authority)
    assessment(one, authority)
    decide_attribute(by=COMMAND, case=one.pk, field="gender", code="F", reason_code="CONFIRMED")
    setting("erase")
    assert value(RECORDS, [one.pk], [SPARE], [ngo.pk], [first.reference]) == json(
        assessment_versions=1, referral_versions=2, cases_kept_for_others=1, attribute_decisions=1
    )
    assert set(Referral.objects.values_list("reference", flat=True)) == {other.reference}
    assert not Assessment.objects.exists()
    assert not AttributeDecision.objects.exists()


def json(**counts: int) -> str:
    """Counts as the database writes them."""
    found: str = value("SELECT %s::jsonb", str(counts).replace("'", '"'))
    return found


def test_linkage_codes_and_pairs_go(ngo: Partner) -> None:
    one, two, three = sorted((case(ngo) for _ in range(3)), key=lambda each: each.pk)
    first, second = referral(one, ngo), referral(two, ngo)
    for each in (first, second):
        LinkageCode.objects.create(partner=ngo, reference=each.reference, digest="0" * 64, recorded_at=at(0))
    for a, b in ((one, two), (two, three)):
        pair: dict[str, Any] = {"case_a": a, "case_b": b, "reasons": ["pattern"], "score": 1}
        Duplicate.objects.create(**pair)
        DuplicateDecision.objects.create(decision="DIFFERENT", reason_code="TWO_KNOWN", user=staff(), **pair)
    setting("erase")
    assert value(PAIRS, [one.pk], [ngo.pk], [first.reference]) == json(
        linkage_codes=1, duplicate_candidates=1, duplicate_decisions=1
    )
    assert LinkageCode.objects.get().reference == second.reference
    assert {(row.case_a_id, row.case_b_id) for row in (Duplicate.objects.get(), DuplicateDecision.objects.get())} == {
        (two.pk, three.pk)
    }


def test_a_decision_goes_once_it_and_its_undoing_say_nothing_of_others(ngo: Partner) -> None:
    one, two, three = case(ngo), case(ngo), case(ngo)
    shared = merge(by=COMMAND, cases=[one.pk, two.pk, three.pk], reason_code="CONFIRMED")
    undo(by=COMMAND, decision=shared.pk, reason_code="WRONG_DECISION")
    own = merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    undo(by=COMMAND, decision=own.pk, reason_code="WRONG_DECISION")
    assert LinkDecision.objects.count() == 4
    with undone():
        setting("erase")
        value(LINKS, [one.pk], [], [])
        assert not CaseLink.objects.filter(case=one.pk).exists()
        assert not MergedCase.objects.filter(case=one.pk).exists()
        assert LinkDecision.objects.count() == 4  # each still says something of another case
    with undone():
        setting("erase")
        value(LINKS, [one.pk, two.pk], [], [])
        assert set(LinkDecision.objects.values_list("kind", flat=True)) == {"MERGE", "UNDO"}
        assert LinkDecision.objects.count() == 2
        assert value(LINKS, [three.pk], [], []) > 0
        assert not LinkDecision.objects.exists()


@pytest.mark.parametrize("place", [0, 1])
def test_a_split_goes_with_the_case_that_records_left_and_with_the_one_they_came_to(ngo: Partner, place: int) -> None:
    one = case(ngo)
    moved, _ = referral(one, ngo), referral(one, ngo)
    keys = [(ngo.pk, moved.reference)]
    _, other = split(by=COMMAND, case=one.pk, referrals=keys, assessments=[], reason_code="TWO_PERSONS")
    setting("erase")
    assert value(LINKS, [(one, other)[place].pk], [], []) == 2
    assert not RecordLink.objects.exists()
    assert not LinkDecision.objects.exists()


def test_digests_stay_and_remembered_answers_go(ngo: Partner) -> None:
    reference, other = uuid4(), uuid4()
    for each, digest in ((reference, "a" * 64), (other, "b" * 64)):
        IdempotencyRecord.objects.create(
            partner=ngo,
            key_digest=digest,
            fingerprint="f" * 64,
            status=201,
            reference=each,
            version=1,
            created_at=at(0),
        )
    assert value(ANSWERS, [ngo.pk], [reference], ["c" * 64]) == json(remembered_answers=1)
    assert set(ErasedReference.objects.values_list("digest", flat=True)) == {"a" * 64, "c" * 64}
    assert IdempotencyRecord.objects.get().reference == other


def test_what_deliveries_keep_goes_and_what_they_keep_of_others_stays(ngo: Partner, authority: Partner) -> None:
    reference, other = uuid4(), uuid4()
    batches = [delivery(each, [reference, other]) for each in (ngo, authority)]
    for each in (ngo, authority):
        ColumnMapping.objects.create(partner=each, content={"columns": {"Landsdel": "region"}})
    counts = json(rows_that_wait=0, results_of_rows=1, files_of_errors=1, own_words=1)
    assert value(DELIVERIES, [ngo.pk], [reference]) == counts
    assert ColumnMapping.objects.get().partner == authority
    assert [row.reference for row in RowResult.objects.filter(batch=batches[0])] == [other]
    assert RowResult.objects.filter(batch=batches[1]).count() == 2
    assert ErrorFile.objects.get().batch == batches[1]


def test_the_logs_name_the_tombstone_instead_of_the_case(ngo: Partner) -> None:
    one, other, stone = uuid4(), uuid4(), uuid4()
    AuditEvent.objects.create(action="a", subject=f"case {one}", detail={"of": [str(one), str(other)]})
    LogEntry.objects.create(
        user=staff(), content_type=ContentType.objects.get_for_model(Case), object_id=str(one), object_repr=str(one),
        action_flag=CHANGE, change_message=f"saw {one}, {other}",
    )  # fmt: skip
    setting("erase")
    rows(RENAME, [one], stone)
    event, entry = AuditEvent.objects.get(action="a"), LogEntry.objects.get()
    assert (event.subject, event.detail) == (f"case {stone}", {"of": [str(stone), str(other)]})
    assert (entry.object_id, entry.object_repr) == (str(stone), str(stone))
    assert entry.change_message == f"saw {stone}, {other}"
