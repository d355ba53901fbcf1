"""Switch people off and on again. Off, every session ends at once and no sign-in succeeds."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from partners import audit
from partners.audit import Actor
from partners.models import AuditEvent
from partners.people import sessions
from partners.words import say


class MemberRefused(Exception):
    """A change of a person that the rules refuse."""


def switch(*, by: Actor, user: User, active: bool) -> None:
    """Switch a person off or on. Raises `MemberRefused`: nobody switches the own account off, nor on again whom staff switched off
    without being staff.
    """
    if by.user_id == user.pk and not active:
        raise MemberRefused(say("Man kan ikke slå sin egen konto fra.", "Nobody switches the own account off."))
    if active and switched_off_by_staff(user) and not is_staff(by):
        raise MemberRefused(say("Centret har slået denne konto fra.", "The centre switched this account off."))
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            sessions.end(user.pk)
        audit.record(by=by, action=f"person.{'on' if active else 'off'}", subject=str(user.pk))


def switched_off_by_staff(user: User) -> bool:
    """Whether it was staff, on whichever page, who switched the account off last. The audit is what knows who did."""
    of_user = AuditEvent.objects.filter(subject=str(user.pk))
    off = Q(action="person.off") | Q(action="person.change", detail__active=False)
    last = of_user.filter(off).select_related("user").order_by("-at").first()
    return last is not None and last.user is not None and last.user.is_staff


def is_staff(by: Actor) -> bool:
    """Whether it is a command on the server or a member of staff who acts."""
    return by.user_id is None or User.objects.filter(pk=by.user_id, is_staff=True).exists()
