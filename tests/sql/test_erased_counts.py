"""`henvis_keep_counts`: what releases counted of a person is kept in the transaction that erases the person, and in no other."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.erased.models import Tombstone
from stats.models import ErasedCount, Release
from tests.callers import as_web_server
from tests.oversight.rights.world import staff
from tests.sql.calls import refusal, rows, setting
from tests.stats.drafts import exact

pytestmark = pytest.mark.django_db
KEEP = "SELECT henvis_keep_counts(%s, %s::jsonb)"
KEPT = [{"release": "2025.v1", "dataset": "persons", "hash": "ab" * 32, "month": "2025-01-01", "leaves": [1, 7]}]


@pytest.fixture
def release(db: None) -> Release:
    """A release."""
    return exact()


def stone(**row: Any) -> Tombstone:
    """A tombstone."""
    return Tombstone.objects.create(**{"test": False, "user": staff(), "reason_code": "REQUESTED", "counts": {}, **row})


def keep(identity: Any) -> None:
    """Keep counts as the web server does."""
    with as_web_server():
        rows(KEEP, identity, json.dumps(KEPT))


def test_counts_are_kept_of_who_is_erased_now(release: Release) -> None:
    keep(stone().pk)
    row = ErasedCount.objects.get()
    kept = (row.release_id, row.dataset, bytes(row.hash).hex(), str(row.month), row.leaves)
    assert kept == ("2025.v1", "persons", "ab" * 32, "2025-01-01", [1, 7])


def test_of_nobody_else(release: Release) -> None:
    setting("history")
    long_ago = stone(erased_at=timezone.now() - timedelta(days=1))
    for identity in (uuid4(), stone(test=True).pk, long_ago.pk):
        with refusal("ERASURE_NOT_RUNNING"):
            keep(identity)
    assert not ErasedCount.objects.exists()
