"""Django's registration of the app."""

from django.apps import AppConfig

from cases.windows.refusals import REFUSALS
from cases.windows.words import CONSTRAINTS, FIELDS, MODELS, WINDOWS
from cases.words import FIELDS as SHARED
from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name


class WindowsConfig(AppConfig):
    """Windows of years, their reopenings, and receipts of signed years."""

    name = "cases.windows"
    verbose_name = lazily(WINDOWS)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, {**SHARED, **FIELDS})
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
