"""Django's registration of the app."""

from django.apps import AppConfig

from cases.duplicates.words import DUPLICATES, MODELS
from cases.words import FIELDS
from partners.constraint_words import set_messages
from partners.text import lazily, name


class DuplicatesConfig(AppConfig):
    """Cases that may be one person."""

    name = "cases.duplicates"
    verbose_name = lazily(DUPLICATES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label)
