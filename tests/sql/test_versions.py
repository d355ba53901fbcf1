"""`henvis_check_succession`, `henvis_check_end` and `henvis_check_no_records`: nothing ends without what follows it."""

from __future__ import annotations

from uuid import UUID

import pytest

from cases.linking.decisions import decide_attribute, merge, split, undo
from cases.models import InventedData, Referral
from partners.audit import COMMAND
from partners.models import Partner
from tests.sql.calls import commit, rows, setting, undone, violation
from tests.stats.records import assessment, at, case, partner, referral, supersede

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [referral, assessment])
def test_a_version_ends_when_the_next_one_begins(ngo: Partner, make: type) -> None:
    first = make(case(ngo), ngo)
    with violation():
        supersede(first, at(5))
        commit()
    for late in ({"recorded_at": at(6)}, {"recorded_at": at(5), "version": 3}):
        with violation():
            supersede(first, at(5))
            again(first, **{"version": 2, **late})
            commit()
    supersede(first, at(5))
    again(first, version=2, recorded_at=at(5))
    commit()


def again(version: Referral, /, **changes: object) -> None:
    """Another version of a record."""
    row = type(version).objects.get(pk=version.pk)
    row.pk, row.superseded_at = None, None
    for name, value in changes.items():
        setattr(row, name, value)
    row.pk = UUID(int=version.pk.int ^ 1)
    row.save(force_insert=True)


def test_a_version_that_an_erasure_moves_or_deletes_needs_no_next_one(ngo: Partner) -> None:
    first, other = referral(case(ngo), ngo), case(ngo)
    with undone():
        setting("erase")
        Referral.objects.filter(pk=first.pk).update(case=other)
        commit()
        supersede(first, at(5))
        rows("DELETE FROM cases_referral")
        commit()


def test_a_link_ends_by_a_decision_and_an_attribute_by_the_next_one(ngo: Partner) -> None:
    one, two = case(ngo), case(ngo)
    referral(one, ngo)
    decider = partner("IMMIGRATION")
    assessment(one, decider)
    split(by=COMMAND, case=one.pk, referrals=[], assessments=[decider.pk], reason_code="TWO_PERSONS")
    merged = merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    decide_attribute(by=COMMAND, case=one.pk, field="gender", code="F", reason_code="CONFIRMED")
    commit()
    for table in ("linking_caselink", "linking_recordlink", "linking_attributedecision"):
        end = f"UPDATE {table} SET superseded_at = recorded_at + interval '1 hour'"
        with violation():
            rows(end)
            commit()
        with undone():
            rows(end)
            setting("erase")
            rows(f"DELETE FROM {table}")
            commit()
    undo(by=COMMAND, decision=merged.pk, reason_code="WRONG_DECISION")
    decide_attribute(by=COMMAND, case=one.pk, field="gender", code="M", reason_code="CONFIRMED")
    commit()


def test_records_become_invented_before_there_are_any(ngo: Partner) -> None:
    with undone():
        rows("ALTER TABLE cases_inventeddata DISABLE TRIGGER append_only")
        InventedData.objects.all().delete()
        with undone():
            InventedData.objects.create()
        case(ngo)
        with violation():
            InventedData.objects.create()
