"""People of a partner on the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.months import later, this_month
from partners.audit import COMMAND
from partners.credentials import add_partner
from partners.kinds import Calendar, Kind, Reporting
from partners.models import Partner
from partners.organisations import agreements
from partners.organisations.names import add_twin
from partners.roles import MemberRole
from tests.callers import Browser, agree
from tests.people.visitors import member, signed_in


@pytest.fixture
def shelter() -> Partner:
    """A live partner that has reported every month for a year, with its twin in test mode."""
    calendar = Calendar(Reporting.MONTHLY, since=later(this_month(), -11))
    partner = add_partner(by=COMMAND, name="Night Shelter", kind=Kind.NGO, calendar=calendar)
    add_twin(by=COMMAND, partner=partner)
    agree(partner)
    return partner


def at(partner: Partner, role: MemberRole, name: str | None = None) -> Browser:
    """The browser of a person of the partner."""
    return signed_in(member(partner, role, name).user)


def renew_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have another agreement in force, which no partner has confirmed."""
    table = {
        kind: (first, replace(first, number=2, in_force=first.in_force + timedelta(days=1)))
        for kind, (first,) in agreements.VERSIONS.items()
    }
    monkeypatch.setattr(agreements, "VERSIONS", table)


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
