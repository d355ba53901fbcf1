"""`henvis_member_is_no_staff` and `henvis_staff_is_no_member`: nobody is both, whichever comes first."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from psycopg.errors import CheckViolation

from partners.models import Partner
from partners.people.models import Membership
from tests.people.visitors import member
from tests.sql.calls import violation

pytestmark = pytest.mark.django_db
STAFF = ("is_staff", "is_superuser")


@pytest.fixture
def ngo(db: None) -> Partner:
    """A partner."""
    return Partner.objects.create(name="ngo", kind="NGO")


@pytest.mark.parametrize("name", STAFF)
def test_staff_become_no_members(ngo: Partner, name: str) -> None:
    user = User.objects.create(username="boss", **{name: True})
    with violation(CheckViolation):
        Membership.objects.create(user=user, partner=ngo, role="READER")


@pytest.mark.parametrize("name", STAFF)
def test_members_become_no_staff(ngo: Partner, name: str) -> None:
    person = member(ngo).user
    with violation(CheckViolation):
        User.objects.filter(pk=person.pk).update(**{name: True})
    assert User.objects.filter(pk=person.pk).update(first_name="Ida") == 1
