"""Erasing a person deletes all data of the person and of nobody else, and what remains identifies nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, ProgrammingError, connection
from django.db.transaction import atomic, set_rollback

from cases import tokens
from cases.erased import digests
from cases.erased.models import ErasedReference, ErasedToken, Tombstone
from cases.intake.batches import results
from cases.intake.models import ErrorFile, Handling
from cases.models import Assessment, Case, Referral
from oversight.rights.database import RightsRefused, ask
from oversight.rights.erasure import ERASE, erase, erase_data
from oversight.rights.person import PersonData, find, reopened_cases
from partners import audit
from partners.audit import COMMAND, Actor
from partners.kinds import Mode
from partners.models import AuditEvent
from stats.counting import erasures
from stats.models import PUBLIC
from tests.callers import Caller, as_web_server, make_caller, referral
from tests.cases.intake.batches.sending import outcomes, row, send
from tests.oversight.rights.world import arrive, body, contents, erase_person, officer, remaining_rows, staff
from tests.stats.drafts import built, exact

pytestmark = pytest.mark.django_db
# What an erasure adds to.
WRITTEN = (
    "public.erased_tombstone",
    "public.erased_erasedtoken",
    "public.erased_erasedreference",
    "public.reporting_firstreport",
    "public.partners_auditevent",
    "build.statistics_erasedknowledge",
)


def test_nothing_is_left_in_any_column_of_any_table(ngo: Caller, police: Caller, centre: Caller) -> None:
    person = arrive(ngo, police, decider=centre)
    needles = person.needles
    assert {"public.cases_referral", "public.cases_case", "public.api_idempotencyrecord"} <= set(
        remaining_rows(needles)
    )
    tombstone = erase_person(person)
    assert remaining_rows(needles) == {}
    assert not Case.objects.exists()
    assert not Referral.objects.exists()
    assert not Assessment.objects.exists()
    (row,) = Tombstone.objects.all()
    assert (row.pk, row.user_id, row.reason_code, row.test) == (tombstone, officer().user_id, "REQUESTED", False)
    assert row.counts == {
        "cases": 1,
        "referrals": 2,
        "referral_versions": 3,
        "assessment_versions": 2,
        "remembered_answers": 1,
        "rows_that_wait": 0,
        "results_of_rows": 0,
        "files_of_errors": 0,
        "own_words": 0,
        "returns": 0,
        "attribute_decisions": 0,
        "linkage_codes": 0,
        "duplicate_candidates": 0,
        "duplicate_decisions": 0,
        "links": 0,
        "counted_in_releases": 0,
        "cases_kept_for_others": 0,
    }
    assert ErasedToken.objects.get().digest == digests.of_token(person.token, test=False)
    named = {(ngo.partner.pk, person.references[0]), (police.partner.pk, person.references[1])}
    stored = set(ErasedReference.objects.values_list("partner_id", "digest"))
    assert {(who, digests.of_reference(UUID(name))) for who, name in named} <= stored
    assert len(stored) == 3
    event = AuditEvent.objects.get(action="case.erase")
    assert (event.user_id, event.subject) == (officer().user_id, str(tombstone))
    assert event.detail == {**row.counts, "reason_code": "REQUESTED"}


def test_everybody_else_is_untouched(ngo: Caller, other_ngo: Caller, police: Caller, centre: Caller) -> None:
    person = arrive(ngo, police, decider=centre)
    other = arrive(ngo, police, other_ngo, decider=centre)
    needles = person.needles
    officer()
    before = contents(*WRITTEN)
    events = set(AuditEvent.objects.values_list("pk", flat=True))
    erase_person(person)
    kept = {table: [row for row in rows if not any(each in row for each in needles)] for table, rows in before.items()}
    assert contents(*WRITTEN) == kept
    assert events <= set(AuditEvent.objects.values_list("pk", flat=True))
    assert [each.get(path).status_code for each, path in zip((ngo, police, other_ngo), other.paths, strict=True)] == [
        200
    ] * 3


@pytest.mark.parametrize("right", ["", "produce_case"])
def test_without_the_right_nobody_erases(ngo: Caller, right: str) -> None:
    person = arrive(ngo)
    superuser = User.objects.create_superuser("boss")
    User.objects.filter(pk=superuser.pk).update(is_active=False)
    outsider = staff("outsider", "erase_case")
    User.objects.filter(pk=outsider.pk).update(is_staff=False)
    for who in (Actor.of(staff("reader", right)), Actor.of(superuser), Actor.of(outsider), COMMAND):
        with pytest.raises(RightsRefused, match=r"Only the centre.s data protection staff erase"):
            erase_person(person, by=who)
    assert person.case
    assert not Tombstone.objects.exists()


def test_a_group_s_right_is_a_right(ngo: Caller) -> None:
    group = Group.objects.create(name="officers")
    group.permissions.set(Permission.objects.filter(codename="erase_case"))
    member = staff("member")
    member.groups.add(group)
    assert erase_person(arrive(ngo), by=Actor.of(member))


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("", "This is not a case token"),
        ("x", "This is not a case token"),
        ("7KQ2M8XW4A5", "There is a typing error in the case token"),
        ("7KQ2M8XW4A4", "typed correctly, but no case has it"),
    ],
)
def test_a_typing_error_is_told_from_an_unknown_token(db: None, token: str, why: str) -> None:
    with pytest.raises(RightsRefused, match=why) as refused:
        find(token, test=False)
    assert not token or token == "x" or token not in str(refused.value)
    with pytest.raises(RightsRefused, match=why):
        erase(by=officer(), token=token, test=False, reason_code="REQUESTED", fingerprint="")


def test_only_what_was_looked_at_is_erased(ngo: Caller, police: Caller) -> None:
    person = arrive(ngo)
    seen = find(person.token, test=False)
    again: dict[str, Any] = {"by": officer(), "token": person.token, "test": False}
    with pytest.raises(RightsRefused, match="not on the list"):
        erase(**again, reason_code="BECAUSE", fingerprint=seen.fingerprint)
    police.put(f"/api/v1/referrals/{uuid4()}", referral(case_token=person.token))
    with pytest.raises(RightsRefused, match="look again"):
        erase(**again, reason_code="REQUESTED", fingerprint=seen.fingerprint)
    with pytest.raises(RightsRefused, match="look again"):  # between the look and the locks
        erase_data(by=officer(), data=seen, reason_code="REQUESTED")
    assert Referral.objects.current().count() == 2
    assert not Tombstone.objects.exists()


def test_the_door_takes_no_less_than_a_person_and_a_digest_of_each(ngo: Caller) -> None:
    one, two = arrive(ngo), arrive(ngo)
    held, other = (find(each.token, test=False) for each in (one, two))
    with pytest.raises(RightsRefused, match="look again"):
        erase_data(
            by=officer(),
            data=PersonData((*held.cases, *other.cases), (*held.records, *other.records)),
            reason_code="OBLIGED",
        )
    partners, references = [ngo.partner.pk], [held.referrals[0][1]]
    for digests_, spare, names in ([], ["s"], ["n"]), (["d"], [], ["n"]), (["d"], ["s"], []):
        with pytest.raises(RightsRefused, match="leaves a digest"):
            ask(ERASE, officer().user_id, held.ids, digests_, spare, partners, references, names, "OBLIGED")
    with pytest.raises(IntegrityError, match="erasedtoken_digest"):
        ask(ERASE, officer().user_id, held.ids, ["d"], ["s"], partners, references, ["0" * 64], "OBLIGED")
    assert Case.objects.count() == 2


def test_the_setting_opens_nothing_to_the_web_server(ngo: Caller) -> None:
    arrive(ngo)
    for statement in ("DELETE FROM cases_case", "DELETE FROM cases_referral", "UPDATE cases_referral SET case_id = id"):
        with as_web_server(), connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"), atomic():
            cursor.execute("SELECT set_config('henvis.erase', 'on', true), set_config('henvis.purge', 'on', true)")
            cursor.execute(statement)
    with connection.cursor() as cursor, atomic():  # whoever grants too much by mistake
        cursor.execute("GRANT DELETE ON cases_referral, cases_case TO henvis_web")
        for statement in ("DELETE FROM cases_referral", "DELETE FROM cases_case"):
            with as_web_server(), pytest.raises(IntegrityError, match="append-only"), atomic():
                cursor.execute("SELECT set_config('henvis.erase', 'on', true), set_config('henvis.purge', 'on', true)")
                cursor.execute(statement)
        set_rollback(True)


def test_the_door_is_shut_again_afterwards(ngo: Caller) -> None:
    kept = arrive(ngo)
    erase_person(arrive(ngo))
    with pytest.raises(IntegrityError, match="append-only"), atomic():
        Referral.objects.all().delete()
    with pytest.raises(IntegrityError, match="append-only"), atomic():
        ErasedToken.objects.all().delete()
    assert kept.case


def test_no_setting_changes_a_release_or_a_version_s_content(ngo: Caller) -> None:
    arrive(ngo)
    built(PUBLIC, "2023", user=staff())
    exact()
    for statement in (
        "DELETE FROM build.statistics_releasetable",
        "UPDATE build.statistics_releasetable SET counts = '{2}'",
        "DELETE FROM statistics_release",
        "DELETE FROM build.statistics_snapshotrecord",
        "UPDATE build.statistics_snapshotrecord SET codes = '{M}'",
        "DELETE FROM build.statistics_protectedtable",
        "DELETE FROM partners_auditevent",
        "UPDATE partners_auditevent SET action = 'x'",
        "UPDATE cases_referral SET gender = 'X'",
    ):
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="append-only"), atomic():
            cursor.execute("SELECT set_config('henvis.erase', 'on', true)")
            cursor.execute(statement)


def test_live_and_test_worlds_are_apart(ngo: Caller) -> None:
    tester = make_caller("NGO", mode=Mode.TEST)
    live = arrive(ngo)
    path = f"/api/v1/referrals/{uuid4()}"
    assert tester.put(path, referral(case_token=live.token)).status_code == 201
    erase_person(live, test=True)
    assert (tester.get(path).status_code, ngo.get(live.paths[0]).status_code) == (410, 200)
    assert Tombstone.objects.get().test
    assert erasures.count_erased() == 0
    erase_person(live)
    assert ngo.get(live.paths[0]).status_code == 410
    assert ErasedToken.objects.count() == 2


def test_a_token_quoted_again_opens_a_case_that_staff_see(ngo: Caller, police: Caller) -> None:
    person = arrive(ngo)
    erase_person(person)
    assert reopened_cases() == []
    unknown, known = (
        police.put(f"/api/v1/referrals/{uuid4()}", referral(case_token=token))
        for token in (tokens.mint(), person.token)
    )
    assert (unknown.status_code, known.status_code) == (201, 201)
    assert {*body(unknown)} == {*body(known)}
    assert body(known)["case_token"] == person.token
    (again,) = reopened_cases()
    assert again.token_unknown
    assert again.token == person.token
    erase_person(person)
    assert Tombstone.objects.count() == 2
    assert ErasedToken.objects.count() == 1


def test_an_event_that_named_the_case_names_the_tombstone(ngo: Caller) -> None:
    person = arrive(ngo)
    audit.record(by=officer(), action="case.produce", subject=str(person.case.pk), cases=[str(person.case.pk)])
    LogEntry.objects.create(user=staff(), object_id=str(person.case.pk), object_repr=str(person.case.pk), action_flag=2)
    case = str(person.case.pk)
    stone = str(erase_person(person))
    event = AuditEvent.objects.get(action="case.produce")
    assert (event.subject, event.detail) == (stone, {"cases": [stone]})
    assert (LogEntry.objects.get().object_id, remaining_rows([case])) == (stone, {})


def test_what_deliveries_keep_of_the_person_goes_and_of_others_stays(ngo: Caller, police: Caller) -> None:
    person, other = arrive(ngo, police), row()
    needles = person.needles
    own = {**row(), "reference": person.references[0]}
    stored = send(ngo, [own, other], prefer_latest=True)
    waiting = send(ngo, [own, row(gender="Q")], dry_run=True)
    assert ErrorFile.objects.filter(batch=waiting).exists()
    erase_person(person)
    assert remaining_rows(needles) == {}
    assert [str(each.reference) for each in results.page(stored)] == [other["reference"]]
    assert not ErrorFile.objects.exists()
    assert outcomes(send(ngo, [own, row(gender="Q")], handling=Handling.LENIENT)) == ["rejected", "rejected"]
    assert not ErrorFile.objects.exists()  # nothing of the erased is kept again
