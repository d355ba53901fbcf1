"""The rule is asked what it erases, not whether the archive has it: that is in `tests.oversight.archive`."""

from __future__ import annotations

import pytest

from tests.oversight.retention.waiving import waive_every_year


@pytest.fixture(autouse=True)
def waiver(db: None) -> None:
    """The National Archives want nothing of any year."""
    waive_every_year()
