"""Closing a referral again that was open for the correction that the centre asked for."""

from __future__ import annotations

from datetime import datetime

from cases.returns.models import Return
from cases.windows.opening import close_record


def close_unless_asked(inquiry: Return, *, user_id: int | None, at: datetime) -> None:
    """Close the referral of a return that has ended, unless the centre asks something else about it."""
    others = Return.objects.of(inquiry.partner_id).open().filter(reference=inquiry.reference)
    if not others.exists():
        close_record(user_id=user_id, partner_id=inquiry.partner_id, reference=inquiry.reference, at=at)
