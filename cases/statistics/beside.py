"""What rooms above keep beside a release as it is stored, in its transaction. They name their functions when they start."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

# The paths of functions that take the release.
KEEPERS: list[str] = []


def keep(release: Any) -> None:
    """Let each of them keep what it has to say of a release that was stored."""
    for path in KEEPERS:
        import_string(path)(release)
