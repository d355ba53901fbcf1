"""What the pages are tried with."""

from __future__ import annotations

import pytest

from core.answers import Answers
from pages.base import frame


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test makes its pages anew: releases of other tests have the same names and moments."""
    monkeypatch.setattr(frame, "ANSWERS", Answers(2**20))
