"""`manage.py tidy`: delete what has served its time. Run it once a day."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from api.http.idempotency import KEPT
from api.models import IdempotencyRecord
from partners.people import sessions as people
from partners.people.models import WebSession


class Command(BaseCommand):
    """Expired access tokens, idempotency keys older than 400 days, ended sessions of people, and counters of the sign-in."""

    help = "Delete expired access tokens and sessions, and idempotency keys older than 400 days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and say how many."""
        now = timezone.now()
        tokens, _ = get_access_token_model().objects.filter(expires__lt=now).delete()
        keys, _ = IdempotencyRecord.objects.filter(created_at__lt=now - KEPT).delete()
        sessions, _ = WebSession.objects.exclude(pk__in=people.live().values("pk")).delete()
        cache.clear()
        self.stdout.write(f"Deleted {tokens} access tokens, {keys} idempotency keys, {sessions} sessions.")
