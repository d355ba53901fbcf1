"""Notices for the people of a partner: new clients, until a manager of the partner has acknowledged them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from partners import audit
from partners.audit import Actor
from partners.models import Client, Partner


def unseen(partner: Partner) -> QuerySet[Client]:
    """The clients of the partner and of its twin that nobody there has acknowledged, newest first."""
    own = Q(partner=partner) | Q(partner__twin_of=partner)
    clients: QuerySet[Client] = Client.objects.filter(own, seen_at=None, is_desk=False).order_by("-created", "-pk")
    return clients


def see(*, by: Actor, client: Client) -> None:
    """Record that the partner has acknowledged its client."""
    with transaction.atomic():
        if Client.objects.filter(pk=client.pk, seen_at=None).update(seen_at=timezone.now()):
            audit.record(by=by, action="client.seen", subject=client.client_id)
