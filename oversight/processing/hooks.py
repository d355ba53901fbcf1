"""What this room hands to the agreements."""

from __future__ import annotations

from oversight.processing.annexes import disclosure, retention
from partners.organisations import annexes

annexes.add(1, disclosure)
annexes.add(2, retention)
