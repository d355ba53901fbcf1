"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from partners import jobs
from publications.annual.refusals import REFUSALS
from publications.annual.staff.words import ANNUAL, CONSTRAINTS, FIELDS, MAKE_REPORTS, MODELS
from stats import beside


class AnnualConfig(AppConfig):
    """Annual reports."""

    name = "publications.annual"
    verbose_name = lazily(ANNUAL)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
        beside.BUILDERS.append("publications.annual.published.reports_of")
        make = jobs.task("reports.work", queue=jobs.UPKEEP, words=MAKE_REPORTS, every=jobs.EVERY_MINUTE, priority=1)
        make("publications.annual.work.make_what_waits")
