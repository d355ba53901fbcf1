"""What rooms above keep and tell beside a release. They name their functions when they start."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

# The paths of functions that take the release: those that keep something in the transaction in which it is stored, and those that
# tell whoever orders, approves or publishes it something, each as names and texts.
KEEPERS: list[str] = []
TELLERS: list[str] = []


def keep(release: Any) -> None:
    """Let each of them keep what it has to say of a release that was stored."""
    for path in KEEPERS:
        import_string(path)(release)


def facts(release: Any) -> list[tuple[object, object]]:
    """What each of them tells of a release."""
    return [fact for path in TELLERS for fact in import_string(path)(release)]
