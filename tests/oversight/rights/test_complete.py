"""Every table that can lead to a person is erased, or listed here with the reason why not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from config.columns import COLUMNS
from core.risks import Risk

pytestmark = pytest.mark.django_db
SOURCES = """
SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE proname ~ '^henvis_(erase|keep_others|keep_counts|unlink_counts|rename_in_logs)'
"""
LEADING = """
SELECT conrelid::regclass::text, a.attname FROM pg_constraint AS c
JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
WHERE c.contype = 'f' AND c.confrelid = 'cases_case'::regclass
"""
# A digest over everything that a release counted, and one of a row that a partner has confirmed, under the pepper and of all that
# the row says: nobody is found by either.
# An opening names its referral by the very digest that stays of an erased one.
SAID = {"statistics.Release", "intake.Confirmation", "windows.RecordOpening"}


def sources() -> str:
    """The text of the functions that erase."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES)
        return str(cursor.fetchone()[0])


def test_every_table_with_a_pseudonym_is_known_to_the_erasure() -> None:
    text = sources()
    with_one = {label for label, columns in COLUMNS.items() if Risk.PSEUDONYM in columns.values()} - SAID
    assert {"cases.Referral", "statistics.SnapshotRecord", "api.IdempotencyRecord"} <= with_one
    assert [label for label in sorted(with_one) if apps.get_model(label)._meta.db_table not in text] == []


def test_every_column_that_leads_to_a_case_is_known_to_the_erasure() -> None:
    text = sources()
    with connection.cursor() as cursor:
        cursor.execute(LEADING)
        leading = cursor.fetchall()
    assert len(leading) >= 10
    assert [(table, column) for table, column in leading if table not in text or column not in text] == []
