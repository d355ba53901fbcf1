"""An erasure step by step. What it leaves nowhere is asked in tests/cases/rights.

Of `henvis_referrals_of`, `henvis_assessments_of`, `henvis_is_whole`, `henvis_begin_erasure`, `henvis_unlink_counts`,
`henvis_keep_others`, `henvis_erase_records`, `henvis_erase_pairs`, `henvis_erase_links`, `henvis_erase_answers`,
`henvis_rename_in_logs` and `henvis_erase`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from api.models import IdempotencyRecord
from cases.duplicates.models import Duplicate, DuplicateDecision, LinkageCode
from cases.erased.models import ErasedReference, ErasedToken, Tombstone
from cases.linking.attributes import decide_attribute
from cases.linking.decide import merge, split, undo
from cases.linking.models import AttributeDecision, CaseLink, LinkDecision, MergedCase, RecordLink
from cases.models import Assessment, Case, Referral
from cases.reporting.models import FirstReport
from cases.statistics.models import PUBLIC, ErasedKnowledge, SnapshotRecord
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from tests.callers import as_web_server
from tests.cases.rights.world import staff
from tests.cases.statistics.published import draft
from tests.cases.statistics.records import assessment, at, case, partner, referral
from tests.cases.statistics.web_role import refused
from tests.sql.calls import holds, refusal, rows, setting, undone, value

pytestmark = pytest.mark.django_db
REFERRALS = "SELECT * FROM henvis_referrals_of(%s::uuid[])"
ASSESSMENTS = "SELECT * FROM henvis_assessments_of(%s::uuid[])"
WHOLE = "SELECT henvis_is_whole(%s::uuid[], %s::uuid[], %s::uuid[])"
BEGIN = "SELECT henvis_begin_erasure(%s, %s::uuid[], %s::uuid[], %s::uuid[])"
UNLINK = "SELECT henvis_unlink_counts(%s::uuid[], %s::uuid[])"
OTHERS = "SELECT henvis_keep_others(%s::uuid[], %s::text[], false)"
RECORDS = "SELECT henvis_erase_records(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], false)"
PAIRS = "SELECT henvis_erase_pairs(%s::uuid[], %s::uuid[], %s::uuid[])"
LINKS = "SELECT henvis_erase_links(%s::uuid[], %s::uuid[], %s::uuid[])"
ANSWERS = "SELECT henvis_erase_answers(%s::uuid[], %s::uuid[], %s::text[])"
RENAME = "SELECT henvis_rename_in_logs(%s::uuid[], %s)"
ERASE = "SELECT henvis_erase(%s, %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], 'REQUESTED')"
SPARE = "SPARETOKEN1"


@pytest.fixture
def ngo(db: None) -> Partner:
    """Who refers."""
    return partner()


@pytest.fixture
def authority(db: None) -> Partner:
    """Who decides."""
    return partner("IMMIGRATION")


@pytest.fixture
def officer(db: None) -> User:
    """Who may erase, and not produce."""
    return staff("officer", "erase_case")


def test_a_record_is_of_the_case_that_a_split_moved_it_to(ngo: Partner, authority: Partner) -> None:
    one = case(ngo)
    stays, moves = referral(one, ngo), referral(one, ngo)
    assessment(one, authority)
    assert set(rows(REFERRALS, [one.pk])) == {(ngo.pk, stays.reference), (ngo.pk, moves.reference)}
    assert rows(ASSESSMENTS, [one.pk]) == [(authority.pk, one.pk)]
    moved: dict[str, Any] = {"referrals": [(ngo.pk, moves.reference)], "assessments": [authority.pk]}
    _, other = split(by=COMMAND, case=one.pk, reason_code="TWO_PERSONS", **moved)
    assert rows(REFERRALS, [one.pk]) == [(ngo.pk, stays.reference)]
    assert rows(REFERRALS, [other.pk]) == [(ngo.pk, moves.reference)]
    assert rows(ASSESSMENTS, [one.pk]) == []
    assert rows(ASSESSMENTS, [other.pk]) == [(authority.pk, one.pk)]


def test_a_person_is_whole_with_all_cases_and_all_referrals(ngo: Partner) -> None:
    one, two, stranger = case(ngo), case(ngo), case(ngo)
    first, second = referral(one, ngo), referral(two, ngo)
    both, partners, refs = [one.pk, two.pk], [ngo.pk] * 2, [first.reference, second.reference]
    assert value(WHOLE, both, partners, refs) is False  # two persons
    merge(by=COMMAND, cases=both, reason_code="CONFIRMED")
    assert value(WHOLE, both, partners, refs) is True
    for people, of, named in (
        ([one.pk], [ngo.pk], [first.reference]),
        ([two.pk], [ngo.pk], [second.reference]),
        ([*both, stranger.pk], partners, refs),
        ([*both, uuid4()], partners, refs),
        (both, [ngo.pk], [first.reference]),
        (both, [ngo.pk] * 3, [*refs, uuid4()]),
        ([], [], []),
    ):
        assert value(WHOLE, people, of, named) is False


def test_henvis_begin_erasure_wants_the_right_and_the_person_as_shown(ngo: Partner, officer: User) -> None:
    one = case(ngo)
    first = referral(one, ngo)
    named = ([one.pk], [ngo.pk], [first.reference])
    for user in (staff("nobody", "produce_case").pk, None):
        with refusal("ERASER_RIGHT_MISSING"):
            rows(BEGIN, user, *named)
    with undone():
        rows(BEGIN, officer.pk, *named)
        assert holds("henvis.linking")
        assert holds("henvis.erase")
    referral(one, ngo)
    with refusal("PERSON_CHANGED"):
        rows(BEGIN, officer.pk, *named)


@pytest.mark.django_db(transaction=True)
def test_at_another_isolation_nobody_is_erased(officer: User) -> None:
    with refusal("ERASURE_ISOLATION"), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        cursor.execute(BEGIN, [officer.pk, [], [], []])


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
    moved = [(authority.pk, kept.reference)]
    _, other = split(by=COMMAND, case=one.pk, referrals=moved, assessments=[], reason_code="TWO_PERSONS")
    moved = [(ngo.pk, hers.reference)]
    split(by=COMMAND, case=one.pk, referrals=moved, assessments=[], reason_code="TWO_PERSONS")
    setting("erase")
    Referral.objects.filter(partner=ngo)._raw_delete("default")
    value(OTHERS, [one.pk], [SPARE])
    fresh = Case.objects.get(token=SPARE).pk
    assert dict(RecordLink.objects.values_list("reference", "from_case_id")) == {
        kept.reference: fresh,
        hers.reference: one.pk,
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


def erase(user: User | None, of: Case, first: Referral, **changes: Any) -> UUID:
    """Erase a person with one case and one referral, as the web server does."""
    given = {"tokens": ["a" * 64], "spare": [SPARE], "names": ["b" * 64], **changes}
    with transaction.atomic(), as_web_server():
        stone: UUID = value(
            ERASE, user.pk if user else None, [of.pk], given["tokens"], given["spare"], [first.partner_id],
            [first.reference], given["names"],
        )  # fmt: skip
    return stone


def test_an_erasure_leaves_a_tombstone_with_digests_and_an_audit_event(ngo: Partner, officer: User) -> None:
    one = case(ngo)
    first = referral(one, ngo)
    stone = Tombstone.objects.get(pk=erase(officer, one, first))
    assert (stone.user, stone.test, stone.reason_code) == (officer, False, "REQUESTED")
    assert list(ErasedToken.objects.values_list("digest", "tombstone")) == [("a" * 64, stone.pk)]
    assert list(ErasedReference.objects.values_list("partner", "digest")) == [(ngo.pk, "b" * 64)]
    event = AuditEvent.objects.get(action="case.erase")
    assert (event.user_id, event.subject) == (officer.pk, str(stone.pk))
    assert event.detail == {**stone.counts, "reason_code": "REQUESTED"}
    assert {name: count for name, count in stone.counts.items() if count} == {
        "cases": 1,
        "referrals": 1,
        "referral_versions": 1,
    }
    assert len(stone.counts) == 12
    assert not Case.objects.exists()
    assert not Referral.objects.exists()
    assert FirstReport.objects.filter(partner=ngo).exists()
    assert value("SELECT current_setting('henvis.erase', true)") == "off"


@pytest.mark.parametrize(
    "changes",
    [
        {"tokens": []},
        {"spare": [SPARE, "ANOTHERONE1"]},
        {"names": []},
        {"tokens": None},
        {"spare": None},
        {"names": None},
    ],
)
def test_every_case_and_referral_leaves_a_digest(
    ngo: Partner, officer: User, changes: dict[str, list[str] | None]
) -> None:
    one = case(ngo)
    first = referral(one, ngo)
    with refusal("DIGEST_MISSING"):
        erase(officer, one, first, **changes)
    assert Referral.objects.exists()


def refuse_nobody(one: Case, first: Referral) -> None:
    """Nobody asks."""
    with refusal("ERASER_RIGHT_MISSING"):
        erase(None, one, first)


def refuse_changed(one: Case, first: Referral) -> None:
    """Something was added since the page was shown."""
    referral(one, Partner.objects.get())
    with refusal("PERSON_CHANGED"):
        erase(User.objects.get(username="officer"), one, first)


@pytest.mark.parametrize("refuse", [refuse_nobody, refuse_changed])
def test_what_is_refused_erases_nothing(ngo: Partner, officer: User, refuse: Callable[[Case, Referral], None]) -> None:
    one = case(ngo)
    refuse(one, referral(one, ngo))
    assert Referral.objects.exists()
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize(
    "call",
    [
        "henvis_referrals_of('{}')",
        "henvis_assessments_of('{}')",
        "henvis_is_whole('{}', '{}', '{}')",
        "henvis_begin_erasure(1, '{}', '{}', '{}')",
        "henvis_unlink_counts('{}', '{}')",
        "henvis_keep_others('{}', '{}', false)",
        "henvis_erase_records('{}', '{}', '{}', '{}', false)",
        "henvis_erase_pairs('{}', '{}', '{}')",
        "henvis_erase_links('{}', '{}', '{}')",
        "henvis_erase_answers('{}', '{}', '{}')",
        "henvis_rename_in_logs('{}', gen_random_uuid())",
    ],
)
def test_the_web_server_calls_no_step_by_itself(call: str) -> None:
    refused(f"SELECT {call}")
