"""What has served its time: it is deleted once a day."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models.functions import Now
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from api.http.idempotency import KEPT
from api.models import IdempotencyRecord
from cases.intake.batches import retention as deliveries
from partners.access import requests
from partners.jobs.queue import forget_ended
from partners.people import sessions as people
from partners.people.invitation_states import forget_recipients
from partners.people.models import WebSession


def tidy() -> dict[str, int]:
    """Delete what has expired or ended: tokens, idempotency keys (after 400 days), sessions, jobs and results of
    deliveries (after 30 days), for whom invitations were (as long), rows that wait (after a day), and counters.

    Returns how many, by their names.
    """
    now = timezone.now()
    tokens, _ = get_access_token_model().objects.filter(expires__lt=Now()).delete()
    keys, _ = IdempotencyRecord.objects.filter(created_at__lt=now - KEPT).delete()
    sessions, _ = WebSession.objects.exclude(pk__in=people.live_sessions().values("pk")).delete()
    cache.clear()
    numbers = {"access tokens": tokens, "idempotency keys": keys, "sessions": sessions, "jobs": forget_ended()}
    names = forget_recipients() + requests.forget_recipients()
    return {**numbers, **deliveries.forget(), "names on invitations": names}
