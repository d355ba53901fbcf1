"""An installation that sends mail, and the people of a partner."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils import timezone

from partners.models import Client
from partners.roles import MemberRole
from tests.callers import Caller
from tests.mail.boxes import give_address
from tests.mail.conftest import mail_on
from tests.people.visitors import member

__all__ = ["mail_on"]


@pytest.fixture
def team(ngo: Caller, mail_on: list[EmailMessage]) -> dict[MemberRole, User]:
    """One person of each role, with an address; nothing waits."""
    Client.objects.update(seen_at=timezone.now())
    people = {role: member(ngo.partner, role, role.lower()).user for role in MemberRole}
    for user in people.values():
        give_address(user)
    return people
