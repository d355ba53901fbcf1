"""`manage.py purge`: delete a referral that should never have been sent."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from cases.codelists import WITHDRAWAL_REASON
from cases.errors import NotFound
from oversight.rights.erasure import purge
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import Partner


class Command(BaseCommand):
    """Deletes every version of one referral. Usually a referral is withdrawn; this is for data that must not stay."""

    help = "Delete every version of one referral permanently. A withdrawal keeps the history; this does not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The partner, the reference and the reason."""
        parser.add_argument("partner", help="the partner's name")
        parser.add_argument("reference", type=UUID)
        parser.add_argument("--mode", choices=[mode.lower() for mode in Mode], default=Mode.LIVE.lower())
        parser.add_argument("--reason", choices=WITHDRAWAL_REASON.names, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge the referral and write the number of its versions."""
        partner = Partner.objects.filter(name=options["partner"], mode=options["mode"].upper()).first()
        if partner is None:
            raise CommandError("There is no such partner.")
        try:
            versions = purge(by=COMMAND, partner=partner, reference=options["reference"], reason_code=options["reason"])
        except NotFound:
            raise CommandError("The partner has no such referral.") from None
        self.stdout.write(f"Deleted {versions} versions.")
