"""Requests for access and decisions on them: of staff, and of a partner's managers where an account of the partner is restored.

A function of the database ensures that another person decides, and only once. The approver of an invitation sees its link and the
requester its second code, so that neither can use it alone.
"""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.refusals import raised_as
from core.text import say
from partners import audit, credentials
from partners.audit import Actor
from partners.credentials import digest
from partners.kinds import Scope
from partners.mail import sending
from partners.mail.sending import Occasion
from partners.models import AccessRequest, Client, Partner
from partners.people import invitations
from partners.people.invitation_states import KEPT
from partners.people.invitations import WAITS
from partners.roles import Act

DECIDE = "SELECT henvis_decide(%s, %s, %s)"
ERASING = "SELECT set_config('henvis.erase', %s, true)"
MAY_ADD_CLIENT = "partners.add_client"


class AccessRefused(Exception):
    """The rules refuse a request or a decision. The message is for staff."""


def ask_client(*, by: Actor, partner: Partner, name: str = "") -> AccessRequest:
    """Request a client with the scopes of its partner's kind; only a superuser requests exact figures. Raises `AccessRefused`."""
    who = check_client(by)
    scopes = [each for each in credentials.scopes_for(partner) if who.is_superuser or each != Scope.STATISTICS_EXACT]
    return ask(by, Act.CLIENT, partner=partner, name=name or partner.name, scopes=scopes)


def ask_invitation(
    *, by: Actor, role: str, partner: Partner | None = None, user: User | None = None, recipient: str = ""
) -> tuple[AccessRequest, str]:
    """Request an invitation. `recipient`: for whom a new account is. Whose account is to be restored is told by mail.

    Returns the request, and the second code, which is not stored. Raises `InvitationRefused`.
    """
    invitations.check(role, partner, user)
    invitations.check_one_of_two(by, partner, user)
    code = secrets.token_hex(8)
    what = {"role": role, "partner": partner, "account": user, "recipient": recipient}
    with transaction.atomic():
        access_request = ask(by, Act.INVITATION, second_code=digest(code), **what)
        if user is not None:
            sending.ask([Occasion(user.pk, "restore", str(access_request.pk))], asked_by=by.user_id)
    return access_request, code


def ask(by: Actor, act: Act, **what: object) -> AccessRequest:
    """Store a request with its audit row."""
    with transaction.atomic():
        access_request = AccessRequest.objects.create(act=str(act), asked_by_id=by.user_id or 0, **what)
        of = str(access_request.partner_id) if access_request.partner_id else None
        detail = {
            "act": access_request.act,
            "partner": of,
            "role": access_request.role,
            "back": access_request.account_id is not None,
        }
        audit.record(by=by, action="access.ask", subject=str(access_request.pk), **detail)
    return access_request


def approve_client(*, by: Actor, access_request: AccessRequest) -> Client:
    """Approve a client that another has requested, and create it without a secret. Raises `AccessRefused`."""
    who = check_client(by)
    if access_request.partner is None or (Scope.STATISTICS_EXACT in access_request.scopes and not who.is_superuser):
        raise AccessRefused(say("Det kan kun en superbruger.", "Only a superuser can approve this."))
    with transaction.atomic():
        decide(by, access_request, approve=True)
        return credentials.register(
            by=by,
            partner=access_request.partner,
            scopes=list(access_request.scopes),
            name=access_request.name,
            request=access_request,
        )


def approve_invitation(*, by: Actor, access_request: AccessRequest) -> str:
    """Approve an invitation that another has requested; return its token, once. Raises `AccessRefused` and `InvitationRefused`."""
    invitations.check(access_request.role, access_request.partner, access_request.account)
    for one in (by, Actor(user_id=access_request.asked_by_id)):
        invitations.check_one_of_two(one, access_request.partner, access_request.account)
    with transaction.atomic():
        decide(by, access_request, approve=True)
        made_by = Actor(user_id=access_request.asked_by_id)
        return invitations.make(
            by=made_by,
            role=access_request.role,
            partner=access_request.partner,
            user=access_request.account,
            request=access_request,
            recipient=access_request.recipient,
        )


def refuse(*, by: Actor, access_request: AccessRequest) -> None:
    """Refuse a request, or withdraw one's own. Raises `AccessRefused`."""
    with transaction.atomic():
        decide(by, access_request, approve=False)


def waiting() -> QuerySet[AccessRequest]:
    """The requests without a decision that are at most seven days old."""
    return AccessRequest.objects.filter(decision=None, asked_at__gt=timezone.now() - WAITS)


def is_waiting(access_request: AccessRequest) -> bool:
    """Whether a request, of which the decision was looked up with it, is among those that wait."""
    return not hasattr(access_request, "decision") and access_request.asked_at > timezone.now() - WAITS


def forget_recipients() -> int:
    """Erase for whom invitations were asked for that nobody could approve any longer 30 days ago, as the owner.

    Returns how many they were.
    """
    rows = AccessRequest.objects.filter(asked_at__lte=timezone.now() - WAITS - KEPT).exclude(recipient="")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ERASING, ["on"])
        number = rows.update(recipient="")
        cursor.execute(ERASING, ["off"])
    return number


def check_client(by: Actor) -> User:
    """The active member of staff who may request and approve clients. Raises `AccessRefused`."""
    who = User.objects.filter(pk=by.user_id or 0, is_active=True, is_staff=True).first()
    if who is None or not who.has_perm(MAY_ADD_CLIENT):
        raise AccessRefused(say("Det kræver rollen partneransvarlig.", "This requires the role partner manager."))
    return who


def decide(by: Actor, access_request: AccessRequest, *, approve: bool) -> None:
    """Have the database decide. Raises `AccessRefused` where it refuses the actor or the request."""
    with raised_as(AccessRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(DECIDE, [access_request.pk, by.user_id, approve])
