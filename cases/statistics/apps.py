"""Django's registration of the app."""

from django.apps import AppConfig

from cases.statistics.refusals import REFUSALS
from cases.statistics.words import BUILD_ORDERED, CONSTRAINTS, FIELDS, MODELS, STATISTICS
from partners import jobs, refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class StatisticsConfig(AppConfig):
    """Releases: what is counted, protected and published."""

    name = "cases.statistics"
    verbose_name = lazily(STATISTICS)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
        build = jobs.task("releases.build", queue=jobs.UPKEEP, words=BUILD_ORDERED, every=jobs.EVERY_MINUTE)
        build("cases.statistics.publishing.orders.build_ordered")
