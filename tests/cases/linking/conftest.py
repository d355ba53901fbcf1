"""Two organisations, and two members of staff on the pages on cases."""

from __future__ import annotations

import pytest

from partners.models import Partner
from tests.callers import Browser
from tests.cases.linking.pages import signed_in
from tests.stats.records import partner


@pytest.fixture
def centre() -> Partner:
    return partner("CENTRE")


@pytest.fixture
def ngo() -> Partner:
    return partner("NGO")


@pytest.fixture
def decider(db: None) -> Browser:
    return signed_in("who-decides", "decide_links")


@pytest.fixture
def viewer(db: None) -> Browser:
    return signed_in("who-looks", "view_conflicts")
