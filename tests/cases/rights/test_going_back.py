"""The migration of the tombstones is not undone while there are any."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from tests.callers import Caller
from tests.cases.rights.world import buried

pytestmark = pytest.mark.django_db
MIGRATION = import_module("cases.migrations.0010_rights").Migration


def first_step_back() -> None:
    """What the migration does first when it is undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MIGRATION.operations[-1].reverse_sql)


def test_without_a_tombstone_the_way_back_is_open() -> None:
    first_step_back()


def test_a_tombstone_bars_the_way_back(ngo: Caller) -> None:
    buried(ngo.partner)
    with pytest.raises(DatabaseError, match="There are tombstones"):
        first_step_back()
