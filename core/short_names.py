"""Finding a thing again by the beginning of its identifier that lists show (`core.text.short`)."""

from __future__ import annotations

import re
from uuid import UUID

BEGINNING = re.compile(r"([0-9a-f]{8})(?:…|\.\.\.)?", re.ASCII)


def range_of(text: str) -> tuple[UUID, UUID] | None:
    """The least and the greatest identifier that lists show so; None where the text is no such beginning."""
    match = BEGINNING.fullmatch(text.strip().lower())
    return (UUID(match[1] + "0" * 24), UUID(match[1] + "f" * 24)) if match else None
