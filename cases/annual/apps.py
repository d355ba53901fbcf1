"""Django's registration of the app."""

from django.apps import AppConfig

from cases.annual.refusals import REFUSALS
from cases.annual.staff.words import ANNUAL, CONSTRAINTS, FIELDS, MAKE_REPORTS, MODELS
from cases.statistics import beside
from partners import jobs, refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class AnnualConfig(AppConfig):
    """Annual reports."""

    name = "cases.annual"
    verbose_name = lazily(ANNUAL)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
        beside.BUILDERS.append("cases.annual.published.reports_of")
        make = jobs.task("reports.work", queue=jobs.UPKEEP, words=MAKE_REPORTS, every=jobs.EVERY_MINUTE, priority=1)
        make("cases.annual.work.make_what_waits")
