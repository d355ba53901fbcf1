"""Django's registration of the app."""

from django.apps import AppConfig

from cases.notices.refusals import REFUSALS
from cases.notices.words import CONSTRAINTS, FIELDS, MODELS, NOTICES
from partners import refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class NoticesConfig(AppConfig):
    """Crises, notices, and which services are open."""

    name = "cases.notices"
    verbose_name = lazily(NOTICES)

    def ready(self) -> None:
        """Name things in the reader's language, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
