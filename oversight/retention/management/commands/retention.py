"""`manage.py retention`: how long what is held is kept, who goes when, and deleting what is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from oversight.retention import nightly
from oversight.retention.outlook import outlook
from oversight.retention.rules import RULES
from oversight.rights.database import RightsRefused


class Command(BaseCommand):
    """The rules of retention, and what they delete."""

    help = "Show how long each class of data is kept and how many persons go next; with --run delete what is due, as each night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="delete what is due")

    def handle(self, *_: Any, run: bool, **__: Any) -> None:
        """Write the rules and the outlook, or delete. Raises `CommandError` where a writer was under way for too long."""
        if run:
            try:
                numbers = nightly.run()
            except RightsRefused as refusal:
                raise CommandError(str(refusal)) from None
            self.stdout.write(", ".join(f"{name}: {number}" for name, number in numbers.items()))
            return
        for rule in RULES:
            self.stdout.write(f"{rule.id}: {rule.what.en}: {rule.words.en}")
        self.stdout.write(outlook().en)
