"""Backdating: in a database of invented records alone, rows may give their own time of recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from cases.models import Assessment, Case, InventedData, Referral
from stats.models import Release

SET_HISTORY = "SELECT set_config('henvis.history', %s, true)"
# The database refuses it where there are records.
DECLARE_INVENTED = "INSERT INTO cases_inventeddata (id) SELECT 1 WHERE NOT EXISTS (SELECT FROM cases_inventeddata)"


def is_possible() -> bool:
    """Whether all records of this database are invented, or there are none."""
    return InventedData.objects.exists() or not any(
        model._default_manager.exists() for model in (Case, Referral, Assessment, Release)
    )


@contextmanager
def backdating() -> Iterator[None]:
    """Allow rows to give their own time of recording within this block. Needs a transaction and the owner's rights.

    It declares for ever that the records of this database are invented.
    """
    with connection.cursor() as cursor:
        cursor.execute(DECLARE_INVENTED)
        cursor.execute(SET_HISTORY, ["on"])
        yield
        cursor.execute(SET_HISTORY, ["off"])
