"""Django's registration of the app."""

from django.apps import AppConfig

from cases.linking.choices import CONSTRAINTS
from cases.words import FIELDS
from core.constraint_words import set_messages
from core.text import name


class LinkingConfig(AppConfig):
    """Links between cases and persons."""

    name = "cases.linking"

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, {}, FIELDS)
        set_messages(self.label, CONSTRAINTS)
