"""A directory of keys for each test, a town, and its persons of a year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.models import Case
from tests.stats.publishing.town import Town, draw_alike


@pytest.fixture
def keys(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of keys, not made yet. The keys are the same in every run."""
    directory = tmp_path / "keys"
    settings.HENVIS_KEYS = directory
    draw_alike(monkeypatch)
    return directory


@pytest.fixture
def town(db: None, keys: Path) -> Town:
    """The organisations of a town without persons."""
    return Town()


@pytest.fixture
def crowd(town: Town) -> list[Case]:
    """The persons of 2012."""
    return town.year(2012)
