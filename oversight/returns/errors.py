"""What is refused about returned referrals, in words for a page."""

from __future__ import annotations

from cases.errors import DomainError


class ReturnRefused(DomainError):
    """A referral is not returned, or its return not answered, settled or taken back. The message says why."""
