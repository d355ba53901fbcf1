"""No migration can be reversed while a table holds rows that would be lost for ever."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from oversight.reporting.models import FirstReport
from tests.callers import Caller
from tests.oversight.rights.world import store_tombstone

pytestmark = pytest.mark.django_db


def first_step_back(room: str) -> None:
    """What the migration of a room does first when it is undone."""
    step = import_module(f"{apps.get_app_config(room).name}.migrations.0001_tables").Migration.operations[-1]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(step.reverse_sql)


@pytest.mark.parametrize("room", ["erased", "reporting", "statistics"])
def test_of_an_empty_table_the_way_back_is_open(room: str) -> None:
    first_step_back(room)


def test_a_tombstone_bars_the_way_back(ngo: Caller) -> None:
    store_tombstone(ngo.partner)
    with pytest.raises(DatabaseError, match="There are tombstones"):
        first_step_back("erased")


def test_a_first_report_bars_the_way_back(ngo: Caller) -> None:
    FirstReport.objects.create(partner=ngo.partner, month=date(2025, 1, 1), first_at=timezone.now(), stood=True)
    with pytest.raises(DatabaseError, match="records are gone"):
        first_step_back("reporting")
