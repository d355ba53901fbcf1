"""Django's registration of the app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save

from cases.reporting.words import CONSTRAINTS, MAKE_RECEIPTS, MODELS, REPORTING
from cases.words import FIELDS
from partners import jobs
from partners.constraint_words import set_messages
from partners.text import lazily, name


def keep_note(*, instance: Any, created: bool, **_: object) -> None:
    """Keep the coverage note of a release that is being stored, in its transaction."""
    from cases.reporting.notes import keep  # models are loaded by now  # noqa: PLC0415

    if created:
        keep(instance)


class ReportingConfig(AppConfig):
    """Reports that are expected of partners, and nil reports."""

    name = "cases.reporting"
    verbose_name = lazily(REPORTING)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        post_save.connect(keep_note, sender="statistics.Release", dispatch_uid="coverage note")
        make = jobs.task("receipts.make_files", queue=jobs.UPKEEP, words=MAKE_RECEIPTS, every=jobs.EVERY_MINUTE)
        make("cases.reporting.receipts.work.make_what_waits")
