"""The reasons for an erasure as Django's choices."""

from __future__ import annotations

from cases.choices import codes_of
from cases.codelists.rights import ERASURE_REASON

ERASURE_REASONS = codes_of(ERASURE_REASON)
