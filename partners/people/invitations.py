"""Make, revoke and accept invitations. A token is shown once and works once, within seven days."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from core.text import Text, say
from partners import audit
from partners.audit import COMMAND, Actor
from partners.credentials import digest
from partners.kinds import SCOPES_OF_KIND, Kind, Scope
from partners.models import AccessRequest, Partner
from partners.people import sessions
from partners.people.models import STAFF_WORDS, Invitation, Membership
from partners.people.names import is_of_one_alphabet, is_taken, name_of
from partners.people.rights import MAY_INVITE, may, membership_of
from partners.roles import NO_ROLE, STAFF_ROLES, SUPERUSER, Right

LIFETIME = timedelta(days=7)
# So long a request for one waits to be approved.
WAITS = timedelta(days=7)
PREFIX = "hv_invite_"
PATH = "account/invitation/"
MADE = Text("lavet {moment} af {maker}", "made {moment} by {maker}")
# Kinds whose clients may read exact figures. Their managers make the secrets, so only superusers invite them.
EXACT_KINDS = frozenset(kind for kind, scopes in SCOPES_OF_KIND.items() if Scope.STATISTICS_EXACT in scopes)


class InvitationRefused(Exception):
    """The rules refuse an invitation, or it cannot be used."""


class NameTaken(Exception):
    """Somebody has this user name, or looks so in lists. The invitation remains valid."""


def invite(
    *, by: Actor, role: str, partner: Partner | None = None, user: User | None = None, recipient: str = ""
) -> str:
    """Make an invitation and return its token, once. With a `user`, it restores that account. `recipient`: for whom it is.

    For a command on the server, and for a partner's own manager where it is to a new account. Raises `InvitationRefused` for
    everybody else: staff request an invitation, as whoever restores an account does, and another approves it
    (`partners.access.requests`).
    """
    check(role, partner, user)
    if by != COMMAND and (user is not None or not manages_people(by, partner)):
        raise refused_for_others()
    return make(by=by, role=role, partner=partner, user=user, recipient=recipient)


def make(
    *,
    by: Actor,
    role: str,
    partner: Partner | None,
    user: User | None,
    request: AccessRequest | None = None,
    recipient: str = "",
) -> str:
    """Store an invitation with its audit row; return its token."""
    token = PREFIX + secrets.token_hex(32)
    with transaction.atomic():
        row = Invitation.objects.create(
            digest=digest(token),
            partner=partner,
            role=role,
            user=user,
            made_by_id=by.user_id,
            request=request,
            recipient=recipient,
            expires_at=timezone.now() + LIFETIME,
        )
        of = str(partner.pk) if partner else None
        audit.record(by=by, action="invitation.make", subject=str(row.pk), role=role, partner=of, back=user is not None)
    return token


def address(token: str, base: str) -> str:
    """The address to open, below the installation's own. Its fragment is the token: no browser sends a fragment to a server."""
    return f"{base.rstrip('/')}/{PATH}#{token}"


def check(role: str, partner: Partner | None, user: User | None) -> None:
    """Raise `InvitationRefused` unless the role exists and the account can be restored with it, whoever asks."""
    if user is not None and role_of(user) != (partner.pk if partner else None, role):
        raise InvitationRefused(
            say("En konto genåbnes med den rolle, den havde.", "An account is restored with the role that it had.")
        )
    if user is not None and not user.is_active:
        raise InvitationRefused(say("Kontoen er lukket.", "The account is switched off."))
    if partner is None and role != SUPERUSER and user is None and not Group.objects.filter(name=role).exists():
        raise InvitationRefused(
            say(
                "Rollens gruppe mangler: kør `manage.py roles sync`.",
                "The role's group is missing: run `manage.py roles sync`.",
            )
        )


def check_staff(by: Actor, partner: Partner | None) -> None:
    """Raise `InvitationRefused` unless `by` is staff who may request or approve people of the partner."""
    actor = User.objects.filter(pk=by.user_id or 0, is_active=True, is_staff=True).first()
    everything = actor is not None and actor.is_superuser
    within = partner is not None and not reads_exact(partner) and actor is not None and actor.has_perm(MAY_INVITE)
    if not (everything or within):
        raise refused_for_others()


def check_one_of_two(by: Actor, partner: Partner | None, user: User | None) -> None:
    """Raise `InvitationRefused` unless `by` may request or approve it: staff, or a manager of the partner for another's account."""
    if user is None or by.user_id == user.pk or not manages_people(by, partner):
        check_staff(by, partner)


def requests_to_restore(partner: Partner) -> QuerySet[AccessRequest]:
    """The requests that wait to restore accounts of a partner's people."""
    rows = AccessRequest.objects.filter(partner=partner, account__isnull=False, decision=None)
    return rows.filter(asked_at__gt=timezone.now() - WAITS).select_related("account", "asked_by", "partner")


