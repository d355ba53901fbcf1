"""Invite a person, revoke that, accept it. The token is shown once and lives for seven days or one use."""

from __future__ import annotations

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from partners import audit
from partners.audit import COMMAND, Actor
from partners.credentials import digest
from partners.kinds import SCOPES_OF_KIND, Kind, Scope
from partners.models import Partner
from partners.people import sessions
from partners.people.models import Invitation, Membership
from partners.people.rights import MAY_INVITE, may, membership_of
from partners.roles import NO_ROLE, STAFF_ROLES, SUPERUSER, Right
from partners.words import say

LIFETIME = timedelta(days=7)
PREFIX = "hv_invite_"


class InvitationRefused(Exception):
    """An invitation that the rules refuse, or one that cannot be used."""


class NameTaken(Exception):
    """Somebody has that user name. The invitation is as good as before."""


def invite(*, by: Actor, role: str, partner: Partner | None = None, user: User | None = None) -> str:
    """Make an invitation and return its token, once. With a `user`, it brings that account back.

    Raises `InvitationRefused` where `by` may not: staff are invited by superusers and by a command on the server, people of a
    partner by a partner manager too, and by the partner's own managers.
    """
    check(by, role, partner, user)
    token = PREFIX + secrets.token_hex(32)
    with transaction.atomic():
        row = Invitation.objects.create(
            digest=digest(token),
            partner=partner,
            role=role,
            user=user,
            made_by_id=by.user_id,
            expires_at=timezone.now() + LIFETIME,
        )
        of = str(partner.pk) if partner else None
        audit.record(by=by, action="invitation.make", subject=str(row.pk), role=role, partner=of, back=user is not None)
    return token


def check(by: Actor, role: str, partner: Partner | None, user: User | None) -> None:
    """Raise `InvitationRefused` unless `by` may invite to the role, or bring the user back."""
    if user is not None and role_of(user) != (partner.pk if partner else None, role):
        raise InvitationRefused(
            say("En konto genåbnes med den rolle, den havde.", "An account comes back with the role that it had.")
        )
    if user is not None and not user.is_active:
        raise InvitationRefused(say("Kontoen er slået fra.", "The account is switched off."))
    if partner is None and role != SUPERUSER and user is None and not Group.objects.filter(name=role).exists():
        raise InvitationRefused(
            say(
                "Rollens gruppe mangler: kør `manage.py roles sync`.",
                "The role's group is missing: run `manage.py roles sync`.",
            )
        )
    if by == COMMAND:
        return
    actor = User.objects.filter(pk=by.user_id or 0, is_active=True).first()
    if actor is None or not (actor.is_superuser or may_invite(actor, partner)):
        raise InvitationRefused(
            say(
                "Medarbejdere inviteres af en superbruger; en partners brugere også af en partneransvarlig eller dens egen leder.",
                "Staff are invited by a superuser; people of a partner by who manages partners or that one.",
            )
        )


def may_invite(actor: User, partner: Partner | None) -> bool:
    """Whether a person who is no superuser may invite to the partner. Nobody else gives rights over the whole: partner None."""
    if partner is None:
        return False
    member = membership_of(actor)
    own = may(member, Right.MANAGE_PEOPLE) and member is not None and member.partner_id == partner.pk
    return own or (actor.is_staff and actor.has_perm(MAY_INVITE) and not reads_exact(partner))


def reads_exact(partner: Partner) -> bool:
    """Whether the partner's clients may read exact figures: its managers make secrets that do, so a superuser invites them."""
    return Scope.STATISTICS_EXACT in SCOPES_OF_KIND[Kind(partner.kind)]


def role_of(user: User) -> tuple[object, str]:
    """The partner's key and the role that an account has. A member of staff with several groups counts by the first."""
    member = Membership.objects.filter(user=user).first()
    if member is not None:
        return member.partner_id, member.role
    if user.is_superuser:
        return None, SUPERUSER
    group = user.groups.filter(name__in=STAFF_ROLES).order_by("name").first()
    return None, group.name if group else NO_ROLE


def open_ones() -> QuerySet[Invitation]:
    """Invitations that can be used now: whom they are from, whom they bring back and where they lead to is active still."""
    usable = Invitation.objects.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return usable.filter(
        Q(partner=None) | Q(partner__active=True),
        Q(user=None) | Q(user__is_active=True),
        Q(made_by=None) | Q(made_by__is_active=True),
    )


def revoke(*, by: Actor, invitation: Invitation) -> None:
    """End an invitation now."""
    with transaction.atomic():
        ended = open_ones().filter(pk=invitation.pk).update(revoked_at=timezone.now())
        if ended:
            audit.record(by=by, action="invitation.revoke", subject=str(invitation.pk))


def accept(*, token: str, username: str, password: str) -> User:
    """Use an invitation: make the account, or give the existing one its new password. Return the user.

    Raises `InvitationRefused` for a token that is unknown, expired, revoked or used, all alike, and `NameTaken`.
    Of two who come at once with one token, the second waits for the row and then finds it used.
    """
    with transaction.atomic():
        row = Invitation.objects.select_for_update(of=("self",)).filter(digest=digest(token)).first()
        if row is None or not open_ones().filter(pk=row.pk).exists():
            raise InvitationRefused(say("Invitationen kan ikke bruges.", "This invitation cannot be used."))
        # As when it was made: rights that its maker has lost are not given on, and an account that rose since is not taken.
        check(Actor(user_id=row.made_by_id), row.role, row.partner, row.user)
        user = bring_back(row.user, password) if row.user else make(row, username, password)
        row.used_at = timezone.now()
        row.save(update_fields=["used_at"])
        audit.record(by=Actor.of(user), action="invitation.accept", subject=str(row.pk), role=row.role)
    return user


def make(row: Invitation, username: str, password: str) -> User:
    """The account that an invitation promises."""
    if not username or User.objects.filter(username__iexact=username).exists():
        raise NameTaken
    staff, everything = row.partner is None, row.role == SUPERUSER
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password=password, is_staff=staff, is_superuser=everything)
    except IntegrityError:
        raise NameTaken from None
    if row.partner is not None:
        Membership.objects.create(user=user, partner=row.partner, role=row.role)
    elif not everything:
        user.groups.set(Group.objects.filter(name=row.role))
    return user


def bring_back(user: User, password: str) -> User:
    """An account whose password or factors were lost: a new password, no factors, no sessions, whatever they were."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    sessions.end(user.pk)
    return user
