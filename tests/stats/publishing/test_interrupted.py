"""A build that is interrupted leaves nothing behind, and the next attempt ends as if nothing had happened."""

from __future__ import annotations

import pytest

from stats.models import PUBLIC, ProtectedTable, Release, SnapshotRecord
from tests.stats.publishing.town import Town, build

TABLES = ["gender,exploitation.form", "region"]


def test_nothing_is_stored_of_what_was_stopped(town: Town) -> None:
    town.year(2012)
    town.year(2013)
    told: list[str] = []

    def stop(said: str) -> None:
        told.append(said)
        if len(told) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build("2012-2013", PUBLIC, TABLES, tell=stop)
    assert not (Release.objects.exists() or ProtectedTable.objects.exists() or SnapshotRecord.objects.exists())
    assert build("2012-2013", PUBLIC, TABLES).passed
