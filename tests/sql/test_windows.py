"""Windows, reopenings and receipts, function by function: the database asks who writes them, whoever owns the tables.

Of `henvis_submits`, `henvis_check_window_change`, `henvis_check_reopening`, `henvis_open_until`, `henvis_check_record_opening`
and `henvis_check_receipt`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone
from psycopg import Error

from cases.months import today
from cases.windows.models import RecordOpening, Reopening, WindowChange, YearReceipt
from core.refusals import STATE
from partners.audit import COMMAND
from partners.models import Partner
from partners.organisations.names import add_twin
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.callers import Caller, as_web_server, make_caller
from tests.cases.windows.world import LAST_YEAR, keeper
from tests.people.visitors import member, staff
from tests.sql.calls import value, web_value

pytestmark = pytest.mark.django_db
SUBMITS = "SELECT henvis_submits(%s, %s)"


@pytest.fixture
def ngo(db: None) -> Caller:
    """An NGO."""
    return make_caller("NGO")


@pytest.fixture
def mette(ngo: Caller) -> Membership:
    """A caseworker of the partner."""
    return member(ngo.partner, MemberRole.CASEWORKER, "mette")


def receipt(partner: Partner, user: User, number: int = 1, year: int = LAST_YEAR) -> YearReceipt:
    """A receipt, as a role writes it that passes our program by."""
    rest = {"document": "{}", "digest": f"{number}{year}{partner.pk.hex}".ljust(64, "0")}
    return YearReceipt.objects.create(
        partner=partner, user=user, number=number, year=year, signed_at=timezone.now(), **rest
    )


def reopening(partner: Partner, user: User, until: date | None = None) -> Reopening:
    """A reopening."""
    return Reopening.objects.create(
        partner=partner, year=LAST_YEAR, until_on=until or today(), reason_code="NIL_WRONG", user=user
    )


def code_of(write: Callable[[], Any]) -> str | None:
    """The code with which the database refuses; None where it does not. With the web server's role, and as the owner."""
    codes: list[str | None] = []
    for role in (as_web_server, nullcontext):
        try:
            with transaction.atomic(), role():
                write()
                transaction.set_rollback(True)
            codes.append(None)
        except DatabaseError as error:
            cause = error.__cause__
            assert isinstance(cause, Error) and cause.sqlstate == STATE
            codes.append(cause.diag.message_primary)
    assert codes[0] == codes[1]
    return codes[0]


def test_who_submits_is_a_manager_or_a_caseworker_of_the_partner_or_of_its_twin(
    ngo: Caller, other_ngo: Caller, mette: Membership
) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    twin = Partner.objects.get(twin_of=ngo.partner)
    for person, partner, answer in (
        (mette, ngo.partner, True),
        (mette, twin, True),
        (mette, other_ngo.partner, False),
        (member(ngo.partner, MemberRole.MANAGER), ngo.partner, True),
        (member(ngo.partner, MemberRole.READER), ngo.partner, False),
        (member(twin, MemberRole.MANAGER), ngo.partner, False),
    ):
        assert value(SUBMITS, person.user_id, partner.pk) is answer
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    assert value(SUBMITS, mette.user_id, ngo.partner.pk) is False
    Partner.objects.filter(pk=ngo.partner.pk).update(active=True)
    User.objects.filter(pk=mette.user_id).update(is_active=False)
    assert value(SUBMITS, mette.user_id, ngo.partner.pk) is False


def test_a_year_is_signed_once_until_it_is_reopened(ngo: Caller, mette: Membership) -> None:
    partner, user, other = ngo.partner, mette.user, keeper()
    assert code_of(lambda: receipt(partner, user, 2)) == "RECEIPT_NUMBER"
    assert code_of(lambda: receipt(partner, other)) == "RECEIPT_RIGHT_MISSING"
    assert code_of(lambda: receipt(partner, user)) is None
    receipt(partner, user)
    assert code_of(lambda: receipt(partner, user, 2)) == "RECEIPT_STANDS"
    assert code_of(lambda: receipt(partner, user, 1, LAST_YEAR - 1)) is None
    reopening(partner, user)
    assert code_of(lambda: receipt(partner, user, 3)) == "RECEIPT_NUMBER"
    receipt(partner, user, 2)
    assert code_of(lambda: receipt(partner, user, 3)) == "RECEIPT_STANDS"


def test_a_year_is_reopened_by_who_may_and_for_a_year_at_most(
    ngo: Caller, other_ngo: Caller, mette: Membership
) -> None:
    strangers = (
        member(other_ngo.partner).user,
        member(ngo.partner, MemberRole.READER).user,
        staff("ana", "statistician"),
    )
    for user in strangers:
        assert code_of(partial(reopening, ngo.partner, user)) == "REOPENING_RIGHT_MISSING"
    for user in (mette.user, keeper()):
        assert code_of(partial(reopening, ngo.partner, user)) is None
        assert code_of(partial(reopening, ngo.partner, user, today() + timedelta(days=366))) is None
        for days in (-1, 367):
            until = today() + timedelta(days=days)
            assert code_of(partial(reopening, ngo.partner, user, until)) == "REOPENING_TOO_LONG"


def test_a_window_is_changed_by_staff_with_the_right(mette: Membership) -> None:
    def change(user: User) -> WindowChange:
        """A change for all partners."""
        return WindowChange.objects.create(year=LAST_YEAR, reason_code="YEAR_PLANNED", user=user)

    for user in (mette.user, staff("ana", "statistician"), staff("off", "partner_manager", is_active=False)):
        assert code_of(partial(change, user)) == "WINDOW_RIGHT_MISSING"
    other = keeper()
    assert code_of(lambda: change(other)) is None


def test_a_record_is_opened_by_staff_and_for_a_year_at_most(ngo: Caller, mette: Membership) -> None:
    def open_record(user: User, days: int = 3) -> RecordOpening:
        """An opening of a record."""
        until = timezone.now() + timedelta(days=days)
        return RecordOpening.objects.create(partner=ngo.partner, digest="0" * 64, until=until, user=user)

    other = keeper()
    strangers = (mette.user, staff("ana", "statistician"), staff("off", "case_manager", is_active=False))
    for user in strangers:
        assert code_of(partial(open_record, user)) == "RECORD_OPENING_REFUSED"
    case_manager = staff("cleo", "case_manager")
    assert code_of(lambda: open_record(case_manager)) is None
    assert code_of(lambda: open_record(other, 400)) == "RECORD_OPENING_REFUSED"
    assert code_of(lambda: open_record(other)) is None


def test_who_opens_nothing_may_make_an_opening_shorter_and_never_longer(ngo: Caller, mette: Membership) -> None:
    moment, digest = timezone.now(), "0" * 64

    def said(user: User | None, days: int) -> RecordOpening:
        """A row on the record, and what it says."""
        until = moment + timedelta(days=days)
        return RecordOpening.objects.create(partner=ngo.partner, digest=digest, until=until, user=user)

    def days_open() -> int:
        """For how many days the record is open."""
        until = web_value("SELECT henvis_open_until(%s, %s)", ngo.partner.pk, digest)
        return int((until - moment).days)

    assert web_value("SELECT henvis_open_until(%s, %s)", ngo.partner.pk, digest) is None
    said(keeper(), 30)
    assert code_of(lambda: said(mette.user, 31)) == "RECORD_OPENING_REFUSED"
    said(None, 7)
    assert days_open() == 7
    assert code_of(lambda: said(None, 8)) == "RECORD_OPENING_REFUSED"
    said(None, 0)
    assert code_of(lambda: said(None, 1)) == "RECORD_OPENING_REFUSED"
    assert days_open() == 0
