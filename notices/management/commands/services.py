"""`manage.py services take-addresses-down --user NAME`: take down every address of a service after a restore.

A backup has addresses that were taken down or taken away since. So none is shown until a person of its partner says it again.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from notices import status
from notices.errors import NoticeRefused
from notices.models import ServiceStatus
from partners.audit import Actor


class Command(BaseCommand):
    """Take down every address."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is done, and who acts."""
        parser.add_argument("action", choices=["take-addresses-down"])
        parser.add_argument("--user", required=True, help="the partner manager who acts")

    def handle(self, *_: Any, user: str, **__: Any) -> None:
        """Do it. The database checks the right. A refusal is an error with its message."""
        person = User.objects.filter(username=user, is_active=True, is_staff=True).first()
        if person is None:
            raise CommandError("There is no active staff user of this name.")
        rows = [*ServiceStatus.objects.exclude(address="").order_by("pk")]
        try:
            for row in rows:
                status.take_address_down(by=Actor.of(person), row=row)
        except NoticeRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{len(rows)} addresses are taken down. A person of each partner says them again on the desk."
        )
