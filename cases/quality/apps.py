"""Django's registration of the app."""

from django.apps import AppConfig

from cases.quality.words import CONSTRAINTS, FIELDS, MODELS, QUALITY
from partners.constraint_words import set_messages
from partners.text import lazily, name


class QualityConfig(AppConfig):
    """The quality of what partners report."""

    name = "cases.quality"
    verbose_name = lazily(QUALITY)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
