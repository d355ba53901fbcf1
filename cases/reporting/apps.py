"""Django's registration of the app."""

from django.apps import AppConfig

from cases.reporting.words import CONSTRAINTS, MAKE_RECEIPTS, MODELS, REPORTING
from cases.statistics import beside
from cases.words import FIELDS
from partners import jobs
from partners.constraint_words import set_messages
from partners.text import lazily, name


class ReportingConfig(AppConfig):
    """Reports that are expected of partners, and completions."""

    name = "cases.reporting"
    verbose_name = lazily(REPORTING)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        beside.KEEPERS.append("cases.reporting.notes.keep")
        beside.TELLERS.append("cases.reporting.notes.facts")
        beside.REPORTS.append("cases.reporting.behind.behind")
        make = jobs.task("receipts.make_files", queue=jobs.UPKEEP, words=MAKE_RECEIPTS, every=jobs.EVERY_MINUTE)
        make("cases.reporting.receipts.work.make_what_waits")
