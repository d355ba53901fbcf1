"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.text import lazily, name
from publications.international.refusals import REFUSALS
from publications.international.words import FIELDS, INTERNATIONAL, MODELS
from stats import sent_abroad


class InternationalConfig(AppConfig):
    """Files for international organisations."""

    name = "publications.international"
    verbose_name = lazily(INTERNATIONAL)

    def ready(self) -> None:
        """Name things in the reader's language, and tell the audit of releases what was sent."""
        name(self.label, MODELS, FIELDS)
        refusals.add(REFUSALS)
        sent_abroad.FIGURES.append("publications.international.elsewhere.figures")
        sent_abroad.YEARS.append("publications.international.elsewhere.years")
