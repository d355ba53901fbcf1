"""A directory of keys for each test, and a town."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.statistics.publishing.town import Town


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """The directory of keys, not made yet."""
    directory = tmp_path / "keys"
    settings.HENVIS_KEYS = directory
    return directory


@pytest.fixture
def town(db: None, keys: Path) -> Town:
    """The organisations of a town without persons."""
    return Town()
