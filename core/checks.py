"""Checks of our own settings, for `check --deploy`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

SHORTEST_PEPPER = 32


def pepper_is_long(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The HMAC key of secrets and idempotency keys has 32 characters or more."""
    if len(settings.HENVIS_PEPPER) >= SHORTEST_PEPPER:
        return []
    return [checks.Error(f"HENVIS_PEPPER has fewer than {SHORTEST_PEPPER} characters.", id="henvis.E001")]
