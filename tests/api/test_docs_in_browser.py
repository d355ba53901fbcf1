"""Redoc and Swagger UI in a real browser: they render, and their policy lets all through that they need. Needs Chromium."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=8000 --dump-dom"
)
# Every other host is unknown: what asks for one says so on the console.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine, so the pages were not rendered")
@pytest.mark.parametrize("path", ["/docs/reference/", "/docs/try/"])
def test_it_renders_without_a_complaint(path: str, live_server: Any, tmp_path: Path) -> None:
    command = [str(CHROMIUM), *QUIET.split(), ALONE, f"--user-data-dir={tmp_path}", live_server.url + path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "Create or correct a referral" in done.stdout
    assert not [line for line in done.stderr.splitlines() if "CONSOLE" in line and "DOM" not in line]
