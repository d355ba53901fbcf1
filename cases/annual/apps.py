"""Django's registration of the app."""

from django.apps import AppConfig

from cases.annual.refusals import REFUSALS
from cases.annual.staff.words import ANNUAL, CONSTRAINTS, FIELDS, MODELS
from partners import refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class AnnualConfig(AppConfig):
    """Annual reports."""

    name = "cases.annual"
    verbose_name = lazily(ANNUAL)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
