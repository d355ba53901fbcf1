"""Cases to link, and the counts of their persons."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from cases.dimensions import DATASETS
from cases.linking.decisions import merge, split, undo
from cases.linking.models import LinkDecision
from cases.linking.records import records_sql
from cases.models import Case, Referral
from partners.audit import COMMAND, Actor
from partners.models import Partner
from stats.counting import snapshot
from tests.stats.records import assessment, case, referral

Rows = list[tuple[object, ...]]


def staff(name: str = "decider") -> User:
    """A member of staff."""
    return User.objects.get_or_create(username=name, defaults={"is_staff": True})[0]


def rows(dataset: str = "persons", as_of: datetime | None = None) -> Rows:
    """Every record that counts, as a release counts it, whatever its month."""
    span = {"as_of": as_of or timezone.now(), "first": date(2000, 1, 1), "last": date(2099, 12, 1)}
    with transaction.atomic(), connection.cursor() as cursor:
        snapshot.prepare()
        cursor.execute(records_sql(DATASETS[dataset]), span)
        return sorted(cursor.fetchall(), key=str)


def persons(as_of: datetime | None = None) -> set[object]:
    """Who counts, by the case that stands for the person."""
    return {row[0] for row in rows(as_of=as_of)}


def person(by: Partner, *referrers: Partner, **changes: object) -> Case:
    """A case that was identified, with a referral of each partner."""
    made = case(by)
    assessment(made, by, decided_in="2023-05")
    for who in referrers:
        referral(made, who, **changes)
    return made


def merge_cases(*cases: Case) -> LinkDecision:
    """Merge cases."""
    return merge(by=Actor.of(staff()), cases=[each.pk for each in cases], reason_code="CONFIRMED")


def split_case(of: Case, *referrals: Referral, assessed: tuple[Partner, ...] = ()) -> tuple[LinkDecision, Case]:
    """Split records off a case."""
    named = [(each.partner_id, each.reference) for each in referrals]
    authorities = [each.pk for each in assessed]
    return split(
        by=Actor.of(staff()), case=of.pk, referrals=named, assessments=authorities, reason_code="TOKEN_MIXED_UP"
    )


def undo_decision(decision: LinkDecision | UUID) -> LinkDecision:
    """Undo a decision."""
    which = decision if isinstance(decision, UUID) else decision.pk
    return undo(by=COMMAND, decision=which, reason_code="WRONG_DECISION")
