"""Who orders releases and who approves them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.people.visitors import staff


@pytest.fixture
def statistician(db: None) -> User:
    """Who orders."""
    return staff("stine", "statistician")


@pytest.fixture
def approver(db: None) -> User:
    """Who approves."""
    return staff("anna", "approver")
