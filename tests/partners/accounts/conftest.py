"""An installation that sends mail, and people of a partner with addresses."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from partners.audit import Actor
from partners.people import invitations
from partners.roles import MemberRole
from tests.callers import Caller
from tests.mail.boxes import give_address
from tests.mail.conftest import mail_on
from tests.people.visitors import PASSWORD, member, with_app

__all__ = ["mail_on"]


@pytest.fixture
def caseworker(ngo: Caller, mail_on: list[EmailMessage]) -> User:
    """A caseworker with a Danish address, at a partner that has a manager."""
    member(ngo.partner, MemberRole.MANAGER, "lena")
    user = member(ngo.partner, MemberRole.CASEWORKER, "karen").user
    give_address(user, "da")
    return user


@pytest.fixture
def karen(ngo: Caller, mail_on: list[EmailMessage]) -> User:
    """A caseworker whom a manager invited, with an app and an address."""
    lena = member(ngo.partner, MemberRole.MANAGER, "lena").user
    token = invitations.invite(by=Actor.of(lena), role="CASEWORKER", partner=ngo.partner)
    user = invitations.accept(token=token, username="karen", password=PASSWORD)
    with_app(user)
    give_address(user)
    return user
