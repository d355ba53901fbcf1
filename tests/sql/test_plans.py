"""Action plans: what the database holds whoever writes: two people, public releases, one source, and no change.

Of `henvis_check_plan_indicator`, `henvis_is_public_release`, `henvis_check_plan_observation`, `henvis_check_plan_approver`,
`henvis_check_indicator_decision` and `henvis_check_observation_decision`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from psycopg import Error

from publications.plans.models import IndicatorDecision, ObservationDecision, PlanIndicator, PlanObservation
from stats.models import AUTHORITY, PUBLIC
from tests.callers import as_web_server
from tests.people.visitors import staff
from tests.publications.plans.world import (
    a_computed,
    a_manual,
    approver,
    observed,
    publish_year,
    reason_of,
    stored,
    writer,
)
from tests.stats.published import draft, publish, withdraw

pytestmark = pytest.mark.django_db


def refused(model: type[Any], **values: Any) -> str:
    """The code with which the database refuses a row of the web server's role, and of its owner too."""
    codes = set()
    for as_web in (True, False):
        try:
            with transaction.atomic():
                if as_web:
                    with as_web_server():
                        model.objects.create(**values)
                else:
                    model.objects.create(**values)
        except DatabaseError as error:
            assert isinstance(error.__cause__, Error)
            told = error.__cause__.diag
            codes.add(told.constraint_name or told.message_primary)
        else:
            codes.add("")
    (code,) = codes
    return str(code)


def decision(row: Any, user: User, *, approve: bool = True) -> dict[str, Any]:
    """The columns of a decision."""
    name = "indicator" if isinstance(row, PlanIndicator) else "observation"
    return {name: row, "user": user, "approved": approve, "reason": reason_of(approve)}


def test_only_who_writes_statistics_writes() -> None:
    for user in (approver(), staff("nobody"), staff("keeper", "partner_manager")):
        row = a_computed("OTHER")
        values = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.name not in {"id", "recorded_at", "user"}
        }
        assert refused(PlanIndicator, **values, user=user) == "PLAN_WRITE_RIGHT_MISSING"
        indicator = PlanIndicator.objects.filter(code="COURSES").first() or stored(a_manual())
        values = {"indicator": indicator, "year": 2023, "value": 12, "source_da": "x", "source_en": "x"}
        assert refused(PlanObservation, **values, user=user) == "PLAN_WRITE_RIGHT_MISSING"


@pytest.mark.parametrize("approve", [True, False])
def test_nobody_decides_alone_or_without_the_right(approve: bool) -> None:
    both = staff("both", "statistician")
    both.groups.add(*approver().groups.all())
    boss = staff("boss", is_superuser=True)
    indicator = stored(a_manual(), approve=None)
    for user in (both, boss):
        own = a_manual(f"OWN-{user.pk}")
        own.user_id = user.pk
        own.save()
        assert refused(IndicatorDecision, **decision(own, user, approve=approve)) == "PLAN_BY_AUTHOR"
    assert (
        refused(IndicatorDecision, **decision(indicator, staff("other", "statistician"), approve=approve))
        == "PLAN_RIGHT_MISSING"
    )
    ready = stored(a_manual("READY"))
    values = {"indicator": ready, "year": 2023, "value": Decimal(12), "source_da": "x", "source_en": "x"}
    for user in (both, boss):
        row = PlanObservation.objects.create(**values, user=user)
        assert refused(ObservationDecision, **decision(row, user, approve=approve)) == "PLAN_BY_AUTHOR"
        assert refused(ObservationDecision, **decision(row, writer(), approve=approve)) == "PLAN_RIGHT_MISSING"
    assert not ObservationDecision.objects.exists()


def test_an_account_that_is_closed_decides_nothing() -> None:
    indicator, closed = stored(a_manual(), approve=None), approver()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert refused(IndicatorDecision, **decision(indicator, closed)) == "PLAN_RIGHT_MISSING"


@pytest.mark.parametrize("approve", [None, False])
def test_nothing_is_observed_of_an_indicator_that_is_not_published(approve: bool | None) -> None:
    indicator = stored(a_manual(), approve=approve)
    values = {"indicator": indicator, "year": 2023, "value": 12, "source_da": "x", "source_en": "x"}
    assert refused(PlanObservation, **values, user=writer()) == "PLAN_INDICATOR_NOT_PUBLISHED"


def test_a_computed_indicator_has_no_number_without_a_public_release_of_the_year() -> None:
    indicator = stored(a_computed())
    row = {"indicator": indicator, "year": 2023, "user": writer(), "value": Decimal(72)}
    said = {"source_da": "Egen optælling", "source_en": "Own count"}
    assert refused(PlanObservation, **row, **said) == "PLAN_SOURCE_WRONG"
    unpublished = draft(PUBLIC, "2023", {"": {"": 112}})
    assert refused(PlanObservation, **row, release=unpublished) == "PLAN_RELEASE_NOT_PUBLIC"
    for_authorities = publish(AUTHORITY, "2023", {"": {"": 112}})
    assert refused(PlanObservation, **row, release=for_authorities) == "PLAN_RELEASE_NOT_PUBLIC"
    of_another_year = publish_year("2022")
    assert refused(PlanObservation, **row, release=of_another_year) == "PLAN_RELEASE_NOT_PUBLIC"
    first, second = (publish_year("2023", vintage) for vintage in (2, 3))
    withdraw(first, second)
    assert refused(PlanObservation, **row, release=first) == "PLAN_RELEASE_NOT_PUBLIC"
    assert refused(PlanObservation, **row, release=second, **said) == "planobservation_of_one_source"
    PlanObservation.objects.create(**row, release=second)
    assert refused(PlanObservation, **row, release=second) == "PLAN_RELEASE_TAKEN"


def test_a_typed_value_has_no_release_and_always_a_source() -> None:
    indicator, release = stored(a_manual()), publish_year()
    row = {"indicator": indicator, "year": 2023, "user": writer()}
    assert refused(PlanObservation, **row, release=release) == "PLAN_SOURCE_WRONG"
    for values in (
        {"value": 12},
        {"value": 12, "source_da": "x", "source_en": " "},
        {"source_da": "x", "source_en": "x"},
    ):
        assert refused(PlanObservation, **row, **values) == "planobservation_of_one_source"


def test_a_release_that_was_withdrawn_meanwhile_publishes_nothing() -> None:
    publish_year("2023")
    indicator = stored(a_computed())
    row = observed(indicator, approve=None)
    assert row.release is not None
    withdraw(row.release, publish_year("2023", 2))
    assert refused(ObservationDecision, **decision(row, approver())) == "PLAN_RELEASE_NOT_PUBLIC"
    ObservationDecision.objects.create(**decision(row, approver(), approve=False))


def test_no_row_is_changed_or_deleted_and_no_moment_made_up() -> None:
    publish_year()
    row = observed(stored(a_computed()))
    for table in ("planindicator", "planobservation", "indicatordecision", "observationdecision"):
        moment = "decided_at" if table.endswith("decision") else "recorded_at"
        for act in (
            f"UPDATE plans_{table} SET {moment} = now()",
            f"DELETE FROM plans_{table}",
            f"TRUNCATE plans_{table} CASCADE",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)
    assert row.recorded_at is None or PlanObservation.objects.get(pk=row.pk).recorded_at.year >= 2026
