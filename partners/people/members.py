"""Switch people off and on again. Off, every session ends at once, every invitation of theirs, and no sign-in succeeds."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from partners.people import invitations, sessions
from partners.text import say


class MemberRefused(Exception):
    """A change of a person that the rules refuse."""


def switch(*, by: Actor, user: User, active: bool) -> None:
    """Switch a person off or on. Who is so already stays so, without an audit row. Raises `MemberRefused` as `check` does."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        check(by, user, active)
        if user.is_active == active:
            return
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            sessions.end(user.pk)
            invitations.revoke_of(by=by, user=user)
        audit.record(by=by, action=f"person.{'on' if active else 'off'}", subject=str(user.pk))


def check(by: Actor, user: User, active: bool) -> None:
    """Raise `MemberRefused`: nobody switches the own account off, and whom one side switched off the other does not switch on:
    neither the partner whom staff, nor staff whom the partner.
    """
    if by.user_id == user.pk and not active:
        raise MemberRefused(say("Man kan ikke slå sin egen konto fra.", "Nobody switches the own account off."))
    last = switched_off_by(user) if active and by != COMMAND else None
    if last is not None and last.is_staff and not is_staff(by):
        raise MemberRefused(say("Centret har slået denne konto fra.", "The centre switched this account off."))
    if last is not None and not last.is_staff and is_staff(by):
        raise MemberRefused(
            say(
                "Partnerens egen leder har slået denne konto fra.",
                "The partner's own manager switched this account off.",
            )
        )


def switched_off_by(user: User) -> User | None:
    """Who switched the account off, on whichever page: by the first row of the audit that says so since it was on. What came later
    came to an account that was off.
    """
    of_user = AuditEvent.objects.filter(subject=str(user.pk))
    off = of_user.filter(Q(action="person.off") | Q(action="person.change", detail__active=False))
    on = of_user.filter(Q(action="person.on") | Q(action="person.change", detail__active=True)).order_by("-at").first()
    since = off.filter(at__gt=on.at) if on is not None else off
    first = since.select_related("user").order_by("at").first()
    return first.user if first is not None else None


def is_staff(by: Actor) -> bool:
    """Whether it is a member of staff who acts."""
    return User.objects.filter(pk=by.user_id or 0, is_staff=True).exists()
