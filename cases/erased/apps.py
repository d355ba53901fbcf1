"""Django's registration of the app."""

from django.apps import AppConfig

from cases.erased.words import ERASED, FIELDS, MODELS
from core.constraint_words import set_messages
from core.text import lazily, name


class ErasedConfig(AppConfig):
    """Tombstones, and digests of erased tokens and references."""

    name = "cases.erased"
    verbose_name = lazily(ERASED)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label)
