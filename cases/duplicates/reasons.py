"""The kinds of evidence. Without Django, so that the search can be used and measured alone."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Equal linkage codes, or a rare pattern of coded attributes."""

    LINKAGE_CODE = "linkage_code"
    PATTERN = "pattern"
