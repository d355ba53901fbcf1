"""The bodies by name as Django's choices. A function, so that migrations carry no text."""

from __future__ import annotations

from partners.choices import Choices, of
from publications.international.bodies import BODIES

BODY_NAMES = {each.id: each.name for each in BODIES.values()}


def bodies() -> Choices:
    """The bodies."""
    return of(BODY_NAMES)
