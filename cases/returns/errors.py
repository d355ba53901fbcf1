"""What the centre's staff are refused."""

from __future__ import annotations

from cases.errors import DomainError


class ReturnRefused(DomainError):
    """A referral cannot be returned, or its return not be taken back. The message is for staff, in words."""
