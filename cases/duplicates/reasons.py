"""Why two persons are candidates. Knows no Django, so that the search can be used and measured by itself."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Equal linkage codes, or coded attributes that agree where few agree."""

    LINKAGE_CODE = "linkage_code"
    PATTERN = "pattern"
