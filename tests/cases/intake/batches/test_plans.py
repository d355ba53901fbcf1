"""How the database looks up what many rows are compared with: never row by row where it takes the tables for empty."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.intake.batches import statements, storing
from cases.intake.batches.rows import RowReader, SentRow
from cases.intake.batches.soft_checks import CurrentVersions
from cases.intake.batches.work import RANGE
from cases.intake.checks.counts import VALUES
from cases.intake.models import Batch, Handling
from config.database.base import wait_within
from tests.callers import Caller
from tests.cases.intake.batches.sending import row, send

pytestmark = pytest.mark.django_db
MANY = 1000


@pytest.fixture
def batch(ngo: Caller) -> Batch:
    """A delivery of many rows in a database that has counted none."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_referral, cases_case")
    batch = send(ngo, [row() for _ in range(MANY)], handling=Handling.LENIENT)
    assert batch.created == MANY
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        cursor.execute(statements.TRUST_NO_SMALL_TABLE)
    return batch


def joins(sql: str, values: Any) -> set[str]:
    """The kinds of joins of a statement."""
    return {node["Node Type"] for node in steps(sql, values)} & {"Nested Loop", "Hash Join", "Merge Join"}


def steps(sql: str, values: Any = None) -> list[dict[str, Any]]:
    """The steps of the plan of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        ((plan,),) = cursor.fetchall()
    return nodes(plan[0]["Plan"])


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of a plan."""
    return [plan, *(each for part in plan.get("Plans", ()) for each in nodes(part))]


def test_what_is_staged_is_not_compared_row_by_row(batch: Batch) -> None:
    values = {**storing.parameters(batch, storing.RowRange(0, RANGE)), **storing.closures(batch)}
    assert "Nested Loop" not in joins(statements.compare(), values)


def test_what_stands_is_looked_up_by_a_plan_of_its_own(ngo: Caller) -> None:
    """One that was kept from when a partner had stored little would read all of its rows for each row of a chunk."""
    CurrentVersions(ngo.partner.pk, [RowReader().read(SentRow(0, 1, members=row()))])
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("force_custom_plan",)


def test_a_partner_that_the_database_has_not_counted_yet_is_looked_up_by_reference(ngo: Caller, police: Caller) -> None:
    """It takes such a partner for one without rows, for which each index that begins with partners seems as good as any other."""
    assert send(police, [row() for _ in range(MANY)], handling=Handling.LENIENT).stored
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_referral")
    sent = [row() for _ in range(MANY)]
    assert send(ngo, sent, handling=Handling.LENIENT).stored
    with CaptureQueriesContext(connection) as queries:
        CurrentVersions(ngo.partner.pk, [RowReader().read(SentRow(0, 1, members=sent[0]))])
    looks = [step for step in steps(queries[-1]["sql"]) if step.get("Relation Name") == "cases_referral"]
    assert looks
    assert all("reference =" in step.get("Index Cond", "") for step in looks)


def test_a_delivery_of_what_is_stored_writes_no_referral_and_counts_no_history(ngo: Caller) -> None:
    """The history alone would take a tenth of its time."""
    rows = [row() for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        assert send(ngo, rows).created == len(rows)
    assert any(VALUES.split("FROM")[0] in each["sql"] for each in queries)
    with CaptureQueriesContext(connection) as queries:
        assert send(ngo, rows).unchanged == len(rows)
    costly = ("INTO cases_", "UPDATE cases_", VALUES.split("FROM")[0])
    assert not [each["sql"] for each in queries if any(part in each["sql"] for part in costly)]


@pytest.mark.parametrize(("rows", "is_off"), [(0, True), (10_000, False)])
def test_tables_that_are_known_to_be_large_are_looked_up_by_indexes(rows: int, is_off: bool) -> None:
    """Else each range of a delivery would read all that is stored."""
    with connection.cursor() as cursor:
        cursor.execute(statements.TRUST_NO_SMALL_TABLE.replace("min(reltuples)", str(rows)))
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == (("off" if is_off else "on"),)


@pytest.mark.parametrize(("rows", "waits"), [(storing.MOST_AT_ONCE + 1, True), (storing.MOST_AT_ONCE, False)])
@pytest.mark.django_db(transaction=True)
def test_a_job_waits_for_a_statement_as_long_as_it_may_take_there(rows: int, waits: bool) -> None:
    """A request waits no longer than its own statements may take; the bound is an instant here."""
    connection.ensure_connection()
    wait_within(connection.connection, 0.2)
    try:
        with nullcontext() if waits else pytest.raises(OperationalError), transaction.atomic():
            storing.have_patience(Batch(done=rows))
            storing.run("SELECT pg_sleep(0.4)")
    finally:
        connection.close()
