"""What several tests read and none of them keeps: made once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around the tests of a module, or a package; each of them has one of its own in it.

    For a fixture that asks for `django_db_setup` as well. What it makes is gone once the last test is done.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
