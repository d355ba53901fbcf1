"""What the tests of the annual report have in common."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from publications.annual.models import ReportDraft
from tests.people.visitors import staff
from tests.publications.annual.world import draft_by, publish_years


@pytest.fixture
def writer(db: None) -> User:
    """Who orders and writes reports."""
    return staff("writer", "statistician")


@pytest.fixture
def publisher(db: None) -> User:
    """Who publishes what others wrote."""
    return staff("publisher", "approver")


@pytest.fixture
def draft(writer: User) -> ReportDraft:
    """A draft of a year in which two numbers are hidden."""
    publish_years()
    return draft_by(writer)
