"""The door by which invented records say for themselves of when they are, in a database of invented records alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from cases.models import Assessment, Case, InventedData, Referral
from cases.statistics.models import Release

OPEN = "SELECT set_config('henvis.history', %s, true)"
# The database refuses it where there are records already.
SAY = "INSERT INTO cases_inventeddata (id) SELECT 1 WHERE NOT EXISTS (SELECT FROM cases_inventeddata)"


def is_possible() -> bool:
    """Whether this database holds invented records alone, or none yet."""
    return InventedData.objects.exists() or not any(
        model._default_manager.exists() for model in (Case, Referral, Assessment, Release)
    )


@contextmanager
def backdating() -> Iterator[None]:
    """Let rows say of when they are, until the end of this block. Inside a transaction, with the owner's rights.

    It says, for ever, that the records of this database are invented.
    """
    with connection.cursor() as cursor:
        cursor.execute(SAY)
        cursor.execute(OPEN, ["on"])
        yield
        cursor.execute(OPEN, ["off"])
