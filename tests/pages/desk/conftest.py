"""People of a partner on the desk."""

from __future__ import annotations

from datetime import date

import pytest

from partners.audit import COMMAND
from partners.calendar import Calendar
from partners.credentials import add_partner
from partners.kinds import Kind, Reporting
from partners.models import Partner
from partners.roles import MemberRole
from partners.twins import add_twin
from tests.callers import Browser, agree
from tests.people.visitors import member, signed_in


@pytest.fixture
def shelter() -> Partner:
    """A live partner that reports every month, with its twin in test mode."""
    calendar = Calendar(Reporting.MONTHLY, since=date(2026, 1, 1))
    partner = add_partner(by=COMMAND, name="Night Shelter", kind=Kind.NGO, calendar=calendar)
    add_twin(by=COMMAND, partner=partner)
    agree(partner)
    return partner


def at(partner: Partner, role: MemberRole, name: str | None = None) -> Browser:
    """The browser of a person of the partner."""
    return signed_in(member(partner, role, name).user)


@pytest.fixture
def manager(shelter: Partner) -> Browser:
    """A manager's browser."""
    return at(shelter, MemberRole.MANAGER, "maja")


@pytest.fixture
def caseworker(shelter: Partner) -> Browser:
    """A caseworker's browser."""
    return at(shelter, MemberRole.CASEWORKER, "mette")


@pytest.fixture
def reader(shelter: Partner) -> Browser:
    """A reader's browser."""
    return at(shelter, MemberRole.READER, "rolf")
