"""The bodies by name as Django's choices. A function, so that migrations carry no text."""

from __future__ import annotations

from publications.international.bodies import BODIES

BODY_NAMES = {each.id: each.name for each in BODIES.values()}
