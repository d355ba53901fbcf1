"""The status of a version of a referral: known without its table."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The status of a version of a referral."""

    REPORTED = "reported"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
