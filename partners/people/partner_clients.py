"""Clients as the people of a partner have them: the desk's, by which they act on records, and new ones that wait for a manager.

The desk is a client without secrets, one for each row of a partner. So every rule that holds for a partner's machines holds for its
people, and a version says which client it came from.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from partners import audit
from partners.audit import Actor
from partners.credentials import Principal, register, run
from partners.kinds import Kind, Mode, Scope
from partners.models import Client, Partner
from partners.people.models import Membership
from partners.people.rights import may
from partners.roles import Right

LATEST = """
SELECT max(a.version) FROM organisations_agreementconfirmation a
JOIN partners_partner p ON p.id = a.partner_id AND p.agreement_kind = a.kind
WHERE p.id = %s
"""


def agreement_of(partner_id: UUID) -> int | None:
    """The latest version of its kind of agreement that a partner has confirmed, or None."""
    row = run(LATEST, [partner_id])
    return row[0] if row else None


# What a right on records is among the scopes of machines.
SCOPES: dict[Right, Scope] = {Right.SUBMIT: Scope.REFERRALS_WRITE, Right.READ: Scope.REFERRALS_READ}
# A request takes seconds; nothing of it is used after this.
REQUEST = timedelta(minutes=10)


def partner_of(member: Membership, mode: Mode) -> Partner | None:
    """The partner's row in a mode: its own, or its twin in test mode. None where it has none."""
    if member.partner.mode == mode:
        return member.partner
    return Partner.objects.filter(twin_of=member.partner, mode=mode, active=True).first()


def principal_of(member: Membership, partner: Partner) -> Principal:
    """Who a person speaks for on the desk, with the scopes of the role. `partner`: a row of the organisation (`partner_of`)."""
    client = desk_client(by=Actor.of(member.user), partner=partner)
    return Principal(
        partner_id=partner.pk,
        partner_name=partner.name,
        kind=Kind(partner.kind),
        mode=Mode(partner.mode),
        client_pk=client.pk,
        client_id=client.client_id,
        scopes=frozenset(scope for right, scope in SCOPES.items() if may(member, right)),
        token_expires=timezone.now() + REQUEST,
        agreement_kind=partner.agreement_kind,
        agreement=agreement_of(partner.pk),
        user_id=member.user_id,
    )


def desk_client(*, by: Actor, partner: Partner) -> Client:
    """The client of a partner's desk. The first person who comes there makes it."""
    desks = Client.objects.filter(partner=partner, is_desk=True)
    client: Client = desks.first() or register_once(by, partner) or desks.get()
    return client


def register_once(by: Actor, partner: Partner) -> Client | None:
    """The new client of a desk; None where another person came at the same moment."""
    try:
        with transaction.atomic():
            return register(by=by, partner=partner, scopes=list(SCOPES.values()), is_desk=True)
    except IntegrityError:
        return None


def unseen_clients(partner: Partner) -> QuerySet[Client]:
    """The clients of the partner and of its twin that nobody there has acknowledged, newest first."""
    own = Q(partner=partner) | Q(partner__twin_of=partner)
    clients: QuerySet[Client] = Client.objects.filter(own, seen_at=None, is_desk=False).order_by("-created", "-pk")
    return clients


def see_client(*, by: Actor, client: Client) -> None:
    """Record that the partner has acknowledged its client."""
    with transaction.atomic():
        if Client.objects.filter(pk=client.pk, seen_at=None).update(seen_at=timezone.now()):
            audit.record(by=by, action="client.seen", subject=client.client_id)
