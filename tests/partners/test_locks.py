"""A transaction of few trips: what is sent unanswered is stored whole or not at all, and fails where somebody notices."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from partners import locks
from partners.kinds import Kind
from partners.models import Partner
from tests.callers import make_caller

AGAIN = "INSERT INTO partners_partner SELECT * FROM partners_partner"
# Whoever asks in a transaction, as the idempotent POST does, and whoever asks outside of one.
OUTSIDE = pytest.mark.django_db(transaction=True)
INSIDE = pytest.mark.django_db


def fail_unread() -> None:
    """Add a partner, then all again, of which nobody reads the error, then rename them."""
    with locks.few_trips(), connection.cursor() as cursor:
        Partner.objects.create(name="first", kind=Kind.NGO)
        cursor.execute(AGAIN)
        cursor.execute("UPDATE partners_partner SET name = 'second'")


def in_a_transaction() -> None:
    """The same within a transaction that goes on afterwards."""
    with transaction.atomic(), pytest.raises(IntegrityError):
        fail_unread()
    raise IntegrityError


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(fail_unread, marks=OUTSIDE),
        pytest.param(in_a_transaction, marks=OUTSIDE),
        pytest.param(fail_unread, marks=INSIDE),
    ],
)
def test_an_error_that_nobody_read_is_raised_and_undoes_all(work: Callable[[], None]) -> None:
    ngo = make_caller("NGO")
    with pytest.raises(IntegrityError):
        work()
    assert [each.name for each in Partner.objects.all()] == [ngo.partner.name]
    with transaction.atomic():
        locks.serialise(ngo.partner.pk)


@OUTSIDE
def test_what_nobody_read_is_stored_as_the_block_ends() -> None:
    with locks.few_trips():
        Partner.objects.create(name="only", kind=Kind.NGO)
    connection.close()
    assert [each.name for each in Partner.objects.all()] == ["only"]


@OUTSIDE
def test_the_blocks_own_error_undoes_all_and_the_connection_lives() -> None:
    with pytest.raises(ZeroDivisionError), locks.few_trips():
        Partner.objects.create(name="only", kind=Kind.NGO)
        raise ZeroDivisionError
    assert not Partner.objects.exists()
    assert connection.get_autocommit()


@OUTSIDE
def test_a_program_that_hangs_with_the_lock_loses_it() -> None:
    """The limit on idle transactions, which the web server demands of its database, holds here too."""
    ngo = make_caller("NGO")
    with pytest.raises(DatabaseError), locks.few_trips() as wait, connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '100ms'")
        locks.ask_for_turn(cursor, ngo.partner.pk)
        wait()
        locks.moment_of_turn(cursor)
        time.sleep(1)
        cursor.execute("SELECT 1")
    assert locks.serialise(ngo.partner.pk)


@OUTSIDE
def test_a_transaction_that_must_not_be_kept_is_not_committed() -> None:
    with locks.few_trips():
        Partner.objects.create(name="only", kind=Kind.NGO)
        transaction.set_rollback(True)
    assert not Partner.objects.exists()
