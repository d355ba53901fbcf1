"""What this room hands to the agreements, and what it wants to be stated before there are records."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import Tags, register

from oversight.processing.annexes import disclosure, retention
from partners.organisations import annexes

annexes.add(1, disclosure)
annexes.add(2, retention)


def bases_are_stated(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The operator has stated the legal basis of each purpose, which pages and agreements refer to."""
    return [
        checks.Warning(f"HENVIS_LEGAL_BASIS_{purpose} is not set: pages say that it is not stated.", id="henvis.W001")
        for purpose, text in settings.HENVIS_LEGAL_BASIS.items()
        if not text
    ]


register(bases_are_stated, Tags.security, deploy=True)
