"""`manage.py record_of_processing`: the record of article 30, or with --dpia a draft of the impact assessment, as Markdown."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from oversight.processing.assessment import assessment
from oversight.processing.record import record


class Command(BaseCommand):
    """Writes what the law wants written down of the processing."""

    help = (
        "Write the record of processing activities (GDPR, article 30), or with --dpia a draft of the impact assessment."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dpia", action="store_true", help="the draft of the impact assessment")
        parser.add_argument("--language", choices=("da", "en"), default="da", help="da (default) or en")

    def handle(self, *_: Any, dpia: bool, language: str, **__: Any) -> None:
        """Write the document to standard output."""
        for line in (assessment if dpia else record)(language):
            self.stdout.write(line)
