"""Deactivate and activate accounts. A deactivated account loses its sessions and invitations, and cannot sign in."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q

from core.refusals import raised_as
from core.text import say
from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent, Partner
from partners.people import invitations, sessions
from partners.people.models import Membership
from partners.roles import MemberRole

CHANGE_ROLE = "SELECT henvis_change_role(%s, %s, %s)"


class MemberRefused(Exception):
    """The rules refuse a change of an account."""


def switch(*, by: Actor, user: User, active: bool, **why: object) -> None:
    """Deactivate or activate an account. No change writes no audit row. Raises `MemberRefused` as `check` does.

    `why`: what the audit row says beside it.
    """
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
        audit.record(by=by, action=f"person.{'on' if active else 'off'}", subject=str(user.pk), **why)


def change_role(*, by: Actor, member: Membership, role: MemberRole) -> None:
    """Give a person another role at the own partner. No change writes no audit row.

    What the person made in the old role and cannot be used any more, such as an invitation, is judged by the new one when it is
    used. Raises `MemberRefused` for the own account, and for who is no manager there.
    """
    with raised_as(MemberRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGE_ROLE, [member.pk, by.user_id, str(role)])
        if cursor.fetchone() == (True,):
            partner = str(member.partner_id)
            audit.record(by=by, action="person.role", subject=str(member.user_id), role=str(role), partner=partner)


def check(by: Actor, user: User, active: bool) -> None:
    """Raise `MemberRefused` for one's own account, and for one that the other side has deactivated.

    A partner cannot activate an account that staff deactivated, nor staff one that a partner deactivated.
    """
    if by.user_id == user.pk and not active:
        raise MemberRefused(say("Du kan ikke lukke din egen adgang.", "You cannot deactivate your own account."))
    last = switched_off_by(user) if active and by != COMMAND else None
    if last is not None and last.is_staff and not is_staff(by):
        raise MemberRefused(say("Centret har lukket denne adgang.", "The centre deactivated this account."))
    if last is not None and not last.is_staff and is_staff(by):
        raise MemberRefused(
            say(
                "Partnerens egen leder har lukket denne adgang.",
                "A manager of the partner deactivated this account.",
            )
        )


def has_manager(partner: Partner) -> bool:
    """Whether a partner has a manager whose account is on. The managers of a row in test mode are the live one's."""
    managers = Membership.objects.filter(role=str(MemberRole.MANAGER), user__is_active=True)
    return managers.filter(partner=partner.twin_of_id or partner.pk).exists()


def switched_off_by(user: User) -> User | None:
    """Who deactivated the account, on whichever page: the user of the first such audit row since it was last active."""
    of_user = AuditEvent.objects.filter(subject=str(user.pk))
    off = of_user.filter(Q(action="person.off") | Q(action="person.change", detail__active=False))
    on = of_user.filter(Q(action="person.on") | Q(action="person.change", detail__active=True)).order_by("-at").first()
    since = off.filter(at__gt=on.at) if on is not None else off
    first = since.select_related("user").order_by("at").first()
    return first.user if first is not None else None


def is_staff(by: Actor) -> bool:
    """Whether the actor is a member of staff."""
    return User.objects.filter(pk=by.user_id or 0, is_staff=True).exists()
