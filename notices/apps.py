"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from notices.refusals import REFUSALS
from notices.words import CONSTRAINTS, FIELDS, MAKE_SHEETS, MODELS, NOTICES
from partners import jobs


class NoticesConfig(AppConfig):
    """Crises, notices, and which services are open."""

    name = "notices"
    verbose_name = lazily(NOTICES)

    def ready(self) -> None:
        """Name things in the reader's language, say what the database refuses, and expect what a crisis asks for."""
        from cases.services import expectations
        from notices import periods

        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
        expectations.ask_besides(periods.asked_by)
        make = jobs.task("notices.work", queue=jobs.UPKEEP, words=MAKE_SHEETS, every=jobs.EVERY_MINUTE, priority=1)
        make("notices.work.make_what_waits")
