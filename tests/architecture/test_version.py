"""The version of the program is the same wherever it stands, and the changelog says what it changed."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from django.conf import settings

from config.version import VERSION

ROOT = Path(settings.BASE_DIR)


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    version_locked = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    version_described = json.loads((ROOT / "openapi.json").read_text())["info"]["version"]
    places = [
        project["version"],
        version_described,
        *(each["version"] for each in version_locked if each["name"] == project["name"]),
    ]
    assert places == [VERSION] * 3


def test_the_latest_section_of_the_changelog_is_of_this_version() -> None:
    """What comes after it may wait under `Unreleased`."""
    sections = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert next(each for each in sections if each != "Unreleased") == VERSION
