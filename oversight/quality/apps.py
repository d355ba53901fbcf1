"""Django's registration of the app."""

from django.apps import AppConfig

from core.constraint_words import set_messages
from core.text import lazily, name
from oversight.quality.words import CONSTRAINTS, FIELDS, MODELS, QUALITY


class QualityConfig(AppConfig):
    """The quality of what partners report."""

    name = "oversight.quality"
    verbose_name = lazily(QUALITY)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
