"""The reasons for an erasure as Django's choices. Choices are functions, so that migrations contain no text."""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.rights import ERASURE_REASON
from partners.choices import Choices


def erasure_reasons() -> Choices:
    """The reasons for an erasure."""
    return codes_of(ERASURE_REASON)
