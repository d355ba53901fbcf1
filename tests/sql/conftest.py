"""Who sends records."""

from __future__ import annotations

import pytest

from partners.models import Partner
from tests.stats.records import partner


@pytest.fixture
def ngo(db: None) -> Partner:
    """Who refers."""
    return partner()


@pytest.fixture
def authority(db: None) -> Partner:
    """Who decides."""
    return partner("IMMIGRATION")
