"""`manage.py roles [sync|document]`: print what each role may, or bring the database or the page of people to it."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from partners import audit, roles
from partners.audit import COMMAND

PAGE = "docs/people.md"
TABLES = re.compile(r"^\| staff role .*?\n\n\| role at a partner .*?(?=\n\n)", re.DOTALL | re.MULTILINE)


class Command(BaseCommand):
    """Prints the tables of `partners/roles.py`, or makes the groups of the staff roles what they say."""

    help = (
        "Print the roles, bring the groups of the database to them (sync), or write them into docs/people.md (document). "
        "Run sync after every migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=["print", "sync", "document"], default="print")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the roles, or write them to the database."""
        if options["action"] == "print":
            self.stdout.write(roles.documentation())
            return
        if options["action"] == "document":
            page = settings.BASE_DIR / PAGE
            page.write_text(TABLES.sub(lambda _: roles.documentation(), page.read_text("utf-8")), "utf-8")
            self.stdout.write(f"{PAGE} has the roles.")
            return
        with transaction.atomic():
            roles.sync()
            audit.record(by=COMMAND, action="roles.sync", subject="staff")
        self.stdout.write(f"Groups: {', '.join(roles.STAFF_ROLES)}.")
