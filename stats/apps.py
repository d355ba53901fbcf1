"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from partners import jobs
from stats.refusals import REFUSALS
from stats.words import BUILD_ORDERED, CONSTRAINTS, FIELDS, MODELS, STATISTICS


class StatisticsConfig(AppConfig):
    """Releases: what is counted, protected and published."""

    name = "stats"
    label = "statistics"
    verbose_name = lazily(STATISTICS)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
        build = jobs.task("releases.build", queue=jobs.UPKEEP, words=BUILD_ORDERED, every=jobs.EVERY_MINUTE)
        build("stats.publishing.orders.build_ordered")
