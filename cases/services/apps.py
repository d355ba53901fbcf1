"""Django's registration of the app."""

from django.apps import AppConfig

from cases.services.refusals import REFUSALS
from cases.services.words import CONSTRAINTS, MODELS, SERVICES
from cases.words import FIELDS
from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name


class ServicesConfig(AppConfig):
    """Counts that services report."""

    name = "cases.services"
    verbose_name = lazily(SERVICES)

    def ready(self) -> None:
        """Name things in the reader's language, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
