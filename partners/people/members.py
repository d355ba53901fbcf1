"""Switch people off and on again. Off, every session ends at once and no sign-in succeeds."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from partners import audit
from partners.audit import Actor
from partners.people import sessions


class MemberRefused(Exception):
    """A change of a person that the rules refuse."""


def switch(*, by: Actor, user: User, active: bool) -> None:
    """Switch a person off or on. Nobody switches the own account off: raises `MemberRefused`."""
    if by.user_id == user.pk and not active:
        raise MemberRefused("Nobody switches the own account off.")
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            sessions.end(user.pk)
        audit.record(by=by, action=f"person.{'on' if active else 'off'}", subject=str(user.pk))
