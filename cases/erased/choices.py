"""Why a person was erased, with their words as Django's choices: functions, so that migrations carry no text."""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.rights import ERASURE_REASON
from partners.choices import Choices


def erasure_reasons() -> Choices:
    """Why a person was erased."""
    return codes_of(ERASURE_REASON)
