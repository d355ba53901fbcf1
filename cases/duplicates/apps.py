"""Django's registration of the app."""

from django.apps import AppConfig

from cases.duplicates.words import CONSTRAINTS, DUPLICATES, FIELDS, MODELS
from core.constraint_words import set_messages
from core.text import lazily, name


class DuplicatesConfig(AppConfig):
    """Pairs of persons who may be one."""

    name = "cases.duplicates"
    verbose_name = lazily(DUPLICATES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
