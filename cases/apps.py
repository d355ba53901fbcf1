"""Django's registration of the app."""

from django.apps import AppConfig

from cases.screen_words import CASES, FIELDS, MODELS
from partners.constraint_words import speak
from partners.text import lazily, name


class CasesConfig(AppConfig):
    """Referrals, cases, assessments, and what is counted of them."""

    name = "cases"
    verbose_name = lazily(CASES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.name, MODELS, FIELDS)
        speak(self.name)
