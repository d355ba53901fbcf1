"""`manage.py tidy`: delete what has served its time. The worker does it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from api.service.tidying import tidy


class Command(BaseCommand):
    """Expired access tokens, old idempotency keys, ended sessions and jobs, for whom old invitations were, and counters."""

    help = (
        "Delete expired access tokens and sessions, idempotency keys older than 400 days, and jobs and names on invitations that "
        "ended 30 days ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and say how many."""
        self.stdout.write(f"Deleted {', '.join(f'{number} {name}' for name, number in tidy().items())}.")
