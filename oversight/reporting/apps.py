"""Django's registration of the app."""

from django.apps import AppConfig

from cases.words import FIELDS
from core.constraint_words import set_messages
from core.text import lazily, name
from oversight.reporting.words import CONSTRAINTS, MAKE_RECEIPTS, MODELS, REPORTING
from partners import jobs
from stats import beside


class ReportingConfig(AppConfig):
    """Reports that are expected of partners, and completions."""

    name = "oversight.reporting"
    verbose_name = lazily(REPORTING)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        beside.KEEPERS.append("oversight.reporting.notes.keep")
        beside.TELLERS.append("oversight.reporting.notes.facts")
        beside.REPORTS.append("oversight.reporting.behind.behind")
        make = jobs.task("receipts.make_files", queue=jobs.UPKEEP, words=MAKE_RECEIPTS, every=jobs.EVERY_MINUTE)
        make("oversight.reporting.receipts.work.make_what_waits")
