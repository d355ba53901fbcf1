"""A plugin of pytest: it writes how long each phase of each test took, in seconds, to the file that `HENVIS_CLOCK` names."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

took: dict[str, dict[str, float]] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A phase is over, here or in a process of pytest-xdist."""
    took.setdefault(report.nodeid, {})[report.when or ""] = report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """All tests are over."""
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["HENVIS_CLOCK"]).write_text(json.dumps(took), encoding="utf-8")