def manages_people(by: Actor, partner: Partner | None) -> bool:
    """Whether the actor manages people of the partner."""
    actor = User.objects.filter(pk=by.user_id or 0, is_active=True).first()
    member = membership_of(actor) if actor is not None else None
    return (
        member is not None
        and partner is not None
        and member.partner_id == partner.pk
        and may(member, Right.MANAGE_PEOPLE)
    )


def refused_for_others() -> InvitationRefused:
    """The refusal for an actor who may not invite."""
    return InvitationRefused(
        say(
            "Medarbejdere inviteres af to superbrugere, en partners brugere af to partneransvarlige eller af dens egen leder.",
            "Two superusers invite staff. Two partner managers, or the partner's own manager, invite people of a partner.",
        )
    )


def reads_exact(partner: Partner) -> bool:
    """Whether clients of the partner may read exact figures."""
    return Kind(partner.kind) in EXACT_KINDS


def role_of(user: User) -> tuple[object, str]:
    """The partner's key and the role of an account. The first group counts where a member of staff has several."""
    member = Membership.objects.filter(user=user).first()
    if member is not None:
        return member.partner_id, member.role
    if user.is_superuser:
        return None, SUPERUSER
    group = user.groups.filter(name__in=STAFF_ROLES).order_by("name").first()
    return None, group.name if group else NO_ROLE


def without_end(at: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that have not ended, including those that cannot be used while a person or a partner is deactivated."""
    return Invitation.objects.filter(used_at=None, revoked_at=None, expires_at__gt=at or timezone.now())


def open_invitations(at: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that can be used now, or at a moment: the inviter, the partner and a restored account are active."""
    return without_end(at).filter(
        Q(partner=None) | Q(partner__active=True),
        Q(user=None) | Q(user__is_active=True),
        Q(made_by=None) | Q(made_by__is_active=True),
    )


def making_words(invitation: Invitation) -> str:
    """When an invitation was made and by whom, as people of its partner read it: of the centre nobody is named."""
    colleague = invitation.made_by
    maker = STAFF_WORDS if colleague is None or colleague.is_staff else name_of(colleague)
    return str(MADE).format(moment=date_format(timezone.localtime(invitation.made_at), "DATETIME_FORMAT"), maker=maker)


def revoke(*, by: Actor, invitation: Invitation) -> None:
    with transaction.atomic():
        if without_end().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
            audit.record(by=by, action="invitation.revoke", subject=str(invitation.pk))


def revoke_of(*, by: Actor, user: User) -> None:
    """Revoke the invitations that an account has made, and those that would restore it: an intruder may have made them."""
    for each in without_end().filter(Q(made_by=user) | Q(user=user)):
        revoke(by=by, invitation=each)


def accept(*, token: str, username: str, password: str, second: str = "") -> User:
    """Use an invitation: create the account, or give the existing one a new password. Return the user.

    `second`: the second code, where two invited.
    Raises `InvitationRefused` for a token that is unknown, expired, revoked or used, all alike, and `NameTaken`.
    Of two requests with one token, the second waits for the row and then finds it used.
    """
    with transaction.atomic():
        row = Invitation.objects.select_for_update(of=("self",)).filter(digest=digest(token)).first()
        if row is None or not open_invitations().filter(pk=row.pk).exists():
            raise InvitationRefused(say("Invitationen kan ikke bruges.", "This invitation cannot be used."))
        check_again(row, second)
        user = bring_back(row.user, password) if row.user else account(row, username, password)
        row.used_at = timezone.now()
        row.save(update_fields=["used_at"])
        revoke_of(by=Actor.of(user), user=user)
        audit.record(by=Actor.of(user), action="invitation.accept", subject=str(row.pk), role=row.role)
    return user


def check_again(row: Invitation, second: str) -> None:
    """Check as when it was made: its makers must still have the rights, and a restored account must still have the role."""
    check(row.role, row.partner, row.user)
    by, request = Actor(user_id=row.made_by_id), row.request
    if request is not None:
        for one in (by, Actor(user_id=request.decision.user_id)):
            check_one_of_two(one, row.partner, row.user)
        if not compare_digest(digest(second), request.second_code):
            raise InvitationRefused(say("Invitationen kan ikke bruges.", "This invitation cannot be used."))
    elif by != COMMAND and (row.user is not None or not manages_people(by, row.partner)):
        raise refused_for_others()


def account(row: Invitation, username: str, password: str) -> User:
    """Create the account of an invitation. Raises `NameTaken`, also where a user name is heard as what a colleague is called."""
    if not username or not is_of_one_alphabet(username) or is_taken(username, row.partner_id):
        raise NameTaken
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken
    staff, everything = row.partner is None, row.role == SUPERUSER
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password=password, is_staff=staff, is_superuser=everything)
    except IntegrityError:
        raise NameTaken from None
    if row.partner is not None:
        Membership.objects.create(user=user, partner=row.partner, role=row.role, invitation=row)
    elif not everything:
        user.groups.set(Group.objects.filter(name=row.role))
    return user


def bring_back(user: User, password: str) -> User:
    """Restore an account: set its new password, and remove its second factors and sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    sessions.end(user.pk)
    return user
