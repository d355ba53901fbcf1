"""`manage.py roles [sync]`: print what each role may, or bring the database to it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from partners import audit, roles
from partners.audit import COMMAND


class Command(BaseCommand):
    """Prints the tables of `partners/roles.py`, or makes the groups of the staff roles what they say."""

    help = "Print the roles, or (sync) bring the groups of the database to them. Run sync after every migrate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Print or sync."""
        parser.add_argument("action", nargs="?", choices=["print", "sync"], default="print")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the roles, or write them to the database."""
        if options["action"] == "print":
            self.stdout.write(roles.documentation())
            return
        with transaction.atomic():
            roles.sync()
            audit.record(by=COMMAND, action="roles.sync", subject="staff")
        self.stdout.write(f"Groups: {', '.join(roles.STAFF_ROLES)}.")
