"""Django's registration of the app."""

from django.apps import AppConfig

from cases.words import CASES, CONSTRAINTS, FIELDS, MODELS
from core.constraint_words import set_messages
from core.text import lazily, name


class CasesConfig(AppConfig):
    """Cases, and the versions of referrals and assessments."""

    name = "cases"
    verbose_name = lazily(CASES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
